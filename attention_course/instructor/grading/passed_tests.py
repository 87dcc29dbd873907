"""Which hidden tests an answer passed, or that it could not be graded: noted in the graded notebook, for the report."""

from collections.abc import Mapping
from typing import Any

from attention_course.answers.record import METADATA_KEY
from attention_course.page.static_html import FACTS_MIME

TESTED, UNGRADED = "tested", "ungraded"
Tests = tuple[tuple[str, bool], ...]  # names, and whether each was passed


def note(nb: Any) -> None:
    """Write into a graded notebook's metadata what its questions have shown as data."""
    tested, not_graded = {}, []
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            facts = output.get("data", {}).get(FACTS_MIME, {})
            if facts.get("tested"):
                passed = [[test["name"], test["passed"]] for test in facts["tested"]]
                tested[cell.metadata.nbgrader["grade_id"]] = passed
            if facts.get("ungraded"):
                not_graded.append(cell.metadata.nbgrader["grade_id"])
    for what, found in ((TESTED, tested), (UNGRADED, not_graded)):
        if found and METADATA_KEY in nb.metadata:
            nb.metadata[METADATA_KEY][what] = found


def noted(notebook: Any) -> dict[str, Tests]:
    """Return the tests that `note` wrote, by question."""
    tested = _ours(notebook).get(TESTED)
    found = tested if isinstance(tested, Mapping) else {}
    return {name: tuple((str(test), passed is True) for test, passed in tests) for name, tests in found.items()}


def ungraded(notebook: Any) -> set[str]:
    """Return the questions of which `note` wrote that they could not be graded."""
    names = _ours(notebook).get(UNGRADED)
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _ours(notebook: Any) -> Mapping[str, Any]:
    ours = notebook["metadata"].get(METADATA_KEY)
    return ours if isinstance(ours, Mapping) else {}
