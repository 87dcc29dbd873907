"""GuardQuestions: a question whose setup cell has not run says so, where Python would show a traceback."""

import ast
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

# In the place of an answer that nobody was asked for: the released tests below the question are registered with it.
NOBODY_S = 'type("NotAsked", (), {"check": lambda *_, **about: lambda test: test})()'
SENTENCE = "Run all cells, the first one first: then this exercise appears. What you had answered is kept."


class GuardQuestions(NbGraderPreprocessor):
    """Puts a line before each question that looks whether the lesson is there, as it is not after a kernel restart."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Guard one cell."""
        if cell.cell_type == "code":
            cell.source = guarded(cell.source)
        return cell, resources


def guarded(source: str) -> str:
    """Return a cell's source with a guard before its question; as it is where it asks none."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return source
    for statement in statements:
        call = getattr(statement, "value", None)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "ask":
            lesson = getattr(call.func.value, "id", "")
            lines = source.split("\n")
            place = statement.lineno - 1
            registers = any(getattr(each, "decorator_list", None) for each in statements)
            named = getattr(statement.targets[0], "id", "") if isinstance(statement, ast.Assign) else ""
            instead = f"; {named} = {NOBODY_S}" if registers and named else ""
            lines[place : place + 1] = [
                f'if "{lesson}" not in globals(): print("{SENTENCE}"){instead}',
                f"else: {lines[place]}",
            ]
            return "\n".join(lines)
    return source
