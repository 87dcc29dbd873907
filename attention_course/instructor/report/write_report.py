"""From a graded course to its class report: the whole of `attention-course report`, as a function."""

from datetime import datetime
from pathlib import Path

from attention_course.errors import ReportError
from attention_course.instructor.report.items import analyse
from attention_course.instructor.report.page import page
from attention_course.instructor.report.read_course import open_course, read_grades, read_questions
from attention_course.instructor.report.results import anonymised, gather
from attention_course.instructor.report.signals import look
from attention_course.instructor.report.table import items_table, table


def write_report(assignment: str, anonymous: bool, out: Path | None) -> tuple[Path, Path, str]:
    """Write the report of the course in the working directory; return both files and one sentence.

    Raises CourseError where there is nothing to report on, or no place to write to.
    """
    coursedir = open_course(assignment)
    grades = read_grades(coursedir.db_url, assignment)
    whole = gather(coursedir, read_questions(coursedir), grades)
    whole.signals = look(coursedir, whole)
    if anonymous:
        whole = anonymised(whole)
    folder = out or Path(coursedir.root) / "reports"
    files = folder / f"{assignment}.html", folder / f"{assignment}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files[0].write_text(page(whole, datetime.now()), encoding="utf-8")
        files[1].write_text(table(whole), encoding="utf-8-sig", newline="")  # without the mark Excel garbles names
        if by_item := items_table(analyse(whole) if whole.students else []):
            (folder / f"{assignment}-items.csv").write_text(by_item, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportError(f"The report cannot be written to {folder}: {error.strerror}.") from error
    return (
        *files,
        f"{len(whole.students)} graded, {len(whole.ungraded)} handed in and not graded, "
        f"{len(whole.missing)} not handed in{f', {whole.left_out} left out: see the page' if whole.left_out else ''}.",
    )
