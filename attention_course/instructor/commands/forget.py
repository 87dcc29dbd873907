"""The command `attention-course forget`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.agreeing import agreed
from attention_course.instructor.commands.exit_codes import error_as_sentence

MOST = 20  # files that are listed


def forget(
    student: Annotated[str, typer.Argument(help="The student's id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a student out of the course: folders, gradebook, reports, exports, lists.

    Says first what is removed and what cannot be reached, and asks. Ends with exit code 1 where the student is still
    named in a file of the course.
    """
    from attention_course.instructor.forget.remove import remove
    from attention_course.instructor.forget.search import still_named
    from attention_course.instructor.forget.traces import find_traces

    with error_as_sentence():
        traces = find_traces(student)
        typer.echo("\n".join(traces.lines()))
        if not agreed("Remove it? It cannot be undone.", yes):
            typer.echo("Nothing was removed.")
            raise typer.Exit(1)
        remove(traces)
    left = still_named(traces.root, traces.person)
    if not left:
        typer.echo(f"Removed. No file of the course's folder names {student} any more.")
        return
    more = f" and {len(left) - MOST} more" if len(left) > MOST else ""
    typer.echo(f"Removed. Look at what still names {student}, or somebody or something called so:")
    typer.echo("\n".join(f"  {name}" for name in left[:MOST]) + more)
    raise typer.Exit(1)
