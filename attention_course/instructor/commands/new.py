"""The command `attention-course new`."""

from pathlib import Path
from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence


def new(lesson: Annotated[str, typer.Argument(help="The new lesson's name, for example masks.")]) -> None:
    """Make a lesson with one example of each kind of question: source/LESSON/LESSON.ipynb."""
    from attention_course.instructor.source.new_lesson import new_lesson

    with error_as_sentence():
        path = new_lesson(lesson, Path.cwd()).relative_to(Path.cwd())
    typer.echo(f"Made {path}: open it in JupyterLab, then run `attention-course check {path}`.")
