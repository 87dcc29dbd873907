"""The code cells of a source notebook, and the questions that they ask."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.errors import NotebookError, QuestionError
from attention_course.exercises import program
from attention_course.exercises.find_answer import CODE
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.instructor.release.take_solutions import with_key, written_question
from attention_course.lesson import Lesson


@dataclass(frozen=True)
class Cell:
    """A code cell of a source notebook, and what nbgrader knows about it."""

    id: str
    source: str
    nbgrader: dict[str, Any]

    @property
    def hidden_tests(self) -> str:
        """The lines between the markers, without them; "" where there are none."""
        return regions.inside(self.source, regions.HIDDEN_TESTS)

    @property
    def shown(self) -> str:
        """The source without its hidden tests."""
        return regions.cut(self.source, regions.HIDDEN_TESTS)


def load_source(path: Path) -> dict[str, Any]:
    """Read a source notebook; raise NotebookError with one sentence where that fails, or a cell is none."""
    notebook = notebooks.load(path)
    if not isinstance(notebook.get("metadata"), dict):
        raise NotebookError(f"{path.name} is damaged: it has no metadata. Take an earlier version of it.")
    for number, cell in enumerate(notebook["cells"], start=1):
        if not _is_cell(cell):
            raise NotebookError(f"{path.name} is damaged: its cell {number} is none. Take an earlier version of it.")
    return notebook


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    source, nbgrader = cell.get("source"), cell["metadata"].get("nbgrader", {})
    is_text = isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
    return is_text and isinstance(nbgrader, dict) and cell.get("cell_type") in ("code", "markdown", "raw")


def code_cells(notebook: dict[str, Any]) -> Iterator[Cell]:
    """Yield the code cells in their order; a question that is answered with code has its key, as in the gradebook."""
    cells = [(number, cell) for number, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]
    answers = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): "".join(cell["source"])
        for _, cell in cells
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    for number, cell in cells:
        source = "".join(cell["source"])
        if asked := written_question(source):
            with suppress(QuestionError):  # a question without a key is found by whoever needs it
                source = with_key(source, asked, answers.get(asked + CODE))
        yield Cell(cell.get("id", f"number {number}"), source, cell["metadata"].get("nbgrader", {}))


def asked(notebook: dict[str, Any]) -> dict[str, Question]:
    """Return the questions that a notebook's locked cells ask, by the cells' ids; its hidden tests are not run.

    Raises NotebookError where a cell fails.
    """
    names: dict[str, Any] = {}
    questions: dict[str, Question] = {}
    for cell in code_cells(notebook):
        if cell.nbgrader.get("locked"):
            run = program.run(cell.shown, given=names)
            if run.error:
                raise NotebookError(f"Cell {cell.id} of the notebook raises {str(run.error).rstrip('.')}.")
            names.update(run.names)
            answers = list(names["lesson"].answers.values()) if isinstance(names.get("lesson"), Lesson) else []
            for answer in answers[len(questions) :]:
                questions[cell.id] = answer.question
    return questions
