"""Reads a roster: a CSV file with a row for each student, whatever its columns are called."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attention_course.errors import RosterError
from attention_course.instructor.lms.roster.headings import TELLING, columns_by_meaning, plain
from attention_course.instructor.spreadsheet import delimiter_in

NO_STUDENT = ("points possible", "student, test")  # rows of Canvas's own: the points, and its test student
SEPARATOR = re.compile(r'"?sep=(.)"?[,;\s]*')  # a first line of Excel's
NOTHING = ' \t\r\n,;"'  # what a blank line may hold


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
    remark: str = ""  # a sentence on columns that are not understood, where names or addresses are missing


def read_roster(path: Path, id_column: str = "") -> RosterTable:
    """Read a roster; `id_column` names the column with the students' ids where it is not the usual one.

    Raises RosterError with one sentence where the file cannot be read, has no ids or could be misunderstood.
    """
    headings, raw = _table(path)
    of_canvas = {"student", "id", "section"} <= set(map(plain, headings))
    known = columns_by_meaning(headings, of_canvas)
    columns = {plain(heading): heading for heading in headings}
    if id_column and plain(id_column) not in columns:
        raise RosterError(f"The roster {path} has no column “{id_column}”; it has {', '.join(headings)}.")
    remark = "" if of_canvas else _remark(path, headings, known)
    known["id"] = [columns[plain(id_column)]] if id_column else _filled(known["id"], raw)
    if not known["id"]:
        there = f"; it has {', '.join(headings)}" if headings else ""
        raise RosterError(f"The roster {path} has no column “id”, so nobody's folder could be named{there}.")
    _refuse_doubtful(path, headings, known, raw)
    telling = [columns[plain(name)] for name in TELLING if plain(name) in columns]
    return RosterTable(list(_rows(raw, known, telling, of_canvas)), headings, of_canvas, remark)


def _table(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the headings, and each row with its line; raise RosterError where quotes or cells do not fit."""
    lines = io.StringIO(_text(path), newline="").readlines()
    skipped, delimiter = 0, ""
    while skipped < len(lines) and ((told := SEPARATOR.fullmatch(lines[skipped])) or not lines[skipped].strip(NOTHING)):
        skipped, delimiter = skipped + 1, told[1] if told else delimiter
    heading = re.sub('"[^"]*"', "", "".join(lines[skipped : skipped + 1]))
    delimiter = delimiter or delimiter_in(heading)
    reader = csv.DictReader(lines[skipped:], delimiter=delimiter, restval="", strict=True)
    raw: list[tuple[int, dict[str, str]]] = []
    line = skipped
    try:
        headings = list(reader.fieldnames or [])
        line = skipped + reader.line_num
        for row in reader:
            line = skipped + reader.line_num
            if any(cell.strip() for cell in row.pop(None, ())):
                raise RosterError(
                    f"The roster {path} has more cells than headings in line {line}: put a name with a comma in quotes."
                )
            raw.append((line, {name: cell.strip() for name, cell in row.items()}))
    except csv.Error as error:
        raise RosterError(f'The roster {path} has a quote (") that is not closed, from line {line + 1} on.') from error
    return headings, raw


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if "\0" in text:  # as in UTF-16 without a mark, every byte of which may be one of UTF-8, too
            raise ValueError
    except OSError as error:
        raise RosterError(f"The roster {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RosterError(f"The roster {path} is not in UTF-8: save it as “CSV UTF-8”.") from error
    return text


def _remark(path: Path, headings: Sequence[str], known: dict[str, list[str]]) -> str:
    """Say which columns are not understood, where names or addresses are missing."""
    missing = [] if known["first"] or known["last"] or known["full"] else ["names"]
    missing += [] if known["email"] else ["e-mail addresses"]
    understood = {name for names in known.values() for name in names}
    strange = [name for name in headings if name.strip() and name not in understood]
    if not missing or not strange:
        return ""
    return (
        f"The roster {path} tells no {' and no '.join(missing)}: its columns {', '.join(strange)} are not understood. "
        "The usual headings are first_name, last_name and email."
    )


def _refuse_doubtful(
    path: Path, headings: Sequence[str], known: dict[str, list[str]], raw: Sequence[tuple[int, dict[str, str]]]
) -> None:
    """Raise RosterError where a column that matters is there twice, or a cell of it goes over several lines."""
    used = {name for names in known.values() for name in names}
    for name in used:
        if [plain(heading) for heading in headings].count(plain(name)) > 1:
            raise RosterError(f"The roster {path} has two columns “{name}”: remove or rename one.")
    for line, row in raw:
        if any("\n" in row[name] or "\r" in row[name] for name in used):
            raise RosterError(f'The roster {path} has a quote (") that is not closed in its line, before line {line}.')


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
