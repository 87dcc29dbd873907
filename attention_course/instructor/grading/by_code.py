"""Which attempts came with an answer code: noted in the graded notebook, for the report."""

from collections.abc import Mapping
from typing import Any

from attention_course.answers import record
from attention_course.errors import RecordError
from attention_course.instructor.signals.trace import digest

CODED = "coded"
MOST = 500  # attempts; an honest lesson has about thirty


def attempts_in(nb: Any, lesson: str) -> list[str]:
    """Return digests of the attempts that the answer codes in a handed-in notebook hold."""
    seen: set[str] = set()
    for held in record.answer_codes(nb):
        if isinstance(held, RecordError) or held.get("lesson") != lesson:
            continue
        for name, value in held["answers"].items():
            try:
                seen |= {digest(name, attempt.at) for attempt in record.parse(name, value).attempts}
            except RecordError:
                continue  # which is said where the answers are collected
    return sorted(seen)[:MOST]


def noted(notebook: Any) -> frozenset[str]:
    """Return the digests that stand in a graded notebook."""
    ours = notebook["metadata"].get(record.METADATA_KEY)
    coded = ours.get(CODED) if isinstance(ours, Mapping) else None
    return frozenset(one for one in coded if isinstance(one, str)) if isinstance(coded, list) else frozenset()
