"""The command `attention-course report`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence


def report(
    assignment: Annotated[
        str | None, typer.Argument(help="The lesson, for example practice; the whole course where none is named.")
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Number the students in place of their names.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The folder to write to; reports/ where none is named.")] = None,
) -> None:
    """Write the class report: where is the class stuck? It is a page and a table, LESSON.html and LESSON.csv.

    Without a lesson, write the course page: students by lessons, who has not handed in, totals; index.html, course.csv.
    """
    from attention_course.instructor.report.write_course_report import write_course_report
    from attention_course.instructor.report.write_report import write_report

    with error_as_sentence():
        if assignment is None:
            page, table, summary = write_course_report(anonymous, out)
        else:
            page, table, summary = write_report(assignment, anonymous, out)
    typer.echo(f"{summary}\n{page}\n{table}")
