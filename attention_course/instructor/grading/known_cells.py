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


class KnownCells(dict[str, KnownCell]):
    """The cells by their grade id, in the notebook's order. Nobody changes them, so a copy is the same object."""

    def __deepcopy__(self, memo: Any) -> "KnownCells":
        """Return itself: nbconvert copies all that its steps are given, for every notebook anew."""
        return self


def instructors_code(cells: KnownCells) -> list[str]:
    """Return the code in the cells that are the instructor's."""
    return [cell.source for cell in cells.values() if cell.cell_type == "code" and cell.locked]


def known_cells(resources: Any) -> KnownCells:
    """Return the cells of the notebook that is being graded.

    They are looked up once, for all the steps that a notebook goes through.
    """
    about = resources["nbgrader"]
    if KEPT not in about:
        about[KEPT] = from_gradebook(about)
    return about[KEPT]


def from_gradebook(about: dict[str, str]) -> KnownCells:
    """Look the cells up; `about` names db_url, assignment and notebook."""
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
        known = KnownCells()
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
