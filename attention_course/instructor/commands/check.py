"""The command `attention-course check`."""

from typing import Annotated

import typer


def check(notebooks: Annotated[list[str], typer.Argument(help="Source notebooks.")]) -> None:
    """Check that every exercise of a source notebook is complete, and that its hidden test accepts only the key."""
    from attention_course.instructor.source.check import check_files

    raise typer.Exit(check_files(notebooks))
