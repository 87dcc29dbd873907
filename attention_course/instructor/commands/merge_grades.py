"""The command `attention-course merge-grades`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.agreeing import carry_out
from attention_course.instructor.commands.exit_codes import error_as_sentence


def merge_grades(
    other: Annotated[str, typer.Argument(help="The other gradebook: its file, or its address.")],
    lesson: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before something is written.")] = False,
) -> None:
    """Take over scores and comments that somebody gave by hand in another copy of this gradebook.

    What was given here stays, and is listed where the other has something else; then it ends with exit code 1.
    """
    from attention_course.instructor.marks.take_over import TakeOver
    from attention_course.instructor.report.read_course import open_course

    with error_as_sentence():
        planned = TakeOver.planned(other, open_course(lesson))
        if planned.changes:
            carry_out(planned, yes)
            typer.echo(f"Done. `attention-course answers {lesson} --undo` takes it back.")
        else:
            for line in planned.lines():
                typer.echo(line)
    if planned.conflicts:
        raise typer.Exit(1)
