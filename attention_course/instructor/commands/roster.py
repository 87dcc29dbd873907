"""The command `attention-course roster`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence, print_report


def roster(
    students: Annotated[Path, typer.Argument(help="The roster: a CSV file of Canvas, Moodle or your own.")],
    to: Annotated[Path, typer.Option(help="Where it is written as nbgrader reads it.")] = Path("roster.csv"),
    id_column: Annotated[str, typer.Option("--id", help="The column that holds the students' ids.")] = "",
    remove: Annotated[
        bool, typer.Option("--remove", help="Take those who are not on it out of the gradebook; lists them and asks.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before somebody is removed.")] = False,
) -> None:
    """Write the students of a roster into the gradebook.

    Ends with exit code 1 where something does not fit, after all that does was written; then nobody is removed.
    """
    from attention_course.instructor.lms.roster.enrol import enrol

    with error_as_sentence():
        enrolled = enrol(students, to, id_column)
    print_report(enrolled.lines(), enrolled.problems)
    if remove and not enrolled.students:
        typer.echo("The roster names nobody, so nobody is taken out.", err=True)
        raise typer.Exit(2)
    if remove and enrolled.others:
        _remove(enrolled.others, yes)


def _remove(others: list[str], yes: bool) -> None:
    from attention_course.instructor.terms.leave import Leaving
    from attention_course.instructor.this_course import this_course

    with error_as_sentence():
        app = this_course()
        leaving = Leaving.of(app.coursedir, others)
        print_report(leaving.plan(), [])
        if not yes and not typer.confirm("Take them out?"):
            typer.echo("Nobody was taken out.")
            raise typer.Exit(1)
        leaving.begin(app)
    typer.echo(f"Taken out: {len(leaving.members)}. Their files: {leaving.folder}")
