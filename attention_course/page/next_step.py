"""What comes after a lesson: the next one on the path that lies beside this notebook, and the start page."""

import html
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attention_course.answers import colab, notebook
from attention_course.page.path import PATH, START, after

ELSEWHERE = "The course's start page, start.ipynb, says what comes next."


def bundle(lesson: str, page_path: str | None = None) -> dict[str, Any] | None:
    """Return what stands below a lesson's result, as an output whose links every front end can follow.

    None for a lesson that is not on the path. Nothing is promised that does not lie here.
    """
    if lesson not in PATH:
        return None
    folder = notebook.folder(page_path)
    following, start = (None, None) if colab.is_here() else (_following(lesson, page_path), _start(folder))
    said = []
    if following:
        said.append(("Next on the path: ", *following))
    if start:
        said.append(("All lessons, and how far you are in each: ", "the start page", start))
    if not said:
        return {"text/html": f"<p>{html.escape(ELSEWHERE)}</p>", "text/plain": ELSEWHERE}
    links = [f'{before}<a href="{_href(file, folder)}">{html.escape(name)}</a>.' for before, name, file in said]
    plain = [f"{before}{file.name}." for before, _, file in said]
    return {"text/html": f"<p>{' '.join(links)}</p>", "text/plain": " ".join(plain)}


def _following(lesson: str, page_path: str | None) -> tuple[str, Path] | None:
    """Return the next lesson of which a notebook lies here, with its file; None after the last one."""
    while lesson := after(lesson):
        if files := notebook.beside(lesson, page_path):
            return lesson, files[0]
    return None


def _start(folder: Path) -> Path | None:
    places = (folder / f"{START}.ipynb", folder.parent / START / f"{START}.ipynb")
    return next((place for place in places if place.is_file()), None)


def _href(file: Path, folder: Path) -> str:
    return html.escape(quote(Path(os.path.relpath(file, folder)).as_posix()))
