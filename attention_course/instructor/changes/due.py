"""Which lessons are due: those of which a release is made of something else than what lies here now.

    python attention_course/instructor/changes/due.py [--here] LESSON… [--yes]

releases those that are due, after the test's bank and the start page's facts are written anew, where these are. It is
told by content, since git gives all files of a fresh clone the time at which it is made: for each lesson a digest of
all that its release is made of, and of the release itself, stands in `release/.made-of.json`. `--here`: also those that
were not released in this folder, so that its gradebook may know an older version.

The standard library is enough, so that where nothing is due it takes a tenth of a second.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
NOTES = Path("release/.made-of.json")  # travels with the release
NOTES_HERE = Path("releases/.made-of.json")  # stays beside the gradebook
CONFIGURATION = ("course_config.py", "nbgrader_config.py")
PACKED = {".py", ".js", ".css"}
BANK, FACTS, START = "bank/items.json", "course/lessons.json", "start"
TEMPLATES = "instructor/templates"
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


def inputs(root: Path, lesson: str) -> str:
    """Return a digest of what a lesson's release is made of: its source, the configuration, the package's files."""
    facts = [PACKAGE / FACTS] if lesson == START else []
    return digest(
        [*_below(root / "source" / lesson), *(root / name for name in CONFIGURATION), *facts], _of_package(PACKAGE)
    )


@cache
def _of_package(package: Path) -> str:
    """Return a digest of those files of the package that are in a release, or make one."""
    used = [path for path in _below(package) if path.suffix in PACKED and _is_used(path.relative_to(package))]
    return digest([package / BANK, *used])


def _is_used(within: Path) -> bool:
    return within.parts[0] != "instructor" or within.parts[1] == "release"


def digest(files: Iterable[Path], *words: str) -> str:
    """Return a digest of words, and of files as far as they are there, with their names."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in files:
        if path.is_file():
            found.update(f"\0{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _below(folder: Path) -> list[Path]:
    """Return the files of a folder in their order, without what is left there by opening or importing one."""
    within = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in within if not LEFT_OUT & set(path.relative_to(folder).parts))


def _whole(root: Path, lesson: str, made_of: str) -> str:
    """Return a digest of a release, and of what it is made of."""
    return digest(_below(root / "release" / lesson), made_of)


def note(root: Path, lesson: str, made_of: str) -> None:
    """Note what a release that now lies in its place is made of; nothing where releases lie in another place."""
    if (root / "release" / lesson).is_dir():
        for name in (NOTES, NOTES_HERE):
            _write(root / name, lesson, _whole(root, lesson, made_of))


def _write(path: Path, name: str, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(_noted(path) | {name: value}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(new, path)


def _noted(path: Path) -> dict[str, str]:
    """Return the digests in a file of notes; none where there is none, or it cannot be read: then all is due."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def due(root: Path, lessons: Iterable[str], *, here: bool = False) -> list[str]:
    """Return the lessons that are due."""
    notes = [_noted(root / name) for name in (NOTES, *([NOTES_HERE] if here else []))]
    wholes = {lesson: _whole(root, lesson, inputs(root, lesson)) for lesson in lessons}
    return [lesson for lesson, whole in wholes.items() if any(known.get(lesson) != whole for known in notes)]


def bank_files() -> list[Path]:
    """Return the test's bank, and what writes it."""
    return [PACKAGE / BANK, *_below(PACKAGE / TEMPLATES)]


def note_written(root: Path, name: str, files: Iterable[Path]) -> None:
    """Note that the first of these files of the package is what the others make of it."""
    _write(root / NOTES, name, digest(files))


def bring_up_to_date(root: Path, name: str, files: list[Path], module: str) -> None:
    """Have a module write the first of these files anew, where one of them is not as it was noted."""
    if _noted(root / NOTES).get(name) != digest(files):
        subprocess.run([sys.executable, "-m", f"attention_course.instructor.{module}"], cwd=root, check=True)
        note_written(root, name, files)


def main(arguments: list[str]) -> int:
    """Release what is due, in the working directory; return the exit code."""
    root = Path.cwd()
    lessons = [word for word in arguments if not word.startswith("-")]
    try:
        bring_up_to_date(root, BANK, bank_files(), "templates")
        if START in lessons:
            bring_up_to_date(root, FACTS, [PACKAGE / FACTS, *sorted(root.glob("source/*/*.ipynb"))], "source.facts")
    except subprocess.CalledProcessError as error:
        return error.returncode
    if found := due(root, lessons, here="--here" in arguments):
        options = ["--yes"] if "--yes" in arguments else []
        command = [sys.executable, "-m", "attention_course.instructor.cli", "release", *found, *options]
        return subprocess.run(command, cwd=root).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
