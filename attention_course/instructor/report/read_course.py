"""Reads what the report is about: the lesson's questions, and what the gradebook holds of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from nbgrader.api import Assignment, BaseCell, Grade, GradeCell, Notebook, Student, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import select

from attention_course.errors import NotebookError, ReportError
from attention_course.exercises.question import Question
from attention_course.instructor.course_files import missing_lesson, source_path
from attention_course.instructor.extensions.late import Lateness
from attention_course.instructor.gradebook import assignments, connected
from attention_course.instructor.source.cells import asked, load_source
from attention_course.instructor.this_course import this_course


@dataclass
class Grades:
    """What the gradebook holds of an assignment."""

    roster: dict[str, tuple[str, str]]  # student id -> first name, last name
    most: dict[str, float]  # graded cell -> its points
    points: dict[str, dict[str, float]] = field(default_factory=dict)  # student id -> graded cell -> points
    times: dict[str, Lateness] = field(default_factory=dict)  # student id -> when it was due and handed in


def open_course(assignment: str) -> Any:
    """Return nbgrader's CourseDirectory of the working directory; raise ReportError where it has no such lesson."""
    coursedir: Any = this_course().coursedir
    coursedir.assignment_id = assignment
    if sentence := missing_lesson(coursedir):
        raise ReportError(sentence)
    return coursedir


def read_questions(coursedir: Any) -> list[Question]:
    """Return the questions of the source notebook, in its order, without what is only carried on.

    Raises ReportError where it asks none.
    """
    try:
        questions = list(asked(load_source(source_path(coursedir))).values())
    except NotebookError as error:
        raise ReportError(f"{source_path(coursedir)} cannot be read: {error}") from error
    if not questions:
        raise ReportError(f"{source_path(coursedir)} asks no question.")
    questions = [question for question in questions if question.counts]
    if without := [question.name for question in questions if not question.judged]:
        raise ReportError(f"{source_path(coursedir)} holds no key of {', '.join(without)}: add a KEY region there.")
    return questions


def read_grades(db_url: str, assignment: str) -> Grades:
    """Return what the gradebook holds of an assignment.

    Raises ReportError where it holds nothing, GradebookError where it cannot be read.
    """
    with connected(db_url) as session:
        known = assignments(session)
        if assignment not in known:
            others = f"; it knows {', '.join(known)}" if known else ""
            raise ReportError(
                f"The gradebook knows no {assignment}{others}. Is it this course's? If so, "
                f"release the lesson first: nbgrader generate_assignment {assignment}"
            )
        students = session.execute(select(Student.id, Student.first_name, Student.last_name))
        cells = (
            select(GradeCell.name, GradeCell.max_score)
            .join(Notebook, GradeCell.notebook_id == Notebook.id)
            .join(Assignment, Notebook.assignment_id == Assignment.id)
            .where(Assignment.name == assignment)
        )
        grades = Grades(
            roster={student: (first or "", last or "") for student, first, last in students},
            most={name: float(most) for name, most in session.execute(cells)},
        )
        for student, cell, score in session.execute(_scores(assignment)):
            scores = grades.points.setdefault(student, {})
            if cell is not None:
                scores[cell] = score or 0.0
        for student, due, handed_in, extension in session.execute(_times(assignment)):
            grades.times[student] = Lateness(due, handed_in, extension or timedelta())
    return grades


def _times(assignment: str) -> Any:
    """Return the one query for all times."""
    one = SubmittedAssignment
    return (
        select(one.student_id, Assignment.duedate, one.timestamp, one.extension)
        .join(Assignment, one.assignment_id == Assignment.id)
        .where(Assignment.name == assignment)
    )


def _scores(assignment: str) -> Any:
    """Return the one query for all points; a submission without any is there with no cell."""
    return (
        select(SubmittedAssignment.student_id, BaseCell.name, Grade.score)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .outerjoin(Submitted, Submitted.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == Submitted.id)
        .outerjoin(BaseCell, Grade.cell_id == BaseCell.id)
        .where(Assignment.name == assignment)
    )
