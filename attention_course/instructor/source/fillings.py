"""Every filling of a question, put to its hidden tests: do they accept the key, and nothing else?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.exercises import program
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Picks
from attention_course.instructor.source.time_limit import TooLong, time_limit

LONGEST = 10  # seconds for one filling, its hidden tests included


class _Generous(Answer):
    """An answer that always gives its points, so that the hidden tests' own asserts have to refuse it."""

    def points(self, most: float) -> float:
        return most


def misjudged(tests: str, answer: Answer, names: dict[str, Any], of: Iterable[Picks] | None = None) -> Iterator[str]:
    """Yield each filling, or each `of` some, that the hidden tests judge otherwise than the key does.

    Of a task the asserts alone must refuse each wrong filling: `answer.points(…)` compares with the key, and would hide
    that they look at nothing. `names` are those that the notebook's cells have defined.
    """
    question = answer.question
    for picks in question.samples() if of is None else of:
        try:
            with time_limit(LONGEST):
                finding = _misjudged(tests, answer, names, picks)
        except TooLong:
            finding = (
                f"with the filling {question.picked_text(picks)} its program does not end within {LONGEST} seconds, "
                "and would hold up a student's kernel: offer another option, or change the program."
            )
        if finding:
            yield finding


def _misjudged(tests: str, answer: Answer, names: dict[str, Any], picks: Picks) -> str:
    """Return what is wrong with how one filling is judged, "" where nothing is."""
    question = answer.question
    record = Record().with_attempt(tuple(picks), datetime.now().astimezone())
    run = _run(tests, Answer(question, record), answer, names)
    filling = question.picked_text(picks)
    if question.is_right(picks):
        right = "the key" if list(picks) == question.key else f"{filling}, which is accepted beside the key"
        right = f"the answer {filling}, though none is judged" if question.committed else right
        if run.error:
            return f"its hidden tests refuse {right}: {run.error}; mend the tests, or the {question.secret}."
        if run.value != question.points:
            end = f"end them with answer.points({question.points:g})"
            return f"its hidden tests refuse {right}: they end in {run.value!r}; {end}."
        return ""
    if not run.error and run.value != 0:
        return (
            f"its hidden tests give {run.value!r} points for the wrong filling {filling}: assert what only the key "
            f"does, and end with answer.points({question.points:g})."
        )
    if not question.performs or question.judged_by_running:
        return ""
    if not _run(tests, _Generous(question, record), answer, names).error:
        return f"its hidden tests assert nothing that the wrong filling {filling} fails: assert what the key does."
    return ""


def _run(tests: str, given: Answer, asked: Answer, names: dict[str, Any]) -> program.Run:
    """Run hidden tests with another answer in the place of the one that the cell asked for."""
    given.credit = Credit()  # credit is for students; the tests are looked at with none
    return program.run(tests, given={name: given if value is asked else value for name, value in names.items()})
