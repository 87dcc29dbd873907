"""The command `attention-course grade`."""

import atexit
import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence

NBGRADERS_OPTIONS = {"allow_extra_args": True, "ignore_unknown_options": True}


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
    from attention_course.instructor.sandbox import offer

    if scheduler is None:
        client.begin()
        offer.begin_for(Path("source", assignment))
    atexit.register(gc.freeze)  # or Python would look once more through all it has imported
    from rich.console import Console

    from attention_course.instructor.runner.grade_class import Request, grade_class
    from attention_course.instructor.runner.grading_report import GradingReport

    report = GradingReport(Console(soft_wrap=not os.isatty(1)))
    try:
        with error_as_sentence():
            grade_class(Request(assignment, student or [], workers, scheduler, force, context.args), report)
    except KeyboardInterrupt:
        typer.echo("Stopped; the same command goes on with the rest.", err=True)
        raise typer.Exit(130) from None
    report.show()
    if report.failed:
        raise typer.Exit(1)
