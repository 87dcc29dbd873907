"""CSV files without a student's lines; every other line stays as it is, to the byte."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from attention_course.instructor.course_files import replace_file
from attention_course.instructor.forget.person import Person
from attention_course.instructor.lms.roster.headings import TELLING, columns_by_meaning, plain
from attention_course.instructor.spreadsheet import delimiter_in, meant

OWN = {
    "student",
    "student_id",
    "id",
    "lms_user_id",
    "email",
}  # headings that tell students in files of the course's own


def lines_about(path: Path, person: Person) -> int:
    """Return how many rows of a CSV file are about a student; 0 for what is no CSV file in UTF-8."""
    try:
        return sum(is_about for _, is_about in _rows(path, person))
    except (OSError, UnicodeError, csv.Error):
        return 0


def take_out(path: Path, person: Person) -> None:
    """Replace a CSV file by one without the rows about a student."""
    replace_file(path, "".join(text for text, is_about in _rows(path, person) if not is_about))


def _rows(path: Path, person: Person) -> Iterator[tuple[str, bool]]:
    """Yield the text of each row, its line ends included, and whether it is about a student; headings first."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.readlines()
    headings, telling, done = list[str](), set[int](), 0
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter_in("".join(lines[:1])))
    for row in reader:
        text, done = "".join(lines[done : reader.line_num]), reader.line_num
        cells = [meant(cell.strip()) for cell in row]
        if not headings:
            headings = [cell.removeprefix("\ufeff").strip('"') for cell in cells]
            telling = _telling(headings)
            yield text, False
        else:
            yield text, any(person.is_called(cell) for place, cell in enumerate(cells) if place in telling)


def _telling(headings: list[str]) -> set[int]:
    """Return the places of the columns that tell students apart: points may look like an id."""
    of_canvas = {"student", "id", "section"} <= {*map(plain, headings)}
    known = columns_by_meaning(headings, of_canvas)
    named = {*known.get("id", ()), *known.get("email", ())}
    told = {plain(name) for name in (*TELLING, *OWN)}
    if of_canvas:  # whose "ID" is a number of its own, which may be another student's id here
        named, told = named - {"ID"}, told - {"id"}
    return {place for place, name in enumerate(headings) if name in named or plain(name) in told}
