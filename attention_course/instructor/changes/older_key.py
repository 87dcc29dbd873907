"""Does `source/` ask something else by now than what the gradebook grades by? Said before a class is graded."""

from typing import Any

from attention_course.errors import CourseError
from attention_course.instructor.changes import read_work
from attention_course.instructor.changes.compare import WORDS, Change, changes, of_credit
from attention_course.instructor.release.option_ids import with_ids
from attention_course.instructor.settling import bank_items
from attention_course.instructor.settling.asked import asked_in, credit_in

MOST = 5  # changes that are named


def said(coursedir: Any) -> list[str]:
    """Return a sentence where the class is graded by another version than the one in `source/`, or that it holds."""
    return [*_of_source(coursedir), *_of_bank(coursedir)]


def _of_bank(coursedir: Any) -> list[str]:
    """Return one sentence where the bank's items are otherwise than those that students hold; [] where not."""
    held = bank_items.brought_along(read_work.released(coursedir))
    if not any(one.question and one.question.judged for one in held.values()):  # keys are held back
        return []
    found = [change for change in changes(held, bank_items.installed()) if change.what not in (WORDS, "added")]
    if not found:
        return []
    lesson = coursedir.assignment_id
    return [
        f"Graded by the bank as it is now, which has changed since the release of {lesson}: {_named(found)}. Whoever "
        f"was told “right” keeps that. `attention-course regrade {lesson}` says whom it costs, and releases it."
    ]


def _named(found: list[Change]) -> str:
    told = [f"{change.name} ({change.what})" for change in found]
    return ", ".join(told[:MOST]) + (f" and {len(told) - MOST} more" if len(told) > MOST else "")


def _of_source(coursedir: Any) -> list[str]:
    """Return one sentence where the class is graded by an older version than the one in `source/`; [] where not."""
    try:
        source = [with_ids(text) for text in read_work.in_source(coursedir)]
    except CourseError:
        return []
    known = set(read_work.in_gradebook(coursedir))
    if not known or known.issuperset(text for text in source if "lesson.ask(" in text or "Lesson(" in text):
        return []
    found = [*of_credit(credit_in(known), credit_in(source)), *changes(asked_in(known), asked_in(source))]
    found = [change for change in found if change.what != WORDS]
    if not found:
        return []
    return [
        f"Graded by an older version than the one in source/, which has changed since its release: "
        f"{_named(found)}. `attention-course regrade {coursedir.assignment_id}` takes the new one."
    ]
