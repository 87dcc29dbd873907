"""OneGradebook: while a class is graded, all of nbgrader's steps share one connection to the gradebook."""

from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

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
    there, and commits each cell's score by itself: that took more time than all they do with it.
    """

    def __init__(self, db_url: str, course_id: str) -> None:
        demand_gradebook(db_url)
        try:
            self.gradebook = Gradebook(db_url, course_id)
        except SQLAlchemyError as error:
            raise NoGradebook(error) from error
        self.gradebook.db = scoped_session(sessionmaker(bind=self.gradebook.engine, class_=PatientSession))

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
            self.gradebook.db.remove()

    def close(self) -> None:
        """Close the connection."""
        self.gradebook.close()
