"""A notebook's file: how one is made, and what it holds of a student's answers."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from classroom import read
from waiting import until

from attention_course.instructor.release import embed_package

RECEIPT = "application/vnd.attention-course.receipt+json"
Attempts = dict[str, list[list[str]]]  # question -> the picks of each attempt


def in_metadata(path: Path) -> Attempts:
    """Return all attempts that the metadata holds."""
    answers = read(path)["metadata"].get("attention_course", {}).get("answers", {})
    return {name: _picks(record) for name, record in answers.items()}


def in_receipts(path: Path) -> Attempts:
    """Return all attempts that the receipts hold."""
    outputs = [output for cell in read(path)["cells"] for output in cell.get("outputs", [])]
    receipts = [output["data"][RECEIPT] for output in outputs if RECEIPT in output.get("data", {})]
    return {receipt["question"]: _picks(receipt["record"]) for receipt in receipts if "question" in receipt}


def of_the_whole_lesson(path: Path) -> Attempts:
    """Return all attempts that the receipt below the setup cell holds."""
    outputs = next(cell for cell in read(path)["cells"] if cell["id"] == "setup")["outputs"]
    (receipt,) = [output["data"][RECEIPT] for output in outputs if RECEIPT in output.get("data", {})]
    return {name: _picks(record) for name, record in receipt["answers"].items()}


def expect_attempts(path: Path, expected: Attempts) -> None:
    """Wait until metadata and receipts both hold these attempts and no others."""

    def found() -> tuple[Attempts, Attempts]:
        return in_metadata(path), {name: picks for name, picks in in_receipts(path).items() if picks}

    def are_there() -> bool:
        try:
            return found() == (expected, expected)
        except ValueError:  # read while it was written
            return False

    try:
        until(are_there, "the answers on disk")
    except TimeoutError:
        assert found() == (expected, expected)


def _picks(record: dict[str, Any]) -> list[list[str]]:
    return [attempt["picks"] for attempt in record["attempts"]]


def with_little_packed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a released lesson that brings along no more of the package than is looked at where that is installed.

    To send, colour and save the rest takes long, and test_without_the_course.py sees that it is there.
    """
    cells = [
        cell | {"source": _little("".join(cell["source"]))} if cell["id"] == "setup" else cell
        for cell in notebook["cells"]
    ]
    return notebook | {"cells": cells}


def _little(setup: str) -> str:
    packed = embed_package.unpacked(setup)
    lines = setup.removeprefix(embed_package.setup_cell(packed))
    assert lines != setup
    little = {name: packed[name] for name in ("attention_course/__init__.py", "attention_course/bootstrap.py")}
    return embed_package.setup_cell(little) + lines


def reduced(notebook: dict[str, Any], names: Collection[str] = ()) -> dict[str, Any]:
    """Return a notebook with some cells alone, or those that nbgrader knows, each with what stands above it."""
    cells = notebook["cells"]
    wanted = [cell["id"] in names if names else "nbgrader" in cell["metadata"] for cell in cells]
    with_next = zip(cells, wanted, [*wanted[1:], False], strict=True)
    return notebook | {"cells": [cell for cell, is_wanted, below in with_next if is_wanted or below]}


def make(path: Path, cells: list[dict[str, Any]]) -> None:
    """Write a notebook of these cells, which runs in the ordinary kernel."""
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    write(path, {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def write(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook."""
    path.write_text(json.dumps(notebook), encoding="utf-8")
