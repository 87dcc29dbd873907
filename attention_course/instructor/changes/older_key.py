"""Does `source/` ask something else by now than what the gradebook grades by? Said before a class is graded."""

from typing import Any

from attention_course.errors import CourseError
from attention_course.instructor.changes import read_work
from attention_course.instructor.changes.compare import WORDS, changes, of_credit
from attention_course.instructor.release.option_ids import with_ids
from attention_course.instructor.settling.asked import asked_in, credit_in

MOST = 5  # changes that are named


def said(coursedir: Any) -> list[str]:
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
    told = [f"{change.name} ({change.what})" for change in found]
    more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
    return [
        f"Graded by an older version than the one in source/, which has changed since its release: "
        f"{', '.join(told[:MOST])}{more}. `attention-course regrade {coursedir.assignment_id}` takes the new one."
    ]
