"""FindNotebook: of all the files a student handed in, the notebook that is meant."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attention_course.errors import CourseError, NoNotebook, NotebookError
from attention_course.instructor.formatting import printable
from attention_course.instructor.grading.drop_files import NO_WORK
from attention_course.instructor.handed_in.notebook_names import MACS_OWN, is_archive, is_notebook
from attention_course.instructor.handed_in.read_notebook import read_notebook
from attention_course.instructor.handed_in.unpack import Found, Unpacker
from attention_course.instructor.handed_in.zip_entries import Budget

MOST = 30  # notebooks that are looked at


class NotReadable(CourseError):
    """The system keeps a file that was handed in from being read, which is no fault of the student's."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            f"{name} cannot be read here: {error.strerror or error}. See to it that whoever grades may read the file, "
            "and grade again; what was graded earlier is kept."
        )


@dataclass(order=True, frozen=True)
class FoundNotebook:
    """A notebook that may be the one that is meant; the greatest is."""

    is_lesson: bool
    last_attempt: float
    modified: float
    well_named: bool
    name: str
    notebook: dict[str, Any] = field(compare=False, repr=False)


def find_notebook(folder: Path, lesson: str, log: Any) -> dict[str, Any]:
    """Return the notebook that is meant, mended; raise NoNotebook where there is none, NotReadable where nobody knows.

    It may be a renamed copy, or lie in a folder or an archive of its own. Of several the one with the latest attempt is
    meant, of several such the one that was changed last. A link is not followed: it may lead to another student's work.
    """
    with tempfile.TemporaryDirectory(prefix="handed-in-") as unpacked:
        unpacker = Unpacker(Path(unpacked))
        files = sorted(_notebooks(folder, unpacker), key=lambda file: _rank(file, lesson))
        found_ones, unread, others, blocked = _read_all(files[:MOST], lesson, log)
    refused = [*unpacker.problems, *_oddities(folder)]
    if blocked and not found_ones:
        raise NotReadable(*blocked)
    if not found_ones:
        raise _no_notebook(folder, unread, others, refused)
    chosen = max(found_ones)
    if len(files) > MOST:
        log.warning("Of %d notebooks the first %d are looked at.", len(files), MOST)
    if not chosen.well_named or len(found_ones) > 1:
        among = f", of {len(found_ones)} notebooks" if len(found_ones) > 1 else ""
        log.warning("The notebook %s is graded%s.", chosen.name, among)
    if newer := [*_sentences(unread), *refused]:
        log.warning("What could not be read may be newer than the notebook %s: %s", chosen.name, " ".join(newer))
    return chosen.notebook


def _read_all(
    files: list[Found], lesson: str, log: Any
) -> tuple[list[FoundNotebook], dict[str, str], list[str], tuple[str, OSError] | None]:
    """Return the notebooks that may be meant; by name why each other one cannot be read; the names of the rest.

    The last is a file that the system keeps from being read: what is in it, nobody knows.
    """
    found_ones, unread, others, blocked = [], dict[str, str](), [], None
    for file in files:
        try:
            read = read_notebook(file.path or Path(), lesson, log)
        except (NotebookError, OSError) as error:
            unread[file.name] = str(error)
            blocked = (file.name, error) if isinstance(error, OSError) else blocked
            continue
        if read.is_lesson or lesson.casefold() in file.parts[-1].casefold():
            well_named = file.parts == (f"{lesson}.ipynb",)
            found_ones.append(
                FoundNotebook(read.is_lesson, read.last_attempt, file.time, well_named, file.name, read.content)
            )
        else:
            others.append(file.name)
    return found_ones, unread, others, blocked


def _sentences(unread: dict[str, str]) -> list[str]:
    return [f"{name}: {why}" for name, why in unread.items()]


def _no_notebook(folder: Path, unread: dict[str, str], others: list[str], refused: list[str]) -> NoNotebook:
    """Return what says why no notebook of the lesson was found."""
    instead = _instead(folder)
    more = f" Instead there is: {', '.join(instead[:3])}{' and more' if len(instead) > 3 else ''}." if instead else ""
    said = [*_sentences(unread), *refused, *(f"{name} is another notebook." for name in others)]
    return NoNotebook(" ".join(said or [f"No notebook was handed in.{more}"]), [*unread], others, instead)


def _rank(file: Found, lesson: str) -> tuple[bool, bool, int, tuple[str, ...]]:
    return (file.parts != (f"{lesson}.ipynb",), lesson not in file.parts[-1], len(file.parts), file.parts)


def _notebooks(folder: Path, unpacker: Unpacker) -> Iterator[Found]:
    """Yield the notebooks in a folder, and in the archives in it; all archives share one budget."""
    budget = Budget.of_student()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.name.startswith(".") or not path.is_file() or _is_linked(path, folder):
            continue
        file = Found(parts, 0, path.stat().st_mtime, path=path)
        if is_notebook(path.name):
            yield file
        elif is_archive(path.name) and MACS_OWN not in parts:
            unpacker.archive(path, Found(parts, 0, file.time), budget)
    yield from (file for file in unpacker.found if file.path)


def _is_linked(path: Path, folder: Path) -> bool:
    return any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(folder))


def _oddities(folder: Path) -> Iterator[str]:
    """Yield a sentence on each thing that is named like a notebook and is none."""
    for path in sorted(path for path in folder.rglob("*") if is_notebook(path.name) or is_archive(path.name)):
        name = printable(path.relative_to(folder).parts)
        if _is_linked(path, folder):
            yield f"{name} is a link, which is not followed; ask for the notebook itself."
        elif path.is_dir() and not any(is_notebook(each.name) for each in path.rglob("*")):
            yield f"{name} is a folder, not a notebook; ask for the notebook itself."
        elif not path.is_dir() and not path.is_file():
            yield f"{name} is no file; ask for the notebook itself."


def _instead(folder: Path) -> list[str]:
    """Return the names of all that was handed in."""
    names = sorted(printable(path.relative_to(folder).parts) for path in folder.rglob("*") if not path.is_dir())
    return [name for name in names if name not in NO_WORK]
