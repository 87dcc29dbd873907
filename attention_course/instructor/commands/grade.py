"""The command `attention-course grade`."""

import atexit
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence

if TYPE_CHECKING:
    from attention_course.instructor.runner.grading_report import GradingReport

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
    report = _grade(assignment, student or [], workers, scheduler, force, context.args)
    if report.failed:
        raise typer.Exit(1)


def graded(lesson: str, workers: int, options: list[str]) -> dict[str, str]:
    """Grade what is new in a lesson, or is graded by an older version; return who could not be graded, and why."""
    report = _grade(lesson, [], workers, None, False, options)
    return {result.student: result.reason for result in report.failed}


def _grade(
    lesson: str, students: list[str], workers: int, scheduler: str | None, force: bool, options: list[str]
) -> "GradingReport":
    """Grade, and show the report."""
    from attention_course.instructor.forkserver import client
    from attention_course.instructor.light_nbgrader import import_nbgrader
    from attention_course.instructor.runner.looks_new import looks_new
    from attention_course.instructor.sandbox import offer

    if scheduler is None and (force or looks_new(lesson)):
        client.begin()
        offer.begin_for(Path("source", lesson))
    import_nbgrader()
    atexit.register(gc.freeze)  # or Python would look once more through all it has imported
    from rich.console import Console

    from attention_course.instructor.changes import older_key
    from attention_course.instructor.runner.grade_class import Request, grade_class
    from attention_course.instructor.runner.grading_report import GradingReport

    report = GradingReport(Console(soft_wrap=not os.isatty(1)))
    try:
        with error_as_sentence():
            grade_class(Request(lesson, students, workers, scheduler, force, options), report, older_key.said)
    except KeyboardInterrupt:
        typer.echo("Stopped; the same command goes on with the rest.", err=True)
        raise typer.Exit(130) from None
    report.show()
    return report
