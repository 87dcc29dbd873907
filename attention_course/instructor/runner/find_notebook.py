"""FindNotebook: of all the files a student handed in, the notebook that is meant."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from attention_course.answers import record
from attention_course.errors import NotebookError
from attention_course.instructor.formatting import printable
from attention_course.instructor.grading.json_text import mapped
from attention_course.instructor.grading.read_submission import mended

MOST = 30  # notebooks that are looked at
LARGEST = 2_000_000_000  # bytes of a file that is read at all; stored outputs may well have a part of that


@dataclass(order=True, frozen=True)
class FoundNotebook:
    """A notebook that may be the one that is meant; the greatest is."""

    is_lesson: bool
    last_attempt: float
    modified: int
    well_named: bool
    path: Path
    notebook: dict[str, Any] = field(compare=False, repr=False)


def find_notebook(folder: Path, lesson: str, log: Any) -> dict[str, Any]:
    """Return the notebook that is meant, mended; raise NotebookError where there is none.

    It may be a renamed copy, or lie in a folder of its own. Of several the one with the latest attempt is meant, of
    several such the one that was changed last. A link is not followed: it may lead to another student's work.
    """
    problems = []
    found_ones = []
    exact = folder / f"{lesson}.ipynb"
    by_name = sorted(
        _notebooks(folder), key=lambda path: (path != exact, lesson not in path.name, len(path.parts), path)
    )
    for path in by_name[:MOST]:
        name = _name(path, folder)
        try:
            found = _read(path, lesson, folder, log)
        except (NotebookError, OSError) as error:
            problems.append(f"{name}: {error}")
            continue
        if found.is_lesson or lesson.casefold() in path.name.casefold():
            found_ones.append(found)
        else:
            problems.append(f"{name} is another notebook.")
    if not found_ones:
        raise NotebookError(" ".join(problems or list(_oddities(folder)) or ["No notebook was handed in."]))
    chosen = max(found_ones)
    if len(by_name) > MOST:
        log.warning("Of %d notebooks the first %d are looked at.", len(by_name), MOST)
    if not chosen.well_named or len(found_ones) > 1:
        among = f", of {len(found_ones)} notebooks" if len(found_ones) > 1 else ""
        log.warning("The notebook %s is graded%s.", _name(chosen.path, folder), among)
    return chosen.notebook


def _name(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).parts)


def _notebooks(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        ours = path.suffix.lower() == ".ipynb" and not path.name.startswith(".")
        if ours and path.is_file() and not _is_linked(path, folder):
            yield path


def _is_linked(path: Path, folder: Path) -> bool:
    return any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(folder))


def _oddities(folder: Path) -> Iterator[str]:
    """Yield a sentence on each thing that is named like a notebook and is none."""
    for path in sorted(folder.rglob("*.ipynb")):
        name = _name(path, folder)
        if _is_linked(path, folder):
            yield f"{name} is a link, which is not followed; ask for the notebook itself."
        elif path.is_dir():
            yield f"{name} is a folder, not a notebook; ask for the notebook itself."


def _read(path: Path, lesson: str, folder: Path, log: Any) -> FoundNotebook:
    size = path.stat().st_size
    if size > LARGEST:
        raise NotebookError(f"it has {size // 1_000_000} MB, far more than any notebook; ask for a cleared one.")
    with path.open("rb") as file:
        notebook = mended(mapped(file), log)
        modified = os.fstat(file.fileno()).st_mtime_ns
    well_named = path == folder / f"{lesson}.ipynb"
    last_attempt = _last_attempt(notebook, lesson)
    is_lesson = bool(last_attempt) or _asks_for(notebook, lesson)
    return FoundNotebook(is_lesson, last_attempt, modified, well_named, path, notebook)


def _asks_for(notebook: dict[str, Any], lesson: str) -> bool:
    """Does a notebook's code say that it is of the lesson?"""
    sources = ("".join(cell["source"]) for cell in notebook["cells"])
    return any(f'Lesson("{lesson}")' in source for source in sources)


def _last_attempt(notebook: dict[str, Any], lesson: str) -> float:
    """Return when the last attempt was made, in seconds since 1970; 0 where there is none."""
    records, _ = record.read(notebook, lesson)
    times = [datetime.fromisoformat(attempt.at) for each in records.values() for attempt in each.attempts]
    return max((time.timestamp() for time in times if time.year > 1970), default=0)
