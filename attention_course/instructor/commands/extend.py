"""The command `attention-course extend`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence


def extend(
    student: Annotated[
        str | None, typer.Argument(help="The student's id; without it, all that stands is listed.")
    ] = None,
    lesson: Annotated[str | None, typer.Argument(help="The lesson, for example practice.")] = None,
    until: Annotated[
        str | None, typer.Option(help='The due date, with its zone: "2026-12-05 18:00 Europe/Berlin".')
    ] = None,
    attempts: Annotated[int | None, typer.Option(min=0, max=20, help="Extra attempts at each question.")] = None,
    note: Annotated[str | None, typer.Option(help="A note for yourself; no student sees it.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take back what is granted.")] = False,
) -> None:
    """Grant a student a later due date or extra attempts, or list what is granted (extensions.csv)."""
    from attention_course.errors import ExtensionError
    from attention_course.instructor.extensions.extend import Change, Course, grant, granted, take_back

    changes = Change(until, attempts, note)
    with error_as_sentence():
        if remove and changes != Change():
            raise ExtensionError("Say either what is granted or --remove. Nothing was written.")
        if (remove or changes != Change()) and not (student and lesson):
            raise ExtensionError("Say whom and in which lesson: attention-course extend STUDENT LESSON …")
        course = Course.here()
        if student and lesson and remove:
            lines = take_back(course, student, lesson)
        elif student and lesson and changes != Change():
            lines = grant(course, student, lesson, changes)
        else:
            lines = granted(course, student, lesson)
    for line in lines:
        typer.echo(line)
