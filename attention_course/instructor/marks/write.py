"""Writes marks into nbgrader's gradebook: all of an action in one transaction, or nothing of it."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from nbgrader.api import Assignment, BaseCell, Comment, Grade, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import select
from sqlalchemy.orm import Session

from attention_course.errors import MarksError
from attention_course.instructor.gradebook import connected
from attention_course.instructor.marks.journal import Action, Journal
from attention_course.instructor.marks.marks import COMMENT, EXTRA, SCORE, Change, Value, read_marks
from attention_course.instructor.runner.one_gradebook import OneGradebook

CHANGED = "Meanwhile the {what} of {student} in {question} was changed: look again. Nothing was written."


def give(coursedir: Any, question: str, did: str, changes: Sequence[Change], journal: Journal) -> None:
    """Give marks and write that down; raise MarksError where something is not any more as it was before.

    The journal is written before the gradebook keeps anything, so nothing is changed that cannot be taken back.
    """
    lesson = coursedir.assignment_id
    with closing(OneGradebook(coursedir.db_url, coursedir.course_id)) as gradebook, gradebook.transaction() as opened:
        given = [_change(opened.db(), lesson, change) for change in changes]
        journal.add(lesson, question, did, given)


def take_back(coursedir: Any, action: Action, changes: Sequence[Change], journal: Journal) -> None:
    """Take back what `still_there` says can be."""
    with closing(OneGradebook(coursedir.db_url, coursedir.course_id)) as gradebook, gradebook.transaction() as opened:
        for change in changes:
            _change(opened.db(), coursedir.assignment_id, change)
    journal.add_undone(action)  # not before the gradebook has kept it: until then it can be taken back once more


def still_there(db_url: str, action: Action) -> tuple[list[Change], list[Change]]:
    """Return the changes that take an action back, and those of it after which somebody changed the same by hand."""
    with connected(db_url) as session:
        marks = read_marks(session, action.lesson)
    undoing, changed = [], []
    for change in action.changes:
        now = marks[change.place].value(change.what) if change.place in marks else None
        if now == change.after:
            undoing.append(replace(change, before=change.after, after=change.before))
        elif now != change.before:
            changed.append(change)
    return undoing, changed


def _change(session: Session, lesson: str, change: Change) -> Change:
    """Change one thing, and return the change with whether the answer waited to be graded by hand before."""
    grade = session.scalars(_one(Grade, lesson, change)).one_or_none()
    comment = session.scalars(_one(Comment, lesson, change)).one_or_none()
    if grade is None or _now(grade, comment, change.what) != change.before:
        raise MarksError(CHANGED.format(what=change.what, student=change.student, question=change.question))
    waited = bool(grade.needs_manual_grade)
    if change.what == SCORE:
        grade.manual_score = change.after
        grade.needs_manual_grade = bool(change.waits)  # a score that is given anew ends the waiting
    elif change.what == EXTRA:
        grade.extra_credit = change.after
    elif comment is None:
        session.add(Comment(cell_id=grade.cell_id, notebook_id=grade.notebook_id, manual_comment=change.after))
    else:
        comment.manual_comment = change.after
    return replace(change, waits=waited)


def _now(grade: Any, comment: Any, what: str) -> Value:
    if what == COMMENT:
        return (comment and comment.manual_comment) or None
    value: float | None = grade.manual_score if what == SCORE else grade.extra_credit or None
    return value


def _one(kind: Any, lesson: str, change: Change) -> Any:
    """Return the query for an answer's grade or comment; PostgreSQL locks it until the transaction ends."""
    return (
        select(kind)
        .join(Submitted, kind.notebook_id == Submitted.id)
        .join(SubmittedAssignment, Submitted.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .where(
            Assignment.name == lesson,
            SubmittedAssignment.student_id == change.student,
            BaseCell.name == change.question,
        )
        .with_for_update(of=kind)
    )
