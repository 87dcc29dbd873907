"""Reads a roster: a CSV file with a row for each student, whatever its columns are called."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attention_course.errors import RosterError

# What a column may be called, in nbgrader's own words first (`nbgrader db student import`).
HEADINGS = {
    "id": ("id", "student id", "username", "id number", "email", "email address"),
    "first": ("first name", "firstname"),
    "last": ("last name", "lastname", "surname"),
    "full": ("name", "full name", "student"),
    "email": ("email", "email address"),
    "canvas": ("lms user id", "lms id", "canvas id"),
    "moodle": ("participant", "identifier"),
}
# In Canvas's own gradebook export "ID" is Canvas's number, and not what a student logs in with.
CANVAS_HEADINGS = HEADINGS | {
    "id": ("sis login id", "sis user id", "id"),
    "canvas": ("id",),
    "email": ("sis login id",),
}
# Whatever stands in one of these columns tells one student from another.
TELLING = ("id", "student id", "username", "id number", "sis login id", "sis user id", *HEADINGS["canvas"])
NO_STUDENT = ("points possible", "student, test")  # rows of Canvas's own: the points, and its test student


@dataclass(frozen=True)
class Row:
    """One student: what the file tells by meaning ("" where it does not), and the cells as they stand there."""

    line: int
    cells: dict[str, str]
    raw: dict[str, str]
    ids: frozenset[str] = frozenset()  # all that tells the student from another, without regard to case

    @property
    def id(self) -> str:
        """The student's id."""
        return self.cells["id"]


@dataclass(frozen=True)
class RosterTable:
    """A roster's rows, its headings in their order, and whether it is an export of Canvas's gradebook."""

    rows: Sequence[Row]
    headings: Sequence[str]
    of_canvas: bool = False


def read_roster(path: Path, id_column: str = "") -> RosterTable:
    """Read a roster; `id_column` names the column with the students' ids where it is not the usual one.

    Raises RosterError with one sentence where the file cannot be read or has no ids.
    """
    text = _text(path)
    heading = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), restval="")
    try:
        raw = [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if k is not None}) for row in reader]
    except csv.Error as error:
        raise RosterError(f"The roster {path} is not a CSV file: {error} in line {reader.line_num}.") from error
    headings = [name for name in reader.fieldnames or [] if name is not None]
    columns = {_plain(name): name for name in headings}
    of_canvas = {"student", "id", "section"} <= columns.keys()
    meanings = CANVAS_HEADINGS if of_canvas else HEADINGS
    known = {key: [columns[name] for name in names if name in columns] for key, names in meanings.items()}
    if id_column and _plain(id_column) not in columns:
        raise RosterError(f"The roster {path} has no column “{id_column}”; it has {', '.join(headings)}.")
    known["id"] = [columns[_plain(id_column)]] if id_column else _filled(known["id"], raw)
    if not known["id"]:
        raise RosterError(f"The roster {path} has no column “id”, so nobody's folder could be named.")
    telling = [columns[name] for name in TELLING if name in columns]
    return RosterTable(list(_rows(raw, known, telling, of_canvas)), headings, of_canvas)


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if "\0" in text:  # as in UTF-16 without a mark, every byte of which may be one of UTF-8, too
            raise ValueError
    except OSError as error:
        raise RosterError(f"The roster {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RosterError(f"The roster {path} is not in UTF-8: save it as “CSV UTF-8”.") from error
    return text


def _plain(heading: str) -> str:
    return heading.strip().casefold().replace("_", " ")


def _filled(names: Sequence[str], raw: Sequence[tuple[int, dict[str, str]]]) -> list[str]:
    """Return the one column that holds ids: the first in which anything stands, so that two kinds are never mixed."""
    return [name for name in names if any(row[name] for _, row in raw)][:1] or list(names[:1])


def _rows(
    raw: Sequence[tuple[int, dict[str, str]]], known: dict[str, list[str]], telling: Sequence[str], of_canvas: bool
) -> Iterator[Row]:
    for line, row in raw:
        cells = {key: next((row[name] for name in names if row[name]), "") for key, names in known.items()}
        if of_canvas and (not cells["full"] or cells["full"].casefold() in NO_STUDENT):
            continue
        if of_canvas and "@" not in cells["email"]:
            cells["email"] = ""
        if any(row.values()):
            ids = {cells["id"], *(row[name] for name in telling)} - {""}
            yield Row(line, cells, row, frozenset(map(str.casefold, ids)))
