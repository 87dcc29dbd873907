"""ReadSubmission: reads whatever a student hands in, as far as it is a notebook."""

import io
import json
import re
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from attention_course.errors import NotebookError
from attention_course.record import METADATA_KEY

WITHOUT_IDS = 4  # the last minor version of the format whose cells have no ids
DEEPEST = 60  # levels of nesting; an honest notebook has about ten
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class ReadSubmission(NotebookExporter):
    """nbconvert's exporter for notebooks, with the parts left out that would stop nbgrader from reading the rest."""

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Read and convert a notebook; raise NotebookError where there is none to be read."""
        text = json.dumps(mended(file_stream.read(), self.log))
        return super().from_file(io.StringIO(text), resources=resources, **kw)


def mended(text: str, log: Any) -> dict[str, Any]:
    """Return a notebook's JSON values, without what is nested too deeply and, where broken, cells that are none."""
    try:
        notebook = json.loads(shallow(text.lstrip("\ufeff")))
    except ValueError as error:
        raise NotebookError("The file handed in is not a notebook, or it is cut off; ask for it again.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list) or notebook.get("nbformat") != 4:
        raise NotebookError("The file handed in is not a notebook of format 4; ask for it again.")
    if not _is_valid(notebook):
        cells = [_without_broken_outputs(cell) for cell in notebook["cells"]]
        notebook["cells"] = [cell for cell in cells if _is_valid(cell, "cell")]
        notebook["metadata"] = _only_record(notebook.get("metadata"))
        notebook["nbformat_minor"] = WITHOUT_IDS
        log.warning("The notebook is broken in parts; %d cells are left out.", len(cells) - len(notebook["cells"]))
    return notebook


def shallow(text: str) -> str:
    """Return JSON text with `null` in the place of everything that is nested too deeply to be read."""
    kept, depth, end = [], 0, 0
    for token in TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[end : token.start()])
        elif token[0] in "]}":
            depth -= 1
            if depth == DEEPEST:
                kept.append("null")
                end = token.end()
    return "".join([*kept, text[end:]]) if depth <= DEEPEST else ""


def _without_broken_outputs(cell: Any) -> Any:
    if isinstance(cell, dict):
        cell.pop("id", None)
        if isinstance(cell.get("outputs"), list):
            cell["outputs"] = [output for output in cell["outputs"] if _is_valid(output, "output")]
    return cell


def _only_record(metadata: Any) -> dict[str, Any]:
    kept = isinstance(metadata, dict) and METADATA_KEY in metadata
    return {METADATA_KEY: metadata[METADATA_KEY]} if kept else {}


def _is_valid(value: Any, part: str | None = None) -> bool:
    """Does a notebook (or a part of one) fit the notebook format?"""
    try:
        if part is None:
            nbformat.validate(value, relax_add_props=True)
        else:
            nbformat.validate(value, ref=part, version=4, version_minor=WITHOUT_IDS, relax_add_props=True)
    except Exception:  # the validator itself stumbles over many a broken file
        return False
    return True
