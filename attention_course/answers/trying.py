"""Trying: runs a student's code over the visible examples and the released checks, and says what came of it."""

import importlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from attention_course.errors import NotAnswered, StudentError
from attention_course.exercises import examples
from attention_course.exercises.examples import Came
from attention_course.exercises.find_answer import Found
from attention_course.exercises.looking import look
from attention_course.exercises.tried import Seen, Tried, Trouble
from attention_course.student_code.outline import outline
from attention_course.student_code.workshop import Home

if TYPE_CHECKING:
    from attention_course.answers.code_answer import CodeAnswer

SLOW = ("torch", "numpy")  # to import them takes longer than code may take
STOPPED = "You stopped it, so it is not judged."


def try_out(answer: "CodeAnswer", found: Found, *, more: bool = False) -> Tried:
    """Run the examples over a text, and with `more` the checks, too. Raises NoSandbox where no code is run."""
    tried = Tried(found.text, found.remark)
    looked = look(found.text, answer.question.defines)
    if looked.trouble:
        return replace(tried, trouble=Trouble(looked.trouble, looked.line, looked.code))
    if why := answer.question.forbidden(outline([found.text])):
        return replace(tried, trouble=Trouble(why))
    return run(answer, tried, more=more)


def run(answer: "CodeAnswer", tried: Tried, *, more: bool = False) -> Tried:
    """Run the examples, and with `more` the checks, over a text that was looked at."""
    try:
        cells = answer.cells(tried.text)
        _import_what_is_slow(cells)
        tried = replace(tried, borrowed=tuple(whose(answer)))
        came = examples.run(answer.question.examples, cells, answer.workshop, **answer.question.limits)
        tried = replace(tried, seen=tuple(_seen(answer, came)))
        if more and len(answer.checks):
            tried = replace(tried, checks=tuple(answer.checks.run(lambda: answer.opened(cells), answer.right())))
    except NotAnswered as error:
        return replace(tried, trouble=Trouble(str(error)))
    except StudentError as error:
        return replace(tried, trouble=_trouble(error, answer.question.seconds))
    except KeyboardInterrupt:
        return replace(tried, trouble=Trouble(STOPPED))
    return tried


def whose(answer: "CodeAnswer") -> list[str]:
    """Say for each earlier question whose code of it runs before the answer's."""
    said = []
    for used in answer.used():
        name, title = used.question.defines[0], used.question.title
        if used.is_good:
            said.append(f"{name} is your own, from {title}.")
        else:
            missing = "is not brought yet" if used.question.brings else "is not written yet"
            not_passed = "does not pass its examples yet" if used.tested is None else "did not pass its tests"
            state = not_passed if used.picks else missing
            said.append(f"{name} is the course's, since yours ({title}) {state}.")
    return said


def _seen(answer: "CodeAnswer", came: Sequence[Came]) -> list[Seen]:
    """Return each example with what the key makes of it, where that is known."""
    question = answer.question
    if question.key is None:
        return [Seen(example, each) for example, each in zip(question.examples, came, strict=True)]
    return [Seen(*each) for each in zip(question.examples, came, with_key(answer), strict=True)]


def with_key(answer: "CodeAnswer") -> Sequence[Came | None]:
    """Return what comes of each example with the key, None where it fails: no fault of the student's."""
    question = answer.question
    try:
        return examples.run(
            question.examples, [*answer.before(own=False), str(question.key)], Home(), **question.limits
        )
    except StudentError:
        return [None] * len(question.examples)


def _trouble(error: StudentError, seconds: float) -> Trouble:
    """Return what is said of code that could not be run as far as its examples."""
    if error.cause == "too slow":
        said = f"Running your cell alone takes too long: it was stopped after {seconds:g} seconds."
        return Trouble(said, printed=error.printed)
    what = error.message if error.cause != "raised" else f"{error.kind}: {error.message}".removesuffix(": ")
    return Trouble(f"Your cell raised an error when it ran. {what}", error.line, error.code, error.printed)


def _import_what_is_slow(cells: Sequence[str]) -> None:
    """Import libraries that the code needs before its time begins."""
    for name in SLOW:
        if any(name in cell for cell in cells):
            with suppress(Exception):  # what is missing is for the code to stumble over, in sight
                importlib.import_module(name)
