"""The command `attention-course new-term`."""

from typing import Annotated

import typer

from attention_course.instructor.commands.exit_codes import error_as_sentence, print_report


def new_term(
    name: Annotated[str, typer.Argument(help="What the term that is over is called, for example 2025-autumn.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    keep_gradebook: Annotated[
        bool, typer.Option("--keep-gradebook", help="Leave the gradebook where it is: it is no file.")
    ] = False,
) -> None:
    """Put away all that students left, whole, in archive/NAME/, and begin with nobody. The course itself stays.

    Ends with exit code 1 where something stays in nbgrader's exchange, or the answer is no.
    """
    from attention_course.instructor.terms.new_term import Term
    from attention_course.instructor.this_course import this_course

    with error_as_sentence():
        term = Term(this_course(), name, keep_gradebook)
        print_report(term.plan(), [])
        if not yes and not typer.confirm("Put it away?"):
            typer.echo("Nothing was moved.")
            raise typer.Exit(1)
        problems = term.begin()
    print_report([*problems, f"Put away in {term.folder.relative_to(term.root)}/."], problems)
