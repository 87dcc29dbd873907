"""The instructor's commands beside nbgrader's: `attention-course COMMAND`."""

import io
import sys
from typing import Annotated

import typer

from attention_course import __version__
from attention_course.instructor.commands.answers import answers
from attention_course.instructor.commands.check import check
from attention_course.instructor.commands.collect import collect
from attention_course.instructor.commands.extend import extend
from attention_course.instructor.commands.forget import forget
from attention_course.instructor.commands.grade import NBGRADERS_OPTIONS, grade
from attention_course.instructor.commands.hub_check import hub_check
from attention_course.instructor.commands.merge_grades import merge_grades
from attention_course.instructor.commands.new import new
from attention_course.instructor.commands.new_term import new_term
from attention_course.instructor.commands.regrade import regrade
from attention_course.instructor.commands.release import release
from attention_course.instructor.commands.report import report
from attention_course.instructor.commands.roster import roster
from attention_course.instructor.commands.ungraded import ungraded

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.command(context_settings=NBGRADERS_OPTIONS)(grade)
app.command()(check)
app.command()(collect)
app.command()(new)
app.command()(roster)
app.command(context_settings=NBGRADERS_OPTIONS)(release)
app.command(context_settings=NBGRADERS_OPTIONS)(regrade)
app.command()(report)
app.command()(extend)
app.command()(ungraded)
app.command()(forget)
app.command()(answers)
app.command()(merge_grades)
app.command()(new_term)
app.command()(hub_check)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"attention-course {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run a command; a sign that the terminal's encoding lacks is written in another way, and never ends it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
