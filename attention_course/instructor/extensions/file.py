"""extensions.csv: read as a whole or refused with the line, and replaced as a whole."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from attention_course.errors import ExtensionError
from attention_course.instructor.course_files import replace_file
from attention_course.instructor.extensions.extension import HEADINGS, Extension, from_cells
from attention_course.instructor.spreadsheet import csv_text, delimiter_in, meant

FILE = "extensions.csv"


class Extensions(dict[tuple[str, str], Extension]):
    """What is granted, by student and lesson, in the file's order; `lines` says where each stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[tuple[str, str], int] = {}

    def of(self, student: str, lesson: str) -> Extension:
        """Return what a student is granted in a lesson, which may be nothing."""
        return self.get((student, lesson)) or Extension(student, lesson)

    def demand_known(self, students: Collection[str], lessons: Collection[str]) -> None:
        """Raise ExtensionError for a line about a student or a lesson that there is not; of nobody nothing is known."""
        for key, line in self.lines.items():
            if students and key[0] not in students:
                raise ExtensionError(f"{FILE}, line {line}: no student has the id {key[0]}. Nothing was done.")
            if lessons and key[1] not in lessons:
                raise ExtensionError(f"{FILE}, line {line}: there is no lesson {key[1]}. Nothing was done.")


def read_extensions(course: Path) -> Extensions:
    """Return what the file of a course grants; raise ExtensionError, with the line, where it is not understood."""
    path = course / FILE
    try:
        about = path.stat()
    except FileNotFoundError:
        return Extensions()
    return _read(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int, _size: int) -> Extensions:
    """Read the file once for all submissions that are graded by it; nobody changes what is returned."""
    extensions = Extensions()
    rows = _rows(path)
    headings = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    if headings and not {"student", "lesson"} <= {*headings}:
        raise ExtensionError(f"{FILE}, line 1: its headings are to be {', '.join(HEADINGS)}. Nothing was done.")
    for line, row in rows:
        cells = dict.fromkeys(HEADINGS, "") | dict(zip(headings, (meant(cell.strip()) for cell in row), strict=False))
        if not any(cells.values()):
            continue
        try:
            extension = from_cells(cells)
        except ExtensionError as error:
            raise ExtensionError(f"{FILE}, line {line}: {error} Nothing was done.") from error
        key = extension.student, extension.lesson
        if key in extensions:
            first = extensions.lines[key]
            raise ExtensionError(f"{FILE}, line {line}: {' has '.join(key)} in line {first}, too. Nothing was done.")
        extensions[key], extensions.lines[key] = extension, line
    return extensions


def write_extensions(course: Path, extensions: Iterable[Extension]) -> None:
    """Replace the file, so that it is never half written."""
    try:
        replace_file(course / FILE, csv_text([HEADINGS, *(one.cells() for one in extensions)]), encoding="utf-8-sig")
    except OSError as error:
        raise ExtensionError(f"{course / FILE} cannot be written: {error.strerror}.") from error


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ExtensionError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeError as error:
        raise ExtensionError(f"{path} is not in UTF-8: save it as “CSV UTF-8”.") from error
    delimiter = delimiter_in(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for row in reader:
            yield begun, row
            begun = reader.line_num + 1
    except csv.Error as error:
        raise ExtensionError(f'{FILE}, line {begun}: a quote (") is not closed there. Nothing was done.') from error
