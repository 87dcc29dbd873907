"""RestoreCells: a submission is the instructor's cells, once each, in order, as they were written, and no others."""

import re
from copy import deepcopy
from typing import Any

from nbformat.corpus.words import generate_corpus_id
from nbformat.notebooknode import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.grading.known_cells import KnownCell, known_cells
from attention_course.instructor.grading.remark import remark

EMPTY: dict[str, dict[str, Any]] = {"code": {"execution_count": None, "outputs": []}, "markdown": {}, "raw": {}}


class RestoreCells(NbGraderPreprocessor):
    """Writes locked cells anew from the gradebook, puts back missing ones, and leaves out all others.

    nbgrader by itself stops the whole batch at a cell that is there twice or has an old schema version, and leaves a
    notebook that lost its nbgrader metadata without a score. And its formgrader runs what a student's Markdown holds:
    a script there could change every grade in the name of the instructor who looks at it.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Restore the cells of one submission."""
        known = known_cells(resources)
        found: dict[str, Any] = {}
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader")
            name = about.get("grade_id") if isinstance(about, dict) else None
            if isinstance(name, str) and name in known:
                found.setdefault(name, cell)
        missing = ", ".join(name for name in known if name not in found)
        if missing:
            remark(self.log, resources, f"missing cells are put back: {missing}.")
        nb.cells = [_restored(found.get(name), cell) for name, cell in known.items()]
        if nb.nbformat_minor < 5:  # the format before cell ids
            for cell in nb.cells:
                cell.pop("id", None)
        return nb, resources


def _restored(cell: Any, known: KnownCell) -> Any:
    """Return the instructor's cell; of the student's own only an answer's source is kept, Markdown as plain text."""
    source = known.source
    if cell is not None and not known.locked and cell.cell_type == known.cell_type and cell.source != source:
        source = _as_text(cell.source) if known.cell_type == "markdown" else cell.source
    metadata = {"deletable": False, "nbgrader": dict(known.metadata)}
    return _new_cell(known.cell_type, source, metadata)


def _new_cell(cell_type: str, source: str, metadata: dict[str, Any]) -> Any:
    """Return a new cell. nbformat's own functions would validate each by itself, slowly; all are when they are kept."""
    about = {"id": generate_corpus_id(), "cell_type": cell_type, "source": source, "metadata": metadata}
    return from_dict(deepcopy(about | EMPTY[cell_type]))


def _as_text(source: str) -> str:
    """Return Markdown that shows a text as it is: between fences longer than any in it."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", source) or [""]))
    return f"{fence}text\n{source}\n{fence}"
