"""The course's folders, its questions and its gradebook, as nbgrader's configuration has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, BaseCell, Grade, GradeCell, Notebook, Student, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from nbgrader.apps import NbGrader
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from attention_course import authoring, notebook
from attention_course.errors import NotebookError, ReportError
from attention_course.questions import Question

LOCK_SECONDS = 5


@dataclass
class Grades:
    """What the gradebook holds of an assignment."""

    roster: dict[str, tuple[str, str]]  # student id -> first name, last name
    most: dict[str, float]  # graded cell -> its points
    points: dict[str, dict[str, float]] = field(default_factory=dict)  # student id -> graded cell -> points


def open_course(assignment: str) -> Any:
    """Return nbgrader's CourseDirectory of the working directory; raise ReportError where it has no such lesson."""
    app = NbGrader()
    app.initialize([])
    coursedir = app.coursedir
    coursedir.assignment_id = assignment
    if not source_path(coursedir).is_file():
        raise ReportError(
            f"There is no {source_path(coursedir)}: is {coursedir.root} the course's folder, "
            f"and {assignment} its lesson?"
        )
    return coursedir


def source_path(coursedir: Any) -> Path:
    """Return where the lesson's source notebook is."""
    folder = coursedir.format_path(coursedir.source_directory, ".", coursedir.assignment_id)
    return Path(folder) / f"{coursedir.assignment_id}.ipynb"


def read_questions(coursedir: Any) -> list[Question]:
    """Return the questions of the source notebook, in its order; raise ReportError where it asks none."""
    try:
        questions = list(authoring.asked(notebook.load(source_path(coursedir))).values())
    except NotebookError as error:
        raise ReportError(f"{source_path(coursedir)} cannot be read: {error}") from error
    if not questions:
        raise ReportError(f"{source_path(coursedir)} asks no question.")
    if without := [question.name for question in questions if not question.judged]:
        raise ReportError(f"{source_path(coursedir)} holds no key of {', '.join(without)}: add a KEY region there.")
    return questions


def read_grades(db_url: str, assignment: str) -> Grades:
    """Return what the gradebook holds of an assignment; raise ReportError where it holds nothing or cannot be read."""
    with _connected(db_url) as session:
        known = session.scalars(select(Assignment.name)).all()
        if assignment not in known:
            others = f"; it knows {', '.join(sorted(known))}" if known else ""
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
    return grades


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


@contextmanager
def _connected(db_url: str) -> Iterator[Session]:
    """Open the gradebook to read: nbgrader's own class would write to it, and make one where there is none."""
    file = Path(db_url.removeprefix("sqlite:///"))
    if db_url.startswith("sqlite:///") and not file.is_file():
        raise ReportError(f"There is no gradebook {file}: release the lesson and grade the class first (make grade).")
    engine = create_engine(db_url)
    shown = make_url(db_url).render_as_string(hide_password=True)
    try:
        with Session(engine) as session:
            if db_url.startswith("sqlite"):
                session.execute(text(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}"))
            yield session
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).split("\n")[0]
        todo = "it is in use by another program; try again when that is done" if "locked" in reason else reason
        raise ReportError(f"The gradebook {shown} cannot be read: {todo}.") from error
    finally:
        engine.dispose()
