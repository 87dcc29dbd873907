"""Examples: visible calls of what a student writes, run once with the student's code and once with the key's."""

import ast
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attention_course.errors import StudentError
from attention_course.exercises.suite import ENDS
from attention_course.pictures.matrix_kinds import KINDS as DRAWN
from attention_course.student_code.call import Call
from attention_course.student_code.student import Student
from attention_course.student_code.workshop import Workshop

PARTS = {"title", "code", "draw", "part", "within"}
MOST_OPENED = 2  # times, for the examples of one Check: each may take its whole time limit
NOT_RUN = "it was not run, because those before it were stopped"


@dataclass(frozen=True)
class Example:
    """A call that a student sees; `function` is it as the text of a function, called wherever the code runs."""

    name: str
    title: str
    code: str
    draw: str = ""
    part: str = "value"
    within: float = 0  # by how much numbers may differ from the right ones, beside rounding

    @classmethod
    def of(cls, number: int, given: Any) -> "Example":
        """Return the example that an author wrote; raise ValueError with a sentence that says what to mend."""
        if not isinstance(given, Mapping) or not {"title", "code"} <= given.keys() <= PARTS:
            raise ValueError('it is a dict with "title" and "code", and perhaps "draw", "part" and "within"')
        within = given.get("within", 0)
        if isinstance(within, bool) or not isinstance(within, int | float) or not 0 <= within < math.inf:
            raise ValueError(f"within is a number from 0 up, not {within!r}")
        texts = [value for name, value in given.items() if name != "within"]
        if not all(isinstance(value, str) and value.strip() for value in texts):
            raise ValueError("its values are texts, none of them empty")
        example = cls(f"_example_{number}", **{**given, "code": textwrap.dedent(given["code"]).strip()})
        if example.draw and example.draw not in DRAWN:
            raise ValueError(f"draw is one of {', '.join(DRAWN)}, not {example.draw!r}")
        try:
            body = ast.parse(example.code).body
            ast.parse(example.part, mode="eval")
        except SyntaxError as error:
            raise ValueError(f"it does not parse: {error.msg} in line {error.lineno}") from None
        if not isinstance(body[-1], ast.Expr):
            raise ValueError("its last line is the call that is looked at, an expression")
        return example

    @property
    def function(self) -> str:
        """The example as the text of a function that returns the value of its last line."""
        *before, last = ast.parse(self.code).body
        body = [*before, ast.Return(last.value)]  # type: ignore[attr-defined]  # an expression, as was checked
        made = ast.parse(f"def {self.name}():\n    pass").body[0]
        made.body = body  # type: ignore[attr-defined]
        return ast.unparse(ast.fix_missing_locations(made))

    def drawn_part(self, value: Any) -> Any:
        """Return what of a value is drawn; raise whatever that raises where it has no such part."""
        return eval(compile(self.part, "<part>", "eval"), {"value": value})


@dataclass(frozen=True)
class Came:
    """What came of an example: a call, or an error."""

    call: Call | None = None
    error: StudentError | None = None


def run(examples: Sequence[Example], cells: Sequence[str], workshop: Workshop, **limits: Any) -> list[Came]:
    """Run examples over an answer's cells, of which the last is the student's, and return what came of each.

    `limits` are what the code may take, as arguments of `Workshop.open`.
    Raises StudentError where the cells themselves do, and NoSandbox where no code is run.
    """
    *before, own = cells
    whole = [*before, *(example.function for example in examples), own]
    student: Student | None = workshop.open(whole, **limits)
    opened, results = 1, []
    for example in examples:
        if student is None and opened < MOST_OPENED:
            opened += 1
            student = workshop.open(whole, **limits)
        if student is None:
            results.append(Came(error=StudentError("NotRun", NOT_RUN, cause="ended")))
            continue
        try:
            results.append(Came(student.call(example.name, seed=0)))
        except StudentError as error:
            if not _is_in(own, error):
                error.line, error.code = None, ""
            results.append(Came(error=error))
            if error.cause in ENDS:
                student.close()
                student = None
    if student is not None:
        student.close()
    return results


def _is_in(own: str, error: StudentError) -> bool:
    """Does the line of an error stand in the student's own cell, and not in the example or a cell before it?"""
    lines = own.splitlines()
    return error.line is not None and error.line <= len(lines) and lines[error.line - 1].strip().startswith(error.code)
