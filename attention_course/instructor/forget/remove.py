"""Removes what was found of a student; where it is stopped, the same command goes on."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from attention_course.errors import ForgetError
from attention_course.instructor.course_files import replace_file
from attention_course.instructor.forget.tables import take_out
from attention_course.instructor.forget.traces import Traces
from attention_course.instructor.gradebook import file_of, reason
from attention_course.instructor.runner.alone import alone


def remove(traces: Traces) -> None:
    """Remove all of it, the gradebook's part last; raise ForgetError where something cannot be removed.

    Raises AlreadyGrading, with nothing removed, while a class is graded.
    """
    try:
        with alone(traces.root):
            _remove_files(traces)
            if traces.person.in_gradebook:
                _remove_from_gradebook(traces.db_url, traces.person.id)
    except OSError as error:
        said = f"{error.filename}: {error.strerror}"
        raise ForgetError(f"Stopped, with a part removed: {said}. Mend it; the same command goes on.") from error
    except SQLAlchemyError as error:
        raise ForgetError(f"The gradebook still has the student: {reason(error)}. The files are removed.") from error


def _remove_files(traces: Traces) -> None:
    for path in traces.folders:
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
    for path in traces.tables:
        take_out(path, traces.person)
    for path in traces.pages:
        path.unlink()
    for path in traces.ledgers:
        _without_entry(path, traces.person.id)
    if traces.journal:
        traces.journal.forget(traces.person.id)


def _without_entry(path: Path, student: str) -> None:
    """Take a student out of a ledger, which is written as `lms.collect.ledger` writes it."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    del entries[student]
    replace_file(path, json.dumps(entries, indent=1, ensure_ascii=False) + "\n")


def _remove_from_gradebook(db_url: str, student: str) -> None:
    with Gradebook(db_url) as gradebook:
        gradebook.remove_student(student)
    if file := file_of(db_url):  # which still holds what was deleted, until it is written anew
        with closing(sqlite3.connect(file)) as database:
            database.execute("vacuum")
