"""Which calls in a cell's source make a question."""

import ast
from collections.abc import Iterator

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question


def question_calls(source: str) -> Iterator[tuple[ast.Call, type[Question]]]:
    """Yield the calls that make a question, each with its kind, outer before inner; raise SyntaxError for no Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if called in KINDS:
                yield node, KINDS[called]
