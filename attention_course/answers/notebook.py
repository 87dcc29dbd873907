"""Finds and reads the notebook that a kernel belongs to."""

import json
import os
from pathlib import Path
from typing import Any

from attention_course.answers.record import METADATA_KEY
from attention_course.errors import NotebookError

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


def own_path(lesson: str, page_path: str | None = None) -> Path | None:
    """Return the file of the notebook this kernel runs, None where that cannot be told.

    JupyterLab and Notebook 7 name it in JPY_SESSION_NAME (stale after a rename, hence `page_path`, the path as the page
    knows it), VS Code in a variable. nbgrader names nothing, but runs the kernel where the notebook lies.
    """
    if not os.environ.get("NBGRADER_EXECUTION"):
        for named in _named_paths(page_path):
            if named.is_file():
                return named
    return _only_notebook_of(lesson, Path.cwd())


def _named_paths(page_path: str | None) -> list[Path]:
    session = os.environ.get("JPY_SESSION_NAME", "")
    folder = Path(session).parent if session else Path.cwd()
    paths = [folder / Path(page_path).name] if page_path else []
    if session:
        paths.append(Path(session))
    in_vs_code = _user_variable("__vsc_ipynb_file__")
    return [*paths, Path(in_vs_code)] if isinstance(in_vs_code, str) else paths


def _user_variable(name: str) -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return shell.user_ns.get(name) if shell else None


def _only_notebook_of(lesson: str, folder: Path) -> Path | None:
    """Return the one notebook of the lesson in a folder; the one named after the lesson where there are several."""
    by_name = folder / f"{lesson}.ipynb"
    if by_name.is_file():
        return by_name
    found = [path for path in sorted(folder.glob("*.ipynb")) if _is_of(lesson, path)]
    return found[0] if len(found) == 1 else None


def _is_of(lesson: str, path: Path) -> bool:
    try:
        whole = load(path).get("metadata", {}).get(METADATA_KEY)
    except (NotebookError, AttributeError):
        return False
    return isinstance(whole, dict) and whole.get("lesson") == lesson
