"""One comment or score for all of a group: who gets it, and who keeps what somebody has given already."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from attention_course.errors import MarksError
from attention_course.exercises.question import are_points
from attention_course.instructor.formatting import counted, number
from attention_course.instructor.marks.marks import COMMENT, SCORE, Change, Mark, Place, Value


@dataclass(frozen=True)
class Plan:
    """What is to be changed, and what stays because a person wrote it."""

    changes: list[Change]
    kept: list[Change]


def plan(marks: Iterable[tuple[Place, Mark]], comment: str | None, score: float | None, replace: bool) -> Plan:
    """Return what a comment or a score for all of these answers changes; raise MarksError where it cannot be given."""
    places = list(marks)
    wanted: dict[str, Value] = {}
    if comment is not None:
        wanted[COMMENT] = _checked_comment(comment)
    if score is not None:
        wanted[SCORE] = _checked_score(score, min((mark.most for _, mark in places), default=0))
    changes: list[Change] = []
    kept: list[Change] = []
    for (student, question), mark in places:
        for what, value in wanted.items():
            change = Change(student, question, what, mark.value(what), value)
            if change.before != value:
                (changes if replace or change.before is None else kept).append(change)
    return Plan(changes, kept)


def _checked_comment(comment: str) -> str:
    text = comment.strip()
    if not text:
        raise MarksError("The comment is empty. To take one back, use --undo.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise MarksError("The comment has a sign in it that no gradebook can hold.") from error
    if "\0" in text:
        raise MarksError("The comment has a sign in it that no gradebook can hold.")
    return text


def _checked_score(score: float, most: float) -> float:
    if not math.isfinite(score) or not are_points(score):
        raise MarksError(f"A score is a number from 0 on, with two decimals at most, not {score:g}.")
    if score > most:
        raise MarksError(f"The question gives {counted(most, 'point')} at most, and {number(score)} is more.")
    return float(score)
