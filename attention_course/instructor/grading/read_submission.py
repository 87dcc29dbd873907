"""ReadSubmission: reads whatever a student hands in, as far as it is a notebook."""

import codecs
import io
import json
import mmap
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.validator import get_validator, normalize

from attention_course.answers.notebook import first_value
from attention_course.answers.record import METADATA_KEY, RECEIPT_MIME, receipts
from attention_course.errors import NotebookError
from attention_course.instructor.grading.json_text import LARGE, mapped, trimmed

WITHOUT_IDS = 4  # the last minor version of the format whose cells have no ids
MOST = 2 * LARGE  # bytes, after the outputs are cut
MEGABYTE = 1_000_000
MOST_CELLS = 1000  # of a broken notebook
EMPTY = {"nbformat": 4, "nbformat_minor": WITHOUT_IDS, "metadata": {}}


class ReadSubmission(NotebookExporter):
    """nbconvert's exporter for notebooks, with the parts left out that would stop nbgrader from reading the rest."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Read and convert a notebook by its name; to open what is no file, such as a pipe, might wait for ever."""
        if not Path(filename).is_file():
            raise NotebookError(f"{Path(filename).name} is no file; ask for the notebook itself.")
        return super().from_filename(filename, resources=resources, **kw)

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Read and convert a notebook; raise NotebookError where there is none to be read."""
        in_file = getattr(file_stream, "buffer", None)
        text = mapped(in_file) if in_file else file_stream.read()
        return super().from_file(io.StringIO(json.dumps(mended(text, self.log))), resources=resources, **kw)


def mended(text: str | bytes | mmap.mmap, log: Any) -> dict[str, Any]:
    """Return a notebook's JSON values, without what is nested too deeply and, where broken, cells that are none."""
    notebook = _of_format_4(_parsed(text.encode() if isinstance(text, str) else text, log))
    notebook = _with_ids(notebook)
    if not _is_valid(notebook):
        lost = _leave_out_broken_parts(notebook)
        log.warning("The notebook is broken in parts; left out: %s.", ", ".join(lost))
    return notebook


def _parsed(data: bytes | mmap.mmap, log: Any) -> Any:
    """Return the JSON value of a file's bytes, without long outputs where they are many megabytes."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        data = data[:].decode("utf-16", errors="replace").encode()
    text = trimmed(data)
    if len(text) > MOST:
        megabytes = len(text) // MEGABYTE
        raise NotebookError(f"The notebook has {megabytes} MB even without its long outputs; ask for a cleared one.")
    if len(data) > LARGE:
        log.warning("The notebook has %d MB, so long outputs are left out.", len(data) // MEGABYTE)
    try:
        value = first_value(text.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise NotebookError("The file handed in is not a notebook, or it is cut off; ask for it again.") from error
    if b"\\ud" in text.lower():  # half a surrogate pair, which no file could hold
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


def _of_format_4(notebook: Any) -> dict[str, Any]:
    """Return the notebook, brought up to format 4 from an older one; raise NotebookError for anything else."""
    if isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        try:
            notebook = nbformat.reads(json.dumps(notebook), as_version=4)
        except Exception as error:  # whatever the conversion stumbles over
            raise NotebookError("The file handed in is not a notebook of format 3, or it is broken.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list) or notebook.get("nbformat") != 4:
        raise NotebookError("The file handed in is not a notebook of format 4; ask for it again.")
    notebook["nbformat"] = 4  # where it was 4.0
    minor = notebook.get("nbformat_minor")
    if type(minor) is int or (isinstance(minor, float) and minor.is_integer()):
        notebook["nbformat_minor"] = min(int(minor), nbformat.current_nbformat_minor)
    return notebook


def _with_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with new ids where ids are missing or doubled; as it is where it is too broken for that."""
    if _has_ids(notebook):  # nbformat copies all of it first
        return notebook
    try:
        with warnings.catch_warnings():  # that it is mended is what they warn of
            warnings.simplefilter("ignore")
            return normalize(notebook)[1]
    except Exception:  # nbformat stumbles over many a broken file
        return notebook


def _has_ids(notebook: dict[str, Any]) -> bool:
    """Has each cell an id of its own?"""
    ids = [cell.get("id") for cell in notebook["cells"] if isinstance(cell, dict)]
    return len({id_ for id_ in ids if isinstance(id_, str)}) == len(notebook["cells"])


def _leave_out_broken_parts(notebook: dict[str, Any]) -> list[str]:
    """Leave out what does not fit the format, and what is far too much to look through; return what that was."""
    cells = notebook["cells"]
    outputs = sum(len(_outputs(cell)) for cell in cells)
    kept = [cell for cell in map(_without_broken_outputs, cells[:MOST_CELLS]) if _is_cell(cell)]
    notebook |= EMPTY | {"metadata": _only_record(notebook.get("metadata")), "cells": kept}
    counts = (len(kept), len(cells), "cells"), (sum(len(_outputs(cell)) for cell in kept), outputs, "outputs")
    lost = [f"{total - left} of {total} {kind}" for left, total, kind in counts if left < total]
    return [*lost, "all metadata but the answers"]


def _without_broken_outputs(cell: Any) -> Any:
    """Return the cell; of its outputs, where one of them may be broken, only the receipts."""
    if isinstance(cell, dict):
        cell.pop("id", None)
        if _outputs(cell) and not _is_cell(cell):
            carried = [{RECEIPT_MIME: receipt} for receipt in receipts({"cells": [cell]})]
            cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}} for data in carried]
    return cell


def _outputs(cell: Any) -> list[Any]:
    outputs = cell.get("outputs") if isinstance(cell, dict) else None
    return outputs if isinstance(outputs, list) else []


def _only_record(metadata: Any) -> dict[str, Any]:
    kept = isinstance(metadata, dict) and METADATA_KEY in metadata
    return {METADATA_KEY: metadata[METADATA_KEY]} if kept else {}


def _is_cell(value: Any) -> bool:
    return _is_valid(EMPTY | {"cells": [value]})


def _is_valid(notebook: dict[str, Any]) -> bool:
    """Does a notebook fit the notebook format?

    nbformat.validate would, for the sake of its message, look a second and far slower time through what does not.
    """
    try:
        get_validator(4, notebook["nbformat_minor"], relax_add_props=True, name="fastjsonschema").validate(notebook)
    except Exception:  # the validator itself stumbles over many a broken file
        return False
    return True
