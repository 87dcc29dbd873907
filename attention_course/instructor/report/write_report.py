"""The command `attention-course report`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from attention_course.errors import CourseError, ReportError


def command(
    assignment: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Number the students in place of their names.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The folder to write to; reports/ where none is named.")] = None,
) -> None:
    """Write the class report: where is the class stuck? It is a page and a table, LESSON.html and LESSON.csv."""
    try:
        page, table, summary = report(assignment, anonymous, out)
    except CourseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{summary}\n{page}\n{table}")


def report(assignment: str, anonymous: bool, out: Path | None) -> tuple[Path, Path, str]:
    """Write the report of the course in the working directory; return both files and one sentence.

    Raises CourseError where there is nothing to report on, or no place to write to.
    """
    from attention_course.instructor.report import course, results  # nbgrader takes a second to import
    from attention_course.instructor.report.page import page
    from attention_course.instructor.report.table import table

    coursedir = course.open_course(assignment)
    grades = course.read_grades(coursedir.db_url, assignment)
    whole = results.gather(coursedir, course.read_questions(coursedir), grades)
    if anonymous:
        whole = results.anonymised(whole)
    folder = out or Path(coursedir.root) / "reports"
    files = folder / f"{assignment}.html", folder / f"{assignment}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files[0].write_text(page(whole, datetime.now()), encoding="utf-8")
        files[1].write_text(table(whole), encoding="utf-8-sig", newline="")  # without the mark Excel garbles names
    except OSError as error:
        raise ReportError(f"The report cannot be written to {folder}: {error.strerror}.") from error
    return (
        *files,
        f"{len(whole.students)} graded, {len(whole.ungraded)} handed in and not graded, "
        f"{len(whole.missing)} not handed in{f', {whole.left_out} left out: see the page' if whole.left_out else ''}.",
    )
