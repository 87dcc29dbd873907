"""Marks: what the gradebook holds of each student's answer to each question, and changes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Assignment, BaseCell, Comment, Grade, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from attention_course.instructor.formatting import number, printable

Place = tuple[str, str]  # a student, and a question
Value = float | str | None

SCORE, EXTRA, COMMENT = "score", "extra credit", "comment"
SHORT = 60  # characters of a comment that a line has room for


@dataclass(frozen=True)
class Mark:
    """What one answer has. `score`, `extra` and `comment` were given by hand; None and "" where nobody did."""

    points: float = 0  # as they count
    most: float = 0
    score: float | None = None
    extra: float | None = None
    comment: str = ""
    handed_in: datetime | None = None

    def value(self, what: str) -> Value:
        """Return what somebody gave by hand, None where nobody did."""
        return {SCORE: self.score, EXTRA: self.extra or None, COMMENT: self.comment or None}[what]


@dataclass(frozen=True)
class Change:
    """One thing that is given by hand, and what stood in its place before.

    `waits` says whether the answer waits for somebody to grade it, where that is to be put back as it was.
    """

    student: str
    question: str
    what: str  # SCORE, EXTRA or COMMENT
    before: Value
    after: Value
    waits: bool | None = None

    @property
    def place(self) -> Place:
        """Whose answer it is about, and to which question."""
        return self.student, self.question


def read_marks(session: Session, lesson: str, question: str | None = None) -> dict[Place, Mark]:
    """Return the marks of a lesson, or of one question, from a gradebook that is open."""
    rows = session.execute(_rows(lesson, question))
    return {
        (student, name): Mark(points or 0.0, most or 0.0, score, extra, comment or "", handed_in)
        for student, handed_in, name, points, most, score, extra, comment in rows
    }


def _rows(lesson: str, question: str | None) -> Any:
    query = (
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            BaseCell.name,
            Grade.score,
            Grade.max_score,
            Grade.manual_score,
            Grade.extra_credit,
            Comment.manual_comment,
        )
        .select_from(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Submitted, Submitted.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == Submitted.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .outerjoin(Comment, and_(Comment.notebook_id == Submitted.id, Comment.cell_id == Grade.cell_id))
        .where(Assignment.name == lesson)
    )
    return query if question is None else query.where(BaseCell.name == question)


def students_of(changes: Iterable[Change]) -> list[str]:
    """Return whom changes are about, each once, in their order."""
    return list(dict.fromkeys(change.student for change in changes))


def said(what: str, value: Value) -> str:
    """Return a mark in words: "the score 0.5", "the comment “Well put.”"."""
    if isinstance(value, str):
        line = printable((" ".join(value.split()),))
        return f"the {what} “{line if len(line) <= SHORT else line[:SHORT].rstrip() + '…'}”"
    return f"the {what} {number(value or 0)}"
