"""Which hidden tests an answer passed, kept in the graded notebook's metadata, where the class report reads it."""

from collections.abc import Mapping
from typing import Any

from attention_course.answers.record import METADATA_KEY
from attention_course.page.static_html import FACTS_MIME

TESTED = "tested"
Tests = tuple[tuple[str, bool], ...]  # names, and whether each was passed


def note(nb: Any) -> None:
    """Write into a graded notebook's metadata what its questions have shown as data."""
    tested = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            facts = output.get("data", {}).get(FACTS_MIME, {})
            if facts.get("tested"):
                passed = [[test["name"], test["passed"]] for test in facts["tested"]]
                tested[cell.metadata.nbgrader["grade_id"]] = passed
    if tested and METADATA_KEY in nb.metadata:
        nb.metadata[METADATA_KEY][TESTED] = tested


def noted(notebook: Any) -> dict[str, Tests]:
    """Return what `note` wrote, by question."""
    ours = notebook["metadata"].get(METADATA_KEY)
    tested = ours.get(TESTED) if isinstance(ours, Mapping) else None
    found = tested if isinstance(tested, Mapping) else {}
    return {name: tuple((str(test), passed is True) for test, passed in tests) for name, tests in found.items()}
