"""Misses: what went wrong in other lessons, by concept, as far as the notebooks beside this one tell."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from attention_course.answers import colab, notebook, record
from attention_course.answers.record import Attempt, Record
from attention_course.errors import NotebookError
from attention_course.exercises.concepts import CONCEPTS
from attention_course.recall import sat

# Which concept a question is about; one that is named like its concept, as those of the lesson `test`, needs no line.
ABOUT = {
    "lookup": ("purpose", "why-lookup", "worked-example", "vis-hull"),
    "scores": ("attention-scores", "learn-scores", "refresher-shapes", "find-the-error"),
    "softmax": ("refresher-softmax", "attention-weights", "weights-formula", "learn-axis", "axis", "masked-softmax"),
    "scale": ("scaled-weights", "why-scale", "vis-scale"),
    "masks": ("causal-mask", "vis-mask", "masks"),
    "values": ("weighted-sum", "learn-order", "learn-self-cross", "learn-additive", "attend", "additive"),
    "heads": (
        "multi-head-output",
        "learn-heads",
        "learn-heads-order",
        "vis-tape",
        "split-heads",
        "multi-head",
        "met-same",
    ),
    "position": ("vis-rope", "rope", "alibi"),
    "cost": ("vis-cost", "met-cost", "grouped", "step", "online"),
    "reading": (
        "vis-heads",
        "mass-on-target",
        "row-entropy",
        "mirror",
        "ablate",
        "ch-before",
        "ch-mirror",
        "ch-induction",
    ),
}
CONCEPT_OF = {name: concept for concept, names in ABOUT.items() for name in names}


@dataclass(frozen=True)
class Miss:
    """A question of another lesson that went wrong: its concept, whether the student was sure, and when it was."""

    concept: str
    lesson: str
    sure: bool
    at: datetime


def went_wrong(_name: str, kept: Record) -> bool:
    """Did a question go wrong, as far as its record alone tells, without its key?

    Whoever is right ends there: so whoever tried twice was wrong at first. Of code that was run the last result counts.
    """
    last = kept.attempts[-1].result if kept.attempts else {}
    results = [one for part in last.values() for one in part]
    return not all(results) if results else kept.tried > 1


def missed(
    lesson: str, records: Mapping[str, Record], wrong: Callable[[str, Record], bool] = went_wrong
) -> Iterator[Miss]:
    """Yield what went wrong in a lesson; `wrong` says of a question's name and record whether it did."""
    for name, kept in records.items():
        concept = concept_of(name)
        at = _time(kept.attempts[-1]) if kept.attempts else None
        if concept and at and wrong(name, kept):
            yield Miss(concept, lesson, getattr(kept.attempts[0], "sure", "") == "sure", at)


def concept_of(name: str) -> str:
    """Return which concept a question is about, "" where nobody said."""
    return CONCEPT_OF.get(name) or next((one for one in CONCEPTS if re.fullmatch(rf"{one}(-.*)?", name)), "")


def beside(lesson: str, page_path: str | None = None) -> list[Miss]:
    """Return what went wrong in the other lessons' notebooks that lie beside this lesson's; [] where none is read."""
    if colab.is_here():
        return []
    found: list[Miss] = []
    for path in notebook.around(page_path):
        held = _load(path)
        named = _lesson_of(held) if held else ""
        if named and named != lesson:
            found += _missed_in(named, record.read(held, named)[0])
    return found


def _missed_in(lesson: str, records: Mapping[str, Record]) -> Iterator[Miss]:
    """Yield what went wrong in a lesson: by its records alone, but where items were drawn the bank judges them."""
    if any(kept.drawn for kept in records.values()):
        return missed(lesson, sat.wrong_in_last(records), wrong=lambda _name, _kept: True)
    return missed(lesson, records)


def _load(path: Path) -> dict[str, Any] | None:
    try:
        return notebook.load(path)
    except NotebookError:
        return None


def _lesson_of(held: dict[str, Any]) -> str:
    metadata = held.get("metadata")
    whole = metadata.get(record.METADATA_KEY) if isinstance(metadata, dict) else None
    named = whole.get("lesson") if isinstance(whole, dict) else None  # most notebooks say so at once
    if isinstance(named, str) and record.NAME.fullmatch(named):
        return named
    return notebook.lesson_of(held)


def _time(attempt: Attempt) -> datetime | None:
    try:
        return datetime.fromisoformat(attempt.at).astimezone()
    except (OverflowError, OSError, ValueError):  # a year that no clock shows
        return None
