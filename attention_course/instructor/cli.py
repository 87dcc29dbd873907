"""The instructor's commands beside nbgrader's: `attention-course COMMAND`."""

import atexit
import gc
import os
from typing import Annotated

import typer
from rich.console import Console

from attention_course.errors import CourseError
from attention_course.instructor.lms.collect.command import command as collect
from attention_course.instructor.lms.roster.command import command as roster
from attention_course.instructor.report.command import command as report
from attention_course.instructor.source.new import command as new

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
NBGRADERS_OPTIONS = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(context_settings=NBGRADERS_OPTIONS)
def grade(
    context: typer.Context,
    assignment: Annotated[str, typer.Argument(help="The assignment, for example: practice")],
    student: Annotated[
        list[str] | None, typer.Option(help="Grade this student only; may be given more than once.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many notebooks are executed at a time.")] = os.cpu_count()
    or 1,
    scheduler: Annotated[str | None, typer.Option(help="A Dask cluster to execute on: tcp://HOST:PORT")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what is graded already.")] = False,
) -> None:
    """Grade a class: what lies in submitted/ and is new or has changed.

    Ends with exit code 1 where a submission could not be graded, after all others were. Options of
    `nbgrader autograde` may follow, such as --Execute.timeout=60.
    """
    from attention_course.instructor.forkserver import client

    if scheduler is None:
        client.begin()
    atexit.register(gc.freeze)  # or Python would look once more through all it has imported
    from attention_course.instructor.runner.grade_class import Request, grade_class
    from attention_course.instructor.runner.grading_report import GradingReport

    report = GradingReport(Console(soft_wrap=not os.isatty(1)))
    try:
        grade_class(Request(assignment, student or [], workers, scheduler, force, context.args), report)
    except CourseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except KeyboardInterrupt:
        typer.echo("Stopped; the same command goes on with the rest.", err=True)
        raise typer.Exit(130) from None
    report.show()
    if report.failed:
        raise typer.Exit(1)


@app.command()
def check(notebooks: Annotated[list[str], typer.Argument(help="Source notebooks.")]) -> None:
    """Check that every exercise of a source notebook is complete, and that its hidden test accepts only the key."""

    from attention_course.instructor.source.check import main as check_all

    raise typer.Exit(check_all(notebooks))


app.command("collect")(collect)
app.command("new")(new)
app.command("roster")(roster)
app.command("report")(report)


def main() -> None:
    """Run a command."""
    app()


if __name__ == "__main__":
    main()
