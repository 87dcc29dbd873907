"""OneGradebook: while a class is graded, all of nbgrader's steps share one connection to the gradebook."""

from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import Grade, Gradebook
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import Session, joinedload, scoped_session, sessionmaker

from attention_course.errors import GradebookError
from attention_course.instructor.gradebook import demand_gradebook, reason
from attention_course.instructor.nbgrader_internals import lent


class NoGradebook(GradebookError):
    """The gradebook cannot be read or written; the message says what the database says."""

    def __init__(self, error: SQLAlchemyError) -> None:
        super().__init__(f"The gradebook cannot be used: {reason(error)}.")


class PatientSession(Session):
    """A session that keeps what is committed step by step for one commit at the end."""

    def commit(self) -> None:
        """Send changes to the database, which does not keep them yet."""
        self.flush()

    def commit_all(self) -> None:
        """Have the database keep the changes, all or none."""
        super().commit()


class OneGradebook:
    """The gradebook, opened once; whoever opens a Gradebook within a transaction is given this one.

    Each step of nbgrader's opens the gradebook anew, ten times a submission, looks each time whether every table is
    there, and commits each cell's score by itself: that took more time than all they do with it. It also looks each
    score up by itself, through seven tables; here those of a notebook are looked up together.
    """

    def __init__(self, db_url: str, course_id: str) -> None:
        demand_gradebook(db_url)
        try:
            self.gradebook = Gradebook(db_url, course_id)
        except SQLAlchemyError as error:
            raise NoGradebook(error) from error
        self.gradebook.db = scoped_session(sessionmaker(bind=self.gradebook.engine, class_=PatientSession))
        self._grades: dict[tuple[str, str, str], dict[str, Grade]] = {}  # by notebook, then by cell
        self._find_grade, self.gradebook.find_grade = self.gradebook.find_grade, self.find_grade

    @contextmanager
    def transaction(self) -> Iterator[Gradebook]:
        """Give out the gradebook; keep what was changed, or nothing of it where there was an error.

        Raises NoGradebook where the database itself fails.
        """
        try:
            with lent(self.gradebook):
                yield self.gradebook
                self.gradebook.db().commit_all()
        except (OperationalError, ProgrammingError) as error:
            raise NoGradebook(error) from error
        finally:
            self._grades.clear()
            self.gradebook.db.remove()

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        """Return a score, as nbgrader's method of that name does; raise MissingEntry where there is none."""
        of = notebook, assignment, student
        if of not in self._grades:
            submitted = self.gradebook.find_submission_notebook(*of)
            grades = self.gradebook.db.query(Grade).options(joinedload(Grade.cell)).filter_by(notebook_id=submitted.id)
            self._grades[of] = {grade.cell.name: grade for grade in grades}
        return self._grades[of].get(grade_cell) or self._find_grade(grade_cell, *of)

    def close(self) -> None:
        """Close the connection."""
        self.gradebook.close()
