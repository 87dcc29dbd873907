"""The questions of a lesson, read from its cells without running any: released, in the gradebook, or in `source/`."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from attention_course.errors import LessonError, QuestionError
from attention_course.exercises import credit
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Question
from attention_course.exercises.read_question import literal, question_in
from attention_course.instructor import regions
from attention_course.instructor.release.question_calls import name_of, question_calls
from attention_course.instructor.release.seal_keys import sealed
from attention_course.instructor.settling.marks import mark_of

LONGEST_LINE = 2_000  # characters of a line that may say how a lesson gives credit


@dataclass(frozen=True)
class Asked:
    """One question of a lesson: the text of its cell, and what is read of it.

    `question` is None where its arguments are not written out; `tests` are the hidden ones, "" in a release.
    """

    name: str
    source: str
    tests: str = ""
    question: Question | None = None
    kind: str = ""
    written: bool = False

    @cached_property
    def mark(self) -> str:
        """What tells it from other versions in a student's notebook."""
        return mark_of(as_released(self.source))


def asked_in(sources: Iterable[str]) -> dict[str, Asked]:
    """Return the questions that cells ask, by their names, in their order."""
    return {asked.name: asked for source in sources if (asked := _asked(source))}


@lru_cache(maxsize=1024)  # what lies in release/, in source/ and in the gradebook is for the most part the same
def _asked(source: str) -> Asked | None:
    """Return the question that a cell asks; None where it asks none, or is not plain Python."""
    try:
        calls = list(question_calls(source))
    except SyntaxError:
        return None
    if not calls or not (name := name_of(calls[0][0])):
        return None
    read = question_in(source)
    tests = regions.inside(source, regions.HIDDEN_TESTS)
    kind = calls[0][1]
    return Asked(name, source, tests, read[0] if read else None, kind.__name__, kind.written)


def sources_of(notebook: Mapping[str, Any]) -> list[str]:
    """Return the sources of a notebook's code cells."""
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def as_released(source: str, *, keep: bool = True) -> str:
    """Return a question's cell with its key sealed, or, where it is not to be kept, without it."""
    try:
        return sealed(source, keep=keep)
    except QuestionError:  # what is released already
        return source


def credit_in(sources: Iterable[str]) -> Credit:
    """Return the rule by which a lesson gives credit; the usual one where it says nothing that can be read."""
    return credit_said(sources) or Credit()


def credit_said(sources: Iterable[str]) -> Credit | None:
    """Return the rule of credit that stands in a lesson's cells, None where nothing that can be read makes the lesson.

    The cells may be a student's. What is packed into one is left out.
    """
    for source in sources:
        if "Lesson(" not in source:
            continue
        try:
            lines = [line for line in source.split("\n") if len(line) <= LONGEST_LINE]
            for node in ast.walk(ast.parse("\n".join(lines))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Lesson":
                    given = {each.arg: literal(each.value) for each in node.keywords if each.arg}
                    return credit.rule(given.get("credit"), given.get("partial", False))
        except (SyntaxError, ValueError, TypeError, ArithmeticError, LessonError, RecursionError, MemoryError):
            continue
    return None
