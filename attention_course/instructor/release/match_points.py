"""MatchPoints: nbgrader, the question and its hidden tests agree on what a question is worth."""

import ast
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.errors import QuestionError
from attention_course.instructor.release.question_calls import question_calls


class MatchPoints(NbGraderPreprocessor):
    """Refuses a question of which a right answer would get fewer points than nbgrader counts, or more.

    nbgrader's number stands in the Create Assignment panel, the question's in `points=` (1 where that is left out), and
    the hidden tests' in `answer.points(…)`.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Look at one cell; raise QuestionError where it says different things."""
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("grade"):
            for what, points in _said(cell.source):
                if points != about.get("points"):
                    raise QuestionError(
                        f"Cell {about.get('grade_id')!r}: {what} {points:g}, but the Create Assignment panel says "
                        f"{about.get('points', 0):g} points: say the same everywhere."
                    )
        return cell, resources


def _said(source: str) -> list[tuple[str, float]]:
    """Return what a cell says of a question's points, and where; nothing where it asks none."""
    try:
        calls = list(question_calls(source))
    except SyntaxError:  # SealKeys says what is to be said of that
        return []
    if not calls:
        return []
    call, kind = calls[0]
    given = [argument.value for argument in call.keywords if argument.arg == "points"]
    said = [("its points= is", _number(given[0]) if given else float(kind.points))]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "points" and node.args:
            said.append(("its hidden tests end in answer.points of", _number(node.args[0])))
    return [(what, points) for what, points in said if points is not None]


def _number(node: ast.expr) -> float | None:
    value = getattr(node, "value", None)
    return float(value) if isinstance(value, int | float) else None
