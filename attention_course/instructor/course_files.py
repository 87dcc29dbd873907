"""Where a course has its notebooks, as nbgrader's configuration says, and how its files are written."""

import json
import os
from pathlib import Path
from typing import Any


def notebook_path(coursedir: Any, step: str, student: str = ".") -> Path:
    """Return where the lesson's notebook of a student is at a step, for example `coursedir.submitted_directory`.

    The source has no student.
    """
    return notebook_in(coursedir, step, student, coursedir.assignment_id)


def notebook_in(coursedir: Any, step: str, student: str, lesson: str) -> Path:
    """Return where a student's notebook of any lesson is at a step."""
    return Path(coursedir.format_path(step, student, lesson)) / f"{lesson}.ipynb"


def source_path(coursedir: Any) -> Path:
    """Return where the lesson's source notebook is."""
    return notebook_path(coursedir, coursedir.source_directory)


def lessons_in(coursedir: Any) -> list[str]:
    """Return the names of the lessons that have a source, released or not."""
    source = Path(coursedir.root, coursedir.source_directory)
    return sorted(path.name for path in source.glob("*") if (path / f"{path.name}.ipynb").is_file())


def missing_lesson(coursedir: Any) -> str:
    """Say that the course's folder has no such lesson, "" where it has."""
    source = source_path(coursedir)
    if source.is_file():
        return ""
    return f"There is no {source}: is {coursedir.root} the course's folder, and {coursedir.assignment_id} its lesson?"


def write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook as Jupyter lays it out, in a folder that is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def replace_file(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file in the place of what is there, so that it is never half written; line ends stay as they are."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding=encoding, newline="")
    os.replace(new, path)
