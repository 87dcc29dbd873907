"""Every filling of a question, put to its hidden tests: do they accept the key, and nothing else?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.exercises import program
from attention_course.exercises.credit import Credit


class _Generous(Answer):
    """An answer that always gives its points, so that the hidden tests' own asserts have to refuse it."""

    def points(self, most: float) -> float:
        return most


def misjudged(tests: str, answer: Answer, names: dict[str, Any]) -> Iterator[str]:
    """Yield each filling that the hidden tests judge otherwise than the key does.

    Of a task the asserts alone must refuse each wrong filling: `answer.points(1)` compares with the key, and would hide
    that they look at nothing. `names` are those that the notebook's cells have defined.
    """
    question = answer.question
    for picks in question.every_answer() or [question.key]:
        record = Record().with_attempt(picks, datetime.now().astimezone())
        run = _run(tests, Answer(question, record), answer, names)
        filling = question.picked_text(picks)
        if question.is_right(picks):
            if run.error:
                yield f"its hidden tests refuse the key: {run.error}; mend the tests, or the key."
            elif run.value != 1:
                yield f"its hidden tests refuse the key: they end in {run.value!r}; end them with answer.points(1)."
        elif not run.error and run.value != 0:
            yield (
                f"its hidden tests give {run.value!r} points for the wrong filling {filling}: assert what only the key "
                "does, and end with answer.points(1)."
            )
        elif question.performs and not _run(tests, _Generous(question, record), answer, names).error:
            yield f"its hidden tests assert nothing that the wrong filling {filling} fails: assert what the key does."


def _run(tests: str, given: Answer, asked: Answer, names: dict[str, Any]) -> program.Run:
    """Run hidden tests with another answer in the place of the one that the cell asked for."""
    given.credit = Credit()  # credit is for students; the tests are looked at with none
    return program.run(tests, given={name: given if value is asked else value for name, value in names.items()})
