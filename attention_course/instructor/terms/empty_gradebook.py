"""A gradebook to begin a term with: it knows the lessons that are released, and nobody."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from nbgrader.api import Assignment, Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook

from attention_course.errors import GradebookError
from attention_course.instructor.gradebook import copy_file
from attention_course.instructor.terms.put_away import remove

OF_STUDENTS = (Comment, Grade, SubmittedNotebook, SubmittedAssignment, Student)


def emptied(gradebook: Path, to: Path) -> None:
    """Write a copy without students, what they handed in, and due dates, which were those of the last term."""
    part = to.with_name(f"{to.name}.part")
    remove(part)
    copy_file(gradebook, part)
    try:
        with closing(sqlite3.connect(part)) as database:
            for table in OF_STUDENTS:
                database.execute(f"delete from {table.__tablename__}")
            database.execute(f"update {Assignment.__tablename__} set duedate = null")
            database.commit()
            database.execute("vacuum")  # or the file would still hold what is deleted
    except sqlite3.Error as error:
        raise GradebookError(f"The gradebook {gradebook} cannot be emptied: {error}.") from error
    os.rename(part, to)
