"""Cells run in forked processes, for the tests."""

import copy
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

from attention_course.instructor.forkserver.execute_forked import ExecuteForked


def run(cells: list[str], folder: Path, **settings: Any) -> list[Any]:
    """Run cells as nbgrader would, and return the outputs of each."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    step = ExecuteForked(shutdown_kernel="immediate", **settings)
    step.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return [cell.outputs for cell in notebook.cells]


def printed(outputs: list[Any]) -> str:
    """Return what a cell printed."""
    return "".join(output.get("text", "") for output in outputs).strip()


def texts(output: Any) -> str:
    """Return what an output shows as text."""
    return str(output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain")).strip()


def merged(outputs: list[Any]) -> list[Any]:
    """Return the outputs with what was printed in one piece: a kernel sends it every now and then."""
    pieces: list[Any] = []
    for output in outputs:
        if pieces and output.output_type == pieces[-1].output_type == "stream" and output.name == pieces[-1].name:
            pieces[-1].text += output.text
        else:
            pieces.append(copy.deepcopy(output))
    return pieces


def is_alive(pid: int) -> bool:
    """Does the process run? One that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
