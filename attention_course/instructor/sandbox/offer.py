"""Offer: the grading process opens a sandbox for the answers of a notebook, and its kernels find it."""

import os
from pathlib import Path
from typing import Any

from attention_course.instructor.release.question_calls import ASKS_FOR_CODE
from attention_course.instructor.sandbox import shared
from attention_course.instructor.sandbox.sandbox import Sandbox
from attention_course.student_code import workshop


def is_needed(nb: Any) -> bool:
    """Does a cell of the instructor's ask for code? The answers themselves are not looked at."""
    cells = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    return any(cell.cell_type == "code" and ASKS_FOR_CODE.search(cell.source) for cell in cells)


def begin_for(folder: Path) -> None:
    """Start the warm process in the background where a notebook in a folder asks for code: that takes seconds."""
    for path in folder.glob("*.ipynb"):
        if ASKS_FOR_CODE.search(path.read_text(encoding="utf-8", errors="replace")):
            shared.begin()
            return


def offer() -> None:
    """Have the sandbox ready, and say in the environment where it is; raise NoSandbox where there can be none."""
    shared.path()
    os.environ[workshop.VARIABLE] = f"{Sandbox.__module__}:{Sandbox.__name__}"
