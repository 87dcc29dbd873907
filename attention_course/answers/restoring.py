"""Restoring: what a student had answered, read from the notebook that is certain to be this kernel's own."""

import os
import sys
from dataclasses import dataclass, field
from typing import Any

from attention_course.answers import colab, notebook, record
from attention_course.answers.record import Record
from attention_course.errors import NotebookError, NotRestored

SEVERAL = (
    "This folder holds several notebooks of the lesson, or none, so it cannot be told which one is validated: "
    "put it into a folder of its own."
)
NOTHING_SHOWN = "Questions cannot be shown here: open this notebook in JupyterLab, Notebook 7, VS Code or Google Colab."

_gave_up: set[str] = set()  # lessons that Colab did not hand over, and whose student was told


@dataclass(frozen=True)
class Restored:
    """What a notebook held: the records and problems by question ("": of all), and a note for the student."""

    records: dict[str, Record] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    note: str = ""


def from_own_file(lesson: str, *, kept: bool = False) -> Restored:
    """Return what the kernel's own notebook holds; nothing where it is not certain which that is.

    The page that shows a question tells the rest: it knows its notebook. Raises NotRestored where Colab does not hand
    the notebook over, and no answers were `kept` in this kernel.
    """
    execution = os.environ.get("NBGRADER_EXECUTION", "")
    try:
        if colab.is_here() and not execution:
            document: Any = _from_colab(lesson, kept)
        else:
            path = notebook.own_file(lesson)
            document = notebook.load(path) if path else None
    except NotebookError as error:
        return Restored(problems={"": str(error)})
    if document is None:
        return Restored(problems={"": SEVERAL} if execution == "validate" else {})
    records, problems = record.read(document, lesson)
    note = colab.OMITS_OUTPUTS if colab.is_here() and colab.omits_outputs(document) else ""
    return Restored(records, {**record.noted_problems(document), **problems}, note)


def _from_colab(lesson: str, kept: bool) -> dict[str, Any]:
    """Return the notebook from Colab's page; where that fails, stop a run of all cells once.

    Each cell that runs takes its own receipt away, and with it perhaps the only copy of an answer.
    """
    try:
        return colab.document()
    except NotebookError as error:
        if kept or lesson in _gave_up:
            raise
        _gave_up.add(lesson)
        raise NotRestored(
            f"{error} Answers you gave earlier could not be restored, and to run a question would remove them: "
            "run this cell again. (If that does not help, it then goes on without them.)"
        ) from error


def warn_where_nothing_can_be_shown() -> None:
    """Say in a notebook that has no IPython, such as marimo's, that questions are not seen there."""
    if "marimo" in sys.modules:
        print(NOTHING_SHOWN)
