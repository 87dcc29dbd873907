"""Asking before something is done that cannot be undone, or not easily."""

from typing import Any

import typer


def agreed(question: str, yes: bool) -> bool:
    """Is it to be done? `yes` says so without asking; where there is nobody to ask, it is not."""
    try:
        return yes or typer.confirm(question)
    except typer.Abort:
        return False


def carry_out(planned: Any, yes: bool) -> None:
    """Say what is planned, ask, and do it; end the command with exit code 1 where the answer is no."""
    for line in planned.lines():
        typer.echo(line)
    if not agreed("Write this into the gradebook?", yes):
        typer.echo("Nothing was written.")
        raise typer.Exit(1)
    planned.do()
