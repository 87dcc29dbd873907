"""RestoreCells: the instructor's cells stand in a submission once each, in order, as they were written."""

from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.grading.known_cells import KnownCell, known_cells

NEW = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class RestoreCells(NbGraderPreprocessor):
    """Writes locked cells anew from the gradebook, puts back missing ones, and makes all others ordinary cells.

    nbgrader by itself stops the whole batch at a cell that is there twice or has an old schema version, and leaves a
    notebook that lost its nbgrader metadata without a score.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Restore the cells of one submission."""
        known = known_cells(resources)
        found: dict[str, Any] = {}
        for cell in nb.cells:
            about = cell.metadata.pop("nbgrader", None)
            name = about.get("grade_id") if isinstance(about, dict) else None
            if isinstance(name, str) and name in known and name not in found:
                found[name] = cell
        missing = ", ".join(name for name in known if name not in found)
        if missing:
            self.log.warning("%s: missing cells are put back: %s.", resources["nbgrader"]["student"], missing)
        self._put_in_order(nb, found, {name: _restored(found.get(name), cell) for name, cell in known.items()})
        if nb.nbformat_minor < 5:  # the format before cell ids
            for cell in nb.cells:
                cell.pop("id", None)
        return nb, resources

    def _put_in_order(self, nb: Any, found: dict[str, Any], restored: dict[str, Any]) -> None:
        """Give the places of the cells that were found to the restored ones, in the instructor's order."""
        taken = {id(cell) for cell in found.values()}
        present, missing = iter([name for name in restored if name in found]), list(restored)
        cells = []
        for cell in nb.cells:
            if id(cell) not in taken:
                cells.append(cell)
                continue
            name = next(present)
            before = missing.index(name)  # cells that are missing stand where their successor is
            cells += [restored[each] for each in missing[: before + 1]]
            del missing[: before + 1]
        nb.cells = cells + [restored[name] for name in missing]


def _restored(cell: Any, known: KnownCell) -> Any:
    """Return the instructor's cell; of the student's own only an answer's source is kept."""
    written = cell is not None and not known.locked and cell.cell_type == known.cell_type
    restored = NEW[known.cell_type](cell.source if written else known.source)
    restored.metadata.update({"deletable": False, "nbgrader": dict(known.metadata)})
    return restored
