"""The command `attention-course release`."""

from itertools import takewhile
from typing import Annotated

import typer

from attention_course.errors import CourseError


def release(
    words: Annotated[list[str], typer.Argument(metavar="LESSON...", help="The lessons, for example practice.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Release also where that costs somebody something.")] = False,
    unknown: Annotated[bool, typer.Option("--unknown", help="Only lessons that the gradebook does not know.")] = False,
) -> None:
    """Make the students' notebooks: release/LESSON/. Says what changes for those who hold earlier ones.

    Where a change costs anybody something, it asks for --yes. The earlier release stays until the new one is there.
    Options of `nbgrader generate_assignment` may follow. Where one of several lessons is refused, the others are
    released, and the exit code is 1.
    """
    from attention_course.instructor.changes import release as releasing

    lessons = list(takewhile(lambda word: not word.startswith("-"), words))
    options = words[len(lessons) :]
    refused = 0
    for lesson in lessons:
        try:
            if not unknown or not releasing.is_known(lesson, options):
                refused += not _released(lesson, options, yes)
        except CourseError as error:
            typer.echo(str(error), err=True)
            refused += 1
    if refused:
        raise typer.Exit(2 if refused == len(lessons) else 1)


def _released(lesson: str, options: list[str], yes: bool) -> bool:
    """Release one lesson, and say so; False where that would cost somebody something, and nobody has said yes."""
    from attention_course.instructor.changes import draft as drafting
    from attention_course.instructor.changes import release as releasing

    found = drafting.draft(lesson, options)
    for line in found.lines():
        typer.echo(line)
    if found.costs and not yes:
        typer.echo(
            f"Nothing was written. If that is meant: attention-course release {lesson} --yes (make release YES=1).",
            err=True,
        )
        return False
    typer.echo(f"Released {lesson}: {releasing.release(found)}")
    return True
