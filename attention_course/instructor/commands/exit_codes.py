"""How a command ends: with 0 where all is done, 1 where all but something is, 2 where nothing could be done."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer

from attention_course.errors import CourseError


@contextmanager
def error_as_sentence() -> Iterator[None]:
    """Print the sentence of one of the course's errors, and end the command with exit code 2."""
    try:
        yield
    except CourseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


def print_report(lines: Iterable[str], problems: list[str]) -> None:
    """Print what a command did; end it with exit code 1 where there are problems."""
    for line in lines:
        typer.echo(line)
    if problems:
        raise typer.Exit(1)
