"""The command `attention-course roster`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence, print_report


def roster(
    students: Annotated[Path, typer.Argument(help="The roster: a CSV file of Canvas, Moodle or your own.")],
    to: Annotated[Path, typer.Option(help="Where it is written as nbgrader reads it.")] = Path("roster.csv"),
    id_column: Annotated[str, typer.Option("--id", help="The column that holds the students' ids.")] = "",
) -> None:
    """Write the students of a roster into the gradebook.

    Ends with exit code 1 where something does not fit, after all that does was written.
    """
    from attention_course.instructor.lms.roster.enrol import enrol

    with error_as_sentence():
        enrolled = enrol(students, to, id_column)
    print_report(enrolled.lines(), enrolled.problems)
