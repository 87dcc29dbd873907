"""What an answer gives where its question was changed, or settled: pure, and always in the student's favour.

Whoever was told "right" and stopped there keeps that, unless the instructor says that the new key alone counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from attention_course.answers import extra
from attention_course.answers.record import Record
from attention_course.errors import CourseError
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.settled import Settled

TOLD = "told right"
PROMISED = "promised"
CAUSES = {  # of a score, as the page of changes names them
    "any": "any attempt counts",
    "full": "full credit for all",
    "nothing": "the question gives nothing",
    "told": "what was told counts",
    "key": "the new key counts alone",
    TOLD: "was told that it is right",
    PROMISED: "what was promised for it counts",
    "": "the new key",
}
KEPT = "You were told that it is right, so it counts."
PROMISE_KEPT = "What an attempt is worth was changed after you had answered: what your notebook promised counts."


@dataclass(frozen=True)
class Outcome:
    """What an answer gives: its share of the points, why (one of CAUSES), and what feedback says, a sentence each."""

    share: float
    cause: str = ""
    said: tuple[str, ...] = field(default=())


def settle(
    now: Question,
    then: Question | None,
    record: Record,
    rule: Credit,
    got: float,
    promised: Credit | None = None,
    *,
    came_out_right: bool = False,
) -> Outcome:
    """Return what the answers in a record give.

    `then` is the question that the student's notebook asked, where that is a former version, and `promised` the rule of
    credit that it said, where that is a former one; `got` is the share that the question of `now` gives without any
    settlement, and `came_out_right` what is known of an answer that was run.
    """
    said = _said(now, then, record)
    settled: Settled | None = now.settled
    kind = settled.kind if settled else ""
    if kind in ("full", "nothing"):
        return Outcome(float(kind == "full"), kind, said)
    if not record.attempts:
        return Outcome(got, "", ())
    share, cause = got, kind if kind == "key" else ""
    if kind == "any":
        share, cause = max([(got, ""), *((each, "any") for each in _each_share(now, record, rule))])
    last = record.attempts[-1].picks
    told = then is not None and is_right(then, last)
    then_rule = promised or rule
    if kind == "told" and then is not None and then.judged:
        return Outcome(_share(then, last, then_rule, record), "told", (*said, *([KEPT] if told else [])))
    if told and then is not None and kind != "key" and (kept := _share(then, last, then_rule, record)) > share:
        return Outcome(kept, TOLD, (*said, KEPT))
    if promised and kind != "key" and (kept := _by_promise(now, record, promised, came_out_right)) > share:
        return Outcome(kept, PROMISED, (*said, PROMISE_KEPT))
    return Outcome(share, cause if share != got or cause == "key" else "", said)


def judged(question: Question, record: Record, rule: Credit) -> float | None:
    """Return the share that a record gives by the question alone, None where something would have to be run."""
    if question.written or question.judged_by_running:
        return None
    if question.committed:
        return float(bool(record.attempts))
    return _share(question, record.attempts[-1].picks, rule, record) if record.attempts else 0.0


def verdicts(question: Question | None, record: Record) -> list[bool | None]:
    """Return what a notebook with this question said of each attempt; None where it said nothing, or nobody knows."""
    if question is None or not can_tell(question):
        return [None] * len(record.attempts)
    return [is_right(question, attempt.picks) for attempt in record.attempts]


def can_tell(question: Question) -> bool:
    """Can it be told, without running anything, what the question says of an answer?"""
    return question.judged and not (question.written or question.committed or question.judged_by_running)


def is_right(question: Question, picks: Picks) -> bool:
    """Does the question say that these picks are right? What is no answer to it is not."""
    if not can_tell(question):
        return False
    try:
        return question.is_right(question.check_picks(list(picks)))
    except CourseError:
        return False


def _share(question: Question, picks: Picks, rule: Credit, record: Record, tried: int = 0) -> float:
    """Return the share of the points for these picks, 0 where they are no answer, or no such attempt is allowed.

    They are those of the record's last attempt, or of the one that was tried as so manyth.
    """
    tried = tried or record.tried
    if question.attempts is not None and tried > question.attempts + _extra(record):
        return 0.0
    try:
        return rule.share(question, question.check_picks(list(picks)), _counts_like(question, record, tried))
    except (CourseError, IndexError):
        return 0.0


def _counts_like(question: Question, record: Record, tried: int) -> int:
    return extra.counts_like(tried, question.attempts, _extra(record))


def _extra(record: Record) -> int:
    return extra.count_in(record.extra)


def _by_promise(question: Question, record: Record, promised: Credit, came_out_right: bool) -> float:
    """Return the share by the rule that was promised; 0 for what no rule of credit is about."""
    if can_tell(question):
        return _share(question, record.attempts[-1].picks, promised, record)
    if not question.judged_by_running or not came_out_right:
        return 0.0
    tried = _counts_like(question, record, record.tried)
    return promised.at(tried) if not promised.by_attempt or tried <= len(promised.by_attempt) else 0.0


def _each_share(question: Question, record: Record, rule: Credit) -> Sequence[float]:
    first = record.earlier + 1
    return [_share(question, each.picks, rule, record, first + place) for place, each in enumerate(record.attempts)]


def _said(now: Question, then: Question | None, record: Record) -> tuple[str, ...]:
    """Say that the key was changed, and what the notebook said of each attempt."""
    said = [now.settled.words] if now.settled else []
    before, after = verdicts(then, record), verdicts(now, record)
    if then is not None and before != after and any(verdict is not None for verdict in before):
        words = {True: "✓ Right", False: "✗ Not right", None: "nothing"}
        first = record.earlier + 1
        told = "; ".join(f"attempt {first + place}: {words[verdict]}" for place, verdict in enumerate(before))
        said.append(f"What is right here was changed after you had answered. Your notebook said then: {told}.")
    return tuple(said)
