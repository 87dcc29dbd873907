"""The proof: a search for the student's id and address in all files of the course's folder, and in their names."""

import os
from collections.abc import Iterator
from pathlib import Path

import attention_course
from attention_course.instructor.forget.person import Person

NOT_OURS = {".git", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
PROJECTS = {"tests", "docs", "benchmarks"}  # beside the package: the course's own words, which name no student
PACKAGE = Path(attention_course.__file__).parent
CHUNK, OVERLAP = 1 << 24, 1 << 10  # bytes


def still_named(root: Path, person: Person) -> list[str]:
    """Return the files of a course that name a student."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in _files(root)
        if any(person.named_in(part) for part in path.relative_to(root).parts) or _holds(path, person)
    )


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if name not in NOT_OURS and here / name != PACKAGE]
        if here == PACKAGE.parent:
            folders[:] = [name for name in folders if name not in PROJECTS]
        yield from (here / name for name in files)


def _holds(path: Path, person: Person) -> bool:
    """Does a file's content name the student? What is no file, or cannot be read, does not."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(CHUNK):
                if person.named_in((before + chunk).decode("utf-8", errors="replace")):
                    return True
                before = chunk[-OVERLAP:]
    except OSError:
        pass
    return False
