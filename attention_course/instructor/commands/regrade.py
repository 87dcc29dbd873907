"""The command `attention-course regrade`."""

import os
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence
from attention_course.instructor.commands.grade import graded


def regrade(
    context: typer.Context,
    lesson: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it: release, grade anew, write what changed.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="How many notebooks are executed at a time.")] = os.cpu_count()
    or 1,
) -> None:
    """Grade a class by what is in source/ now. Without --yes it says who would change from what to what, and why.

    With --yes it writes reports/LESSON-changes.csv and .html. Ends with exit code 1 where somebody could not be graded.
    """
    from attention_course.instructor.changes import regrade as regrading

    with error_as_sentence():
        planned = regrading.plan(lesson, context.args)
        for line in planned.lines():
            typer.echo(line)
        if not yes:
            typer.echo(f"Nothing was written. To do it: attention-course regrade {lesson} --yes")
            return
        done, files = regrading.regrade(planned, lambda: graded(lesson, workers, context.args))
    typer.echo(f"{len(done.totals)} students have another grade, {len(done.overrides)} scores by hand stay: see")
    for file in files:
        typer.echo(str(file))
    typer.echo("Then write feedback and exports anew: make feedback, nbgrader export.")
    if done.failed:
        typer.echo(f"{len(done.failed)} could not be graded anew: mend that, and regrade, before you export.", err=True)
        raise typer.Exit(1)
