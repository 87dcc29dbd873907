"""The instructor's cells, as the gradebook has kept them since the release."""

from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook

KEPT = "attention_course_known_cells"  # among nbconvert's resources


@dataclass(frozen=True)
class KnownCell:
    """One cell that nbgrader knows: its source, whether that is the instructor's, and its nbgrader metadata."""

    cell_type: str
    source: str
    locked: bool
    metadata: dict[str, Any]


def known_cells(resources: Any) -> dict[str, KnownCell]:
    """Return the cells of the notebook that is being graded by their grade id, in the notebook's order.

    They are looked up once, for all the steps that a notebook goes through.
    """
    about = resources["nbgrader"]
    if KEPT not in about:
        about[KEPT] = from_gradebook(about)
    return about[KEPT]


def from_gradebook(about: dict[str, str]) -> dict[str, KnownCell]:
    """Look the cells up; `about` names db_url, assignment and notebook."""
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
        known = {}
        for cell in notebook.source_cells:
            metadata = {
                "cell_type": cell.cell_type,
                "checksum": cell.checksum,
                "grade": cell.name in points,
                "grade_id": cell.name,
                "locked": cell.locked,
                "schema_version": 3,
                "solution": cell.name in solutions,
                "task": cell.name in tasks,
            }
            if cell.name in points or cell.name in tasks:
                metadata["points"] = points.get(cell.name, tasks.get(cell.name))
            known[cell.name] = KnownCell(cell.cell_type, cell.source, cell.locked, metadata)
    return known
