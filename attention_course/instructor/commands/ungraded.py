"""The command `attention-course ungraded`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence


def ungraded(assignment: Annotated[str, typer.Argument(help="The lesson, for example practice.")]) -> None:
    """Write a feedback page for each student whose submission could not be graded: why, and what to hand in.

    It lies in feedback/ like any other, and is released like any other.
    """
    from attention_course.instructor.feedback.ungraded import write_ungraded

    with error_as_sentence():
        done = write_ungraded(assignment)
    for line in done.lines():
        typer.echo(line)
