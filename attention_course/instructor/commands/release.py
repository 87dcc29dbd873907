"""The command `attention-course release`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence


def release(
    context: typer.Context,
    lesson: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Release also where that costs somebody something.")] = False,
) -> None:
    """Make the students' notebook: release/LESSON/. Says what changes for those who hold an earlier one.

    Where a change costs anybody something, it asks for --yes. The earlier release stays until the new one is there.
    Options of `nbgrader generate_assignment` may follow.
    """
    from attention_course.instructor.changes import release as releasing

    with error_as_sentence():
        found = releasing.draft(lesson, context.args)
        for line in found.lines():
            typer.echo(line)
        if found.costs and not yes:
            typer.echo(
                f"Nothing was written. If that is meant: attention-course release {lesson} --yes (make release YES=1).",
                err=True,
            )
            raise typer.Exit(2)
        typer.echo(f"Released {lesson}: {releasing.release(found)}")
