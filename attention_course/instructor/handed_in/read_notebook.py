"""A notebook that was handed in: its content, whether it is the lesson's, and when it was last answered."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from attention_course.answers import record
from attention_course.errors import NotebookError
from attention_course.instructor.grading.json_text import mapped
from attention_course.instructor.grading.read_submission import mended

LARGEST = 2_000_000_000  # bytes of a file that is read at all; stored outputs may well have a part of that


@dataclass(frozen=True)
class ReadNotebook:
    """A notebook as far as it could be read."""

    is_lesson: bool
    last_attempt: float  # seconds since 1970; 0 where there is none
    content: dict[str, Any] = field(compare=False, repr=False)


def read_notebook(path: Path, lesson: str, log: Any) -> ReadNotebook:
    """Read a file as grading does; raise NotebookError or OSError where it cannot be read."""
    size = path.stat().st_size
    if size > LARGEST:
        raise NotebookError(f"it has {size // 1_000_000} MB, far more than any notebook; ask for a cleared one.")
    with path.open("rb") as file:
        notebook = mended(mapped(file), log)
    last_attempt = _last_attempt(notebook, lesson)
    return ReadNotebook(bool(last_attempt) or _is_of(notebook, lesson), last_attempt, notebook)


def _is_of(notebook: dict[str, Any], lesson: str) -> bool:
    """Does a notebook say, in its code or its metadata, that it is of the lesson?"""
    kept = notebook["metadata"].get(record.METADATA_KEY)
    if isinstance(kept, dict) and kept.get("lesson") == lesson:
        return True
    sources = ("".join(cell["source"]) for cell in notebook["cells"])
    return any(f'Lesson("{lesson}")' in source for source in sources)


def _last_attempt(notebook: dict[str, Any], lesson: str) -> float:
    """Return when the last attempt was made, in seconds since 1970; 0 where there is none."""
    records, _ = record.read(notebook, lesson)
    times = [datetime.fromisoformat(attempt.at) for each in records.values() for attempt in each.attempts]
    return max((time.timestamp() for time in times if time.year > 1970), default=0)
