"""The command `attention-course collect`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence, print_report


def collect(
    assignment: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    downloads: Annotated[Path, typer.Argument(help="What was downloaded: an archive, or a folder of them.")],
    roster: Annotated[Path | None, typer.Option(help="The list of students, a CSV file with a column id.")] = None,
) -> None:
    """Sort what students handed in to Moodle or Canvas into submitted/.

    Ends with exit code 1 where something was not collected, after everything else was.
    """
    from attention_course.instructor.lms.collect.collect_downloads import collect_downloads

    with error_as_sentence():
        report = collect_downloads(assignment, downloads, Path.cwd(), roster)
    print_report(report.lines(), report.problems)
