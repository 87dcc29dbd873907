"""The command `attention-course collect`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.errors import CollectError


def command(
    assignment: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    downloads: Annotated[Path, typer.Argument(help="What was downloaded: an archive, or a folder of them.")],
    roster: Annotated[Path | None, typer.Option(help="The list of students, a CSV file with a column id.")] = None,
) -> None:
    """Sort what students handed in to Moodle or Canvas into submitted/.

    Ends with exit code 1 where something was not collected, after everything else was.
    """
    from attention_course.instructor.lms.collect.collect import collect  # nbgrader takes a second to import

    try:
        report = collect(assignment, downloads, Path.cwd(), roster)
    except CollectError as error:
        typer.echo(error, err=True)
        raise typer.Exit(2) from error
    for line in report.lines():
        typer.echo(line)
    if report.problems:
        raise typer.Exit(1)
