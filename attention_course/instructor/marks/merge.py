"""Merges the marks of two people who graded by hand, each in a copy of the same gradebook."""

from collections.abc import Mapping

from attention_course.instructor.formatting import number
from attention_course.instructor.marks.marks import COMMENT, EXTRA, SCORE, Change, Mark, Place, Value, said


def merged(ours: Mapping[Place, Mark], theirs: Mapping[Place, Mark]) -> tuple[list[Change], list[str]]:
    """Return what the other gradebook has and ours does not, and a sentence on each thing that does not fit.

    What somebody has given here is never replaced.
    """
    changes, conflicts = [], []
    for (student, question), mark in sorted(theirs.items()):
        for what in (SCORE, EXTRA, COMMENT):
            value, here = mark.value(what), ours.get((student, question))
            if value is None or (here and here.value(what) == value):
                continue
            if sentence := _conflict(what, value, mark, here):
                conflicts.append(f"{student}, {question}: {sentence}.")
            else:
                changes.append(Change(student, question, what, None, value))
    return changes, conflicts


def _conflict(what: str, value: Value, there: Mark, here: Mark | None) -> str:
    """Say why a mark cannot be taken over, "" where it can."""
    if here is None:
        return f"{said(what, value)} there, and nothing is graded here"
    if (mine := here.value(what)) is not None:
        return f"{said(what, value)} there, {said(what, mine)} here; yours is kept"
    if here.handed_in != there.handed_in:
        return f"{said(what, value)} there, for a notebook that was handed in at another time than the one here"
    if what == SCORE and isinstance(value, float) and value > here.most:
        return f"{said(what, value)} there, and here it gives {number(here.most)} at most"
    return ""
