"""The command `attention-course answers`."""

from typing import Annotated, Any

import typer

from attention_course.instructor.commands.agreeing import carry_out
from attention_course.instructor.commands.exit_codes import error_as_sentence


def answers(
    lesson: Annotated[str, typer.Argument(help="The lesson, for example practice.")],
    question: Annotated[str, typer.Argument(help="The question's name; left out, all questions are listed.")] = "",
    to: Annotated[str, typer.Option(help="The id of an answer: all who gave it get what follows.")] = "",
    comment: Annotated[str | None, typer.Option(help="A comment for each of them.")] = None,
    score: Annotated[float | None, typer.Option(help="A score for each of them.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also in the place of what somebody wrote.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last such action back.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before something is written.")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Leave out who gave which answer.")] = False,
) -> None:
    """Show the different answers to a question, and give one comment or score to all who gave one of them.

    The answers are printed, and written to reports/LESSON-QUESTION-answers.html.
    """
    from attention_course.errors import MarksError
    from attention_course.instructor.marks.undo import Undo
    from attention_course.instructor.same_answers import write_answers
    from attention_course.instructor.same_answers.to_all import ToAll

    with error_as_sentence():
        if undo:
            if to or comment is not None or score is not None:
                raise MarksError("--undo stands alone: give or take back, one at a time.")
            planned: Any = Undo.planned(lesson, question)
        elif to or comment is not None or score is not None:
            if not question or not to:
                raise MarksError("Say to whom: attention-course answers LESSON QUESTION --to ID --comment …")
            planned = ToAll.planned(lesson, question, to, comment, score, replace)
        elif question:
            for line in write_answers.write_page(lesson, question, anonymous=anonymous):
                typer.echo(line)
            return
        else:
            for line in write_answers.list_of_questions(lesson):
                typer.echo(line)
            return
        carry_out(planned, yes)
    typer.echo(f"Done; students see it after `make feedback`.{'' if undo else ' The same with --undo takes it back.'}")
