"""Whom a change costs something: pure, over the records that were handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit
from attention_course.instructor.changes.compare import LESSON, Version, pairs
from attention_course.instructor.formatting import counted
from attention_course.instructor.settling.asked import Asked
from attention_course.instructor.settling.settle import can_tell, is_right, judged

KEEP = "; told so, they keep the points for it"


@dataclass(frozen=True)
class HandedIn:
    """What one student handed in: the records by question, as they stand in the notebook, and as they are read now.

    `marks` tell which version of each question the notebook holds. What was drawn from a bank stands under the item's
    name, and `asked_as` has the question's; `rule` is the rule of credit that the notebook says, if any.
    """

    student: str
    then: Mapping[str, Record]
    now: Mapping[str, Record]
    marks: Mapping[str, str] = field(default_factory=dict)
    asked_as: Mapping[str, str] = field(default_factory=dict)
    rule: Credit | None = None


@dataclass(frozen=True)
class Cost:
    """What a change of a question costs: which students, and a sentence."""

    name: str
    students: tuple[str, ...]
    said: str


def costs(
    old: Version, new: Version, handed_in: Iterable[HandedIn], rules: tuple[Credit, Credit] = (Credit(), Credit())
) -> list[Cost]:
    """Return what the change from one version to another costs those who have handed in; [] where it costs nobody.

    `rules` are the lesson's rules of credit, before and after.
    """
    work = list(handed_in)
    was = pairs(old, new)
    found = []
    for name in old:
        if name not in was.values():
            lost = [one.student for one in work if name in one.then]
            found.append(_cost(name, lost, len(work), "{who} {answer} it, and it is no longer asked"))
    for name, before in was.items():
        found += _of_question(name, before, old, new, work)
    if rules[0] != rules[1]:
        fewer = [one.student for one in work if any(_gives_less(new[name], one, *rules) for name in was)]
        found.append(_cost(LESSON, fewer, len(work), "by what answers are worth now, {who} {give} less" + KEEP))
    return [cost for cost in found if cost.students]


def _of_question(name: str, was: str, old: Version, new: Version, work: list[HandedIn]) -> list[Cost]:
    before, after = old[was].question, new[name].question
    if before is None or after is None:
        return []
    refused, turned = [], []
    for one in work:
        held, record = one.then.get(was), one.now.get(name)
        if held is None or record is None or not record.attempts:
            continue
        if answer_to(after, record).problem and not answer_to(before, held).problem:
            refused.append(one.student)
            continue
        was_right = is_right(before, held.attempts[-1].picks)
        if was_right and can_tell(after) and not is_right(after, record.attempts[-1].picks):
            turned.append(one.student)
    kept = "" if after.settled and after.settled.kind == "key" else KEEP
    offered = "{who} {answer} an option you no longer offer, or more attempts than you allow"
    if not _allows_fewer(before.attempts, after.attempts):
        offered = "{who} {answer} an option you no longer offer"
    return [
        _cost(name, refused, len(work), offered),
        _cost(name, turned, len(work), "{who} {hold} an answer that was right and now is wrong" + kept),
    ]


def _gives_less(asked: Asked, one: HandedIn, old: Credit, new: Credit) -> bool:
    question, record = asked.question, one.now.get(asked.name)
    if question is None or record is None:
        return False
    before, after = (judged(question, record, rule) for rule in (old, new))
    return before is not None and after is not None and after < before


def _allows_fewer(before: int | None, after: int | None) -> bool:
    return after is not None and (before is None or after < before)


def _cost(name: str, students: list[str], of: int, said: str) -> Cost:
    one = len(students) == 1
    who = f"{len(students)} of {counted(of, 'submission')}"
    words = {"who": who, **{verb: f"{verb}s" if one else verb for verb in ("answer", "hold", "give")}}
    return Cost(name, tuple(students), f"{name}: {said.format(**words)}.")
