"""From a roster to nbgrader's gradebook: `nbgrader db student import`, with an eye on what does not fit."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from sqlalchemy.exc import SQLAlchemyError

from attention_course.errors import RosterError
from attention_course.instructor.formatting import printable
from attention_course.instructor.gradebook import reason, without_password
from attention_course.instructor.lms.roster.read_roster import Row, read_roster
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.this_course import this_course

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")  # as `nbgrader db student import` reads them
LONGEST = 128  # characters, in the gradebook's columns

Fields = dict[str, str]  # of one student, by those names


@dataclass
class Enrolled:
    """What came of a roster: the students, and ids and sentences for the instructor."""

    students: list[Fields] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # in the gradebook, but not on the roster
    remark: str = ""

    def lines(self) -> Iterator[str]:
        """Yield the report line by line: what needs doing last, where it is seen."""
        yield f"Students on the roster and in the gradebook: {len(self.students)}, of them new: {len(self.new)}."
        if self.others:
            yield f"In the gradebook, but not on the roster: {', '.join(self.others)}."
        if self.remark:
            yield self.remark
        if self.problems:
            yield from ("", "What does not fit:", *(f"  {problem}" for problem in self.problems))


def enrol(path: Path, to: Path, id_column: str = "") -> Enrolled:
    """Write the students of a roster to the CSV file `to`, as nbgrader reads it, and into the course's gradebook.

    Raises RosterError where nothing can be done at all; what does not fit is in the report.
    """
    if to.resolve() == path.resolve():
        raise RosterError(f"{to} is the roster itself: name another file with --to.")
    table = read_roster(path, id_column)
    enrolled = fitting(table.rows)
    enrolled.remark = table.remark
    app = this_course()
    try:
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(enrolled.students)
    except OSError as error:
        raise RosterError(f"{to} cannot be written: {error.strerror}.") from error
    _write_gradebook(app, enrolled)
    return enrolled


def fitting(rows: Sequence[Row]) -> Enrolled:
    """Return the students whose ids can be used, and a sentence for each that is left out or changed."""
    enrolled = Enrolled()
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row.id:
            enrolled.problems.append(f"Line {row.line}: it has no id, so its student is left out.")
        elif not can_name_folder(row.id) or len(row.id) > LONGEST:
            shown = printable([row.id[:LONGEST]])
            enrolled.problems.append(
                f"Line {row.line}: the id “{shown}” cannot name a folder; its student is left out."
            )
        else:
            by_id[row.id.casefold()].append(row)
    emails: dict[str, str] = {}
    for same in by_id.values():
        if any(row.cells != same[0].cells for row in same):
            lines = " and ".join(str(row.line) for row in same)
            enrolled.problems.append(
                f"Lines {lines}: the id “{same[0].id}” is there more than once and not for the same student; "
                "all of them are left out. Give each an id of its own."
            )
            continue
        enrolled.students.append(_student(same[0], emails, enrolled.problems))
    return enrolled


def _student(row: Row, emails: dict[str, str], problems: list[str]) -> Fields:
    """Return a row in nbgrader's words."""
    first, last, email = row.cells["first"], row.cells["last"], row.cells["email"]
    if not first and not last:
        full = row.cells["full"]
        last, _, first = full.partition(",") if "," in full else reversed(full.rpartition(" "))
        first, last = (first.strip(), last.strip()) if first.strip() else ("", last.strip())
    if email and (email.count("@") != 1 or " " in email or not email.isprintable()):
        problems.append(f"Line {row.line}: “{printable([email])}” is no e-mail address, so {row.id} has none.")
        email = ""
    elif email and emails.setdefault(email.casefold(), row.id) != row.id:
        problems.append(
            f"Line {row.line}: {row.id} has the e-mail address of {emails[email.casefold()]}; grades that are matched "
            "by e-mail would reach neither."
        )
    values = (row.id, first, last, email, row.cells["canvas"])
    return dict(zip(COLUMNS, (value[:LONGEST] for value in values), strict=True))


def _write_gradebook(app: NbGrader, enrolled: Enrolled) -> None:
    course = app.coursedir
    try:
        with Gradebook(course.db_url, course.course_id, app.authenticator) as gradebook:
            known = {student.id for student in gradebook.students}
            for student in enrolled.students:
                told = {name: value for name, value in student.items() if value and name != "id"}
                gradebook.update_or_create_student(student["id"], **told)
    except SQLAlchemyError as error:
        raise RosterError(
            f"The gradebook {without_password(course.db_url)} cannot be written: {reason(error)}."
        ) from error
    ids = {student["id"] for student in enrolled.students}
    enrolled.new = sorted(ids - known)
    enrolled.others = sorted(known - ids)
