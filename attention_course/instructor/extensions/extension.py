"""What a student is granted in a lesson: one line of extensions.csv."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attention_course.errors import ExtensionError
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.times import due_in_utc

HEADINGS = ("student", "lesson", "due", "attempts", "note")
MOST_ATTEMPTS = 20  # as many as a question may allow


@dataclass(frozen=True)
class Extension:
    """A later due date as the instructor wrote it, with its zone ("" for none), and extra attempts at each question.

    The note is the instructor's, and is shown to nobody else.
    """

    student: str
    lesson: str
    due: str = ""
    attempts: int = 0
    note: str = ""

    @property
    def until(self) -> datetime | None:
        """The due date in UTC, without saying so, as nbgrader keeps times; None where the class's own holds."""
        return due_in_utc(self.due) if self.due else None

    @property
    def grants(self) -> bool:
        """Does it grant anything?"""
        return bool(self.due or self.attempts)

    @property
    def mark(self) -> str:
        """What of it changes a grade, as a text by which a change is noticed; "" where that is nothing."""
        return f"{self.due} {self.attempts}" if self.grants else ""

    def cells(self) -> list[str]:
        """Return the cells of its line."""
        return [self.student, self.lesson, self.due, str(self.attempts or ""), self.note]


def from_cells(cells: Mapping[str, str]) -> Extension:
    """Return what the cells of a line say; raise ExtensionError with a sentence that the line is put before."""
    student, lesson, due = cells["student"], cells["lesson"], cells["due"]
    if not can_name_folder(student):
        raise ExtensionError(f"“{student}” can be no student's id.")
    if not lesson:
        raise ExtensionError("it names no lesson.")
    extension = Extension(student, lesson, due, _attempts(cells["attempts"]), cells["note"])
    try:
        extension.until  # noqa: B018  # a due date that is none is refused here
    except ValueError as error:
        raise ExtensionError(f"{error}.") from error
    return extension


def _attempts(text: str) -> int:
    if text and (not re.fullmatch("[0-9]{1,2}", text) or int(text) > MOST_ATTEMPTS):
        raise ExtensionError(f"extra attempts are a whole number up to {MOST_ATTEMPTS}, not “{text[:40]}”.")
    return int(text or 0)
