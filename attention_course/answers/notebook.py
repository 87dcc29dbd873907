"""Finds and reads the notebook that a kernel belongs to."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from attention_course.errors import NotebookError

MADE = re.compile(r"""\bLesson\(\s*(?:name\s*=\s*)?["'](?P<name>[a-z0-9-]{1,64})["']""")  # a lesson, in a cell's code
LONGEST_NUMBER = 1000  # digits; Python refuses to read more than 4300, and with them the rest of the file


def first_value(text: str) -> Any:
    """Return the JSON value that a text begins with, whatever stands behind it; raise ValueError where there is none.

    A number of very many digits becomes null: it costs what it stands in, and not the whole file.
    """
    decoder = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) < LONGEST_NUMBER else None)
    return decoder.raw_decode(text.lstrip())[0]


def load(path: Path) -> dict[str, Any]:
    """Read a notebook file as plain JSON values; raise NotebookError with one sentence when that fails."""
    try:
        notebook = first_value(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotebookError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"{path.name} is not a notebook, or it is cut off.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path.name} is not a notebook.")
    return notebook


def holds(notebook: Any, lesson: str) -> bool:
    """Is this a notebook of a lesson, by what the code in its cells says?"""
    made = re.compile(rf"""\bLesson\(\s*(?:name\s*=\s*)?["']{re.escape(lesson)}["']""")
    return any(made.search(source) for source in sources(notebook))


def lesson_of(notebook: Any) -> str:
    """Return the lesson that the code in a notebook's cells makes, "" where it makes none."""
    return next((made["name"] for source in sources(notebook) if (made := MADE.search(source))), "")


def sources(notebook: Any) -> Iterator[str]:
    """Yield what stands in each cell of a notebook."""
    return (source_of(cell) for cell in notebook["cells"])


def source_of(cell: Any) -> str:
    """Return what stands in a cell, "" where that is no text."""
    source = cell.get("source") if isinstance(cell, dict) else None
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def own_file(lesson: str, page_path: str | None = None) -> Path | None:
    """Return the file of the notebook that this kernel runs, None where that is not certain.

    A record belongs to the file it stands in, so no file is guessed. What names the file for certain is its own page
    (`page_path`), VS Code's variable, and nbgrader, which grades it where it lies. JupyterLab's JPY_SESSION_NAME does
    not: after a rename it names a file that is gone, or another one.
    """
    execution = os.environ.get("NBGRADER_EXECUTION")
    if execution == "autograde":
        return _first([Path.cwd() / f"{lesson}.ipynb"])
    if execution:
        return _only_one(lesson)
    named = _named_by_page(page_path) if page_path else _named_by_vs_code()
    return _first([path for path in named if _may_be_of(lesson, path)])


def beside(lesson: str, page_path: str | None = None) -> list[Path]:
    """Return the notebooks of another lesson in the folder of the one that this kernel runs.

    Where there is none, and the lesson has a folder of its own as nbgrader makes it, its neighbour is looked into.
    """
    own = _named(page_path)
    within = folder(page_path)
    found = _of_lesson(lesson, within)
    if not found and own and own.stem == within.name:
        found = _of_lesson(lesson, within.parent / lesson)
    return found


def folder(page_path: str | None = None) -> Path:
    """Return the folder of the notebook that this kernel runs."""
    own = _named(page_path)
    return own.parent if own else Path.cwd()


def _named(page_path: str | None) -> Path | None:
    return _first(_named_by_page(page_path) if page_path else _named_by_vs_code())


def around(page_path: str | None = None) -> list[Path]:
    """Return the notebooks in the folder of the one that this kernel runs and, where each has its own, in theirs."""
    own, within = _named(page_path), folder(page_path)
    return all_in(within, apart=own is not None and own.stem == within.name)


def all_in(within: Path, *, apart: bool) -> list[Path]:
    """Return the notebooks in a folder and, where each lesson has a folder of its own (`apart`), in those."""
    others = [path for path in within.parent.glob("*/*.ipynb") if path.stem == path.parent.name] if apart else []
    return sorted({*within.glob("*.ipynb"), *others})


def _of_lesson(lesson: str, within: Path) -> list[Path]:
    """Return a folder's notebooks of a lesson; one that cannot be read is told by its name."""
    found = []
    for path in sorted(within.glob("*.ipynb")):
        try:
            is_one = holds(load(path), lesson)
        except NotebookError:
            is_one = path.stem == lesson
        found += [path] if is_one else []
    return found


def _first(paths: list[Path]) -> Path | None:
    return next((path for path in paths if path.is_file()), None)


def _may_be_of(lesson: str, path: Path) -> bool:
    """Is a file a notebook of the lesson, or none that can be read, which whoever reads it is told?"""
    try:
        return holds(load(path), lesson)
    except NotebookError:
        return True


def _named_by_page(page_path: str) -> list[Path]:
    """Return where the file may be that a page names from the server's root: below a folder that the session was in.

    The session's own file may have been renamed or moved since.
    """
    session = os.environ.get("JPY_SESSION_NAME")
    above = Path(session).parents if session else [Path.cwd()]
    parts = [part for part in PurePosixPath(page_path).parts if part not in ("/", "..")]
    return [place.joinpath(*parts) for place in above]


def _named_by_vs_code() -> list[Path]:
    path = _user_variable("__vsc_ipynb_file__")
    return [Path(path)] if isinstance(path, str) else []


def _only_one(lesson: str) -> Path | None:
    """Return the notebook that is validated: nbgrader says its folder, so it is certain where that holds one alone."""
    found = []
    for path in sorted(Path.cwd().glob("*.ipynb")):
        with contextlib.suppress(NotebookError):
            if holds(load(path), lesson):
                found.append(path)
    return found[0] if len(found) == 1 else None


def _user_variable(name: str) -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return shell.user_ns.get(name) if shell else None
