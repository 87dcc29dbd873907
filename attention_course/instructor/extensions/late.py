"""Late or not: what nbgrader's gradebook is told of an extension, and what people are told of both.

The gradebook has a place for an extension, and reckons from it how late a submission is. So whatever late-submission
plugin the course names, nbgrader's own or another, it is asked of what is late after the extension, and only then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from sqlalchemy import select

from attention_course.instructor.extensions.extension import Extension
from attention_course.instructor.formatting import counted, day_and_hour


@dataclass(frozen=True)
class Lateness:
    """When one submission was due and handed in, in UTC; None where that is not said."""

    due: datetime | None = None
    handed_in: datetime | None = None
    extension: timedelta = timedelta()

    @property
    def extended_to(self) -> datetime | None:
        """When it was due after the extension; None where there was none."""
        return self.due + self.extension if self.due and self.extension else None

    @property
    def late(self) -> timedelta:
        """How late it is, after the extension."""
        if self.due is None or self.handed_in is None:
            return timedelta()
        return max(self.handed_in - self.due - self.extension, timedelta())


def tell_gradebook(gradebook: Gradebook, extension: Extension) -> None:
    """Write an extension, or that there is none, to a submission in the gradebook, where it says something else."""
    student, lesson = extension.student, extension.lesson
    one = SubmittedAssignment
    about = (
        select(one.extension, Assignment.duedate)  # and not the submission itself, for which all scores are summed up
        .join(Assignment, one.assignment_id == Assignment.id)
        .where(Assignment.name == lesson, one.student_id == student)
    )
    told, due = gradebook.db.execute(about).one()
    if told != (given := given_by(extension, due)):
        gradebook.find_submission(lesson, student).extension = given
        gradebook.db.commit()


def given_by(extension: Extension, due: datetime | None) -> timedelta | None:
    """Return by how much an extension is later than when a lesson is due; None where it is not."""
    until = extension.until
    return until - due if due and until and until > due else None


def lateness(submission: Any) -> Lateness:
    """Return what the gradebook has of a submission, which is what it was graded by."""
    return Lateness(submission.assignment.duedate, submission.timestamp, submission.extension or timedelta())


def due_in_words(times: Lateness, whom: str = "") -> str:
    """Say when it was due, and to when that was extended ("for you", to a student); "" where it was never due."""
    if times.due is None:
        return ""
    extended = f", extended {whom}to {moment(times.extended_to)}" if times.extended_to else ""
    return f"{moment(times.due)}{extended}"


def how_long(passed: timedelta) -> str:
    """Say a time in its two largest units: "2 days and 3 hours", "1 minute"."""
    minutes = max(round(passed.total_seconds() / 60), 1)
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    first = next(place for place, (count, _) in enumerate(parts) if count)
    return " and ".join(counted(count, unit) for count, unit in parts[first : first + 2] if count)


def moment(time: datetime) -> str:
    """Say a time in UTC as a person reads it."""
    return f"{day_and_hour(time)} UTC"
