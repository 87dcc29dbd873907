"""Opens nbgrader's gradebook to read: nbgrader's own class would write to it, and make one where there is none."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nbgrader.api import Assignment
from sqlalchemy import Engine, create_engine, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from attention_course.errors import GradebookError

LOCK_SECONDS = 5


@contextmanager
def connected(db_url: str) -> Iterator[Session]:
    """Open the gradebook to read; raise GradebookError where there is none, or where what is there cannot be read."""
    demand_gradebook(db_url)
    engine = opened(db_url)
    try:
        with Session(engine) as session:
            if db_url.startswith("sqlite"):
                session.execute(text(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}"))
            yield session
    except SQLAlchemyError as error:
        raise GradebookError(f"The gradebook {without_password(db_url)} cannot be read: {reason(error)}.") from error
    finally:
        engine.dispose()


def opened(db_url: str) -> Engine:
    """Return what connects to a database; raise GradebookError where that needs what is not installed."""
    try:
        return create_engine(db_url)
    except ModuleNotFoundError as error:
        raise GradebookError(
            f"The gradebook {without_password(db_url)} needs {error.name}: pip install 'attention-course[postgresql]'."
        ) from error
    except SQLAlchemyError as error:
        raise GradebookError(f"The gradebook {without_password(db_url)} cannot be opened: {reason(error)}.") from error


def demand_gradebook(db_url: str) -> None:
    """Raise GradebookError where there is no gradebook: nbgrader would make an empty one."""
    file = Path(db_url.removeprefix("sqlite:///"))
    if db_url.startswith("sqlite:///") and not file.is_file():
        raise GradebookError(f"There is no gradebook {file}: release the lesson first (make release), then grade.")


def file_of(db_url: str) -> Path | None:
    """Return the file that holds the gradebook; None where that is a database server's."""
    url = make_url(db_url)
    return Path(url.database).absolute() if url.drivername.startswith("sqlite") and url.database else None


def copy_file(gradebook: Path, to: Path) -> None:
    """Copy a gradebook that is a file, whole and as it is at one moment; raise GradebookError where it cannot be read.

    SQLite itself copies it: a copy of the file alone could be one of a half-written gradebook.
    """
    try:
        whole = sqlite3.connect(f"{gradebook.as_uri()}?mode=ro", uri=True, timeout=LOCK_SECONDS)
        with closing(whole), closing(sqlite3.connect(to)) as copy:
            whole.backup(copy)
    except sqlite3.Error as error:
        raise GradebookError(f"The gradebook {gradebook} cannot be copied: {error}.") from error


def assignments(session: Session) -> list[str]:
    """Return the names of the assignments that the gradebook knows."""
    return sorted(session.scalars(select(Assignment.name)))


def without_password(db_url: str) -> str:
    """Return a gradebook's address as it may be shown."""
    return make_url(db_url).render_as_string(hide_password=True)


def reason(error: SQLAlchemyError) -> str:
    """Say in one line what the database says, or what to do where it is locked."""
    told = str(getattr(error, "orig", None) or error).split("\n")[0]
    if "no such column" in told or "no such table" in told:
        return f"{told}, as in a gradebook of another nbgrader: run `nbgrader db upgrade`, which keeps a copy"
    return "it is in use by another program; try again when that is done" if "locked" in told else told
