"""Which calls in a cell's source make a question."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question

# A call that makes a question which is answered with code; in a text that need not be parsed for that.
ASKS_FOR_CODE = re.compile(rf"\b({'|'.join(name for name, kind in KINDS.items() if kind.written)})\(")


def question_calls(source: str) -> Iterator[tuple[ast.Call, type[Question]]]:
    """Yield the calls that make a question, each with its kind, outer before inner; raise SyntaxError for no Python.

    Nobody changes them: who asks again for the same source is given the same.
    """
    yield from _calls(source)


@lru_cache(maxsize=1024)  # ten steps of a release ask for each cell
def _calls(source: str) -> tuple[tuple[ast.Call, type[Question]], ...]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if called in KINDS:
                found.append((node, KINDS[called]))
    return tuple(found)


def name_of(call: ast.Call) -> str:
    """Return the name of the question that a call makes, "" where it is not written out."""
    named = [*call.args[:1], *(argument.value for argument in call.keywords if argument.arg == "name")]
    value = getattr(named[0], "value", None) if named else None
    return value if isinstance(value, str) else ""
