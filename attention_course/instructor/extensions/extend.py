"""The whole of `attention-course extend`, as functions: grant something, take it back, say what stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Student
from sqlalchemy import select

from attention_course.errors import ExtensionError
from attention_course.instructor.course_files import lessons_in
from attention_course.instructor.extensions.extension import Extension, from_cells
from attention_course.instructor.extensions.extra_codes import code_for
from attention_course.instructor.extensions.file import FILE, Extensions, read_extensions, write_extensions
from attention_course.instructor.extensions.late import moment
from attention_course.instructor.formatting import counted
from attention_course.instructor.gradebook import connected
from attention_course.instructor.this_course import this_course

NOTHING = f"Nobody is granted anything: there is no line in {FILE}."

PASTE = (
    'The student runs `lesson.extra_attempts("{code}")` in a cell below the first one. It has an effect where attempts '
    "are counted, and none on code, predictions and drawn questions."
)


@dataclass(frozen=True)
class Change:
    """What the command is to change; what is None stays as it is."""

    until: str | None = None
    attempts: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Course:
    """The course's folder, its students, and when its lessons are due, in UTC (None: never)."""

    root: Path
    students: frozenset[str]
    due: dict[str, datetime | None]

    @classmethod
    def here(cls) -> "Course":
        """Return the course of the working directory; raise GradebookError where its gradebook cannot be read."""
        app: Any = this_course()
        with connected(app.coursedir.db_url) as session:
            due: dict[str, datetime | None] = dict.fromkeys(lessons_in(app.coursedir))
            due |= {one.name: one.duedate for one in session.execute(select(Assignment.name, Assignment.duedate))}
            return cls(Path(app.coursedir.root), frozenset(session.scalars(select(Student.id))), due)


def granted(course: Course, student: str | None = None, lesson: str | None = None) -> list[str]:
    """Return a line on each thing that is granted, of one student or lesson where they are named."""
    extensions = read_extensions(course.root)
    lines = [
        _line(course, one)
        for one in extensions.values()
        if student in (None, one.student) and lesson in (None, one.lesson)
    ]
    return lines or [NOTHING if student is None else f"{student} is granted nothing."]


def grant(course: Course, student: str, lesson: str, change: Change) -> list[str]:
    """Write what a student is granted; return what is to be said of it. Raises ExtensionError, with nothing written."""
    extensions = read_extensions(course.root)
    extensions.demand_known(course.students, course.due)
    _demand_known(course, student, lesson)
    old = extensions.of(student, lesson)
    new = replace(
        old,
        due=old.due if change.until is None else change.until.strip(),
        attempts=old.attempts if change.attempts is None else change.attempts,
        note=old.note if change.note is None else change.note,
    )
    _check(course, new)
    _put(course, extensions, new)
    again = f"It counts at the next `attention-course grade {lesson}`."
    return [_line(course, new), again, *_hints(course, new)]


def take_back(course: Course, student: str, lesson: str) -> list[str]:
    """Remove what a student is granted in a lesson; raise ExtensionError where that is nothing."""
    extensions = read_extensions(course.root)
    if (student, lesson) not in extensions:
        raise ExtensionError(f"{student} is granted nothing in {lesson}: `attention-course extend` lists what stands.")
    _write(course, (one for key, one in extensions.items() if key != (student, lesson)))
    return [
        f"Taken back: {_line(course, extensions[student, lesson])}",
        f"It counts at the next `attention-course grade {lesson}`.",
    ]


def _check(course: Course, new: Extension) -> None:
    try:
        from_cells(dict(zip(("student", "lesson", "due", "attempts", "note"), new.cells(), strict=True)))
    except ExtensionError as error:
        raise ExtensionError(f"{str(error)[:1].upper()}{str(error)[1:]} Nothing was written.") from error
    due, until = course.due[new.lesson], new.until
    if due and until and until <= due:
        raise ExtensionError(
            f"{moment(until)} is not after {moment(due)}, when {new.lesson} is due for all. Nothing was written."
        )


def _demand_known(course: Course, student: str, lesson: str) -> None:
    if course.students and student not in course.students:
        raise ExtensionError(f"No student has the id {student}: `nbgrader db student list` lists them.")
    if lesson not in course.due:
        raise ExtensionError(f"There is no lesson {lesson}; there is {', '.join(sorted(course.due)) or 'none'}.")


def _put(course: Course, extensions: Extensions, new: Extension) -> None:
    changed = {**extensions, (new.student, new.lesson): new}
    _write(course, (one for one in changed.values() if one.grants or one.note))


def _write(course: Course, extensions: Iterable[Extension]) -> None:
    write_extensions(course.root, list(extensions))


def _line(course: Course, one: Extension) -> str:
    """Return what one line of the file grants: "bob, practice: until 2026-12-05 18:00 CET"."""
    parts = [f"until {one.due} ({moment(one.until)})"] if one.until else []
    parts += (
        [f"{counted(one.attempts, 'extra attempt')} by the code {code_for(course.root, one)}"] if one.attempts else []
    )
    note = f" – {one.note}" if one.note else ""
    return f"{one.student}, {one.lesson}: {', '.join(parts) or 'nothing'}{note}"


def _hints(course: Course, new: Extension) -> list[str]:
    said = [PASTE.format(code=code_for(course.root, new))] if new.attempts else []
    if new.due and course.due[new.lesson] is None:
        said.append(
            f"{new.lesson} has no due date, so nobody is late: nbgrader db assignment add {new.lesson} "
            '--duedate "2026-12-01 17:00 UTC"'
        )
    return said
