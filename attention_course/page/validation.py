"""What nbgrader's Validate is told of a lesson: whether every question has an answer."""

import textwrap
from collections.abc import Iterable

from attention_course.answers.answer import Answer
from attention_course.exercises.question import Outcome

JUDGES_NOTHING = "Validate only looks whether there are answers: it does not judge them, Check in the notebook does."
WIDTH = 80  # nbgrader cuts longer lines off


def complaint(answers: Iterable[Answer], problem: str = "") -> str:
    """Return what keeps a lesson from full marks, as far as it can be seen here; "" where nothing does.

    `problem` is why no answer could be read at all.
    """
    answers = [answer for answer in answers if answer.question.is_asked_for]
    open_ones = [_named(answer) for answer in answers if answer.outcome is Outcome.NOT_ATTEMPTED]
    judged = [answer for answer in answers if not answer.question.committed]
    right = sum(answer.outcome is Outcome.RIGHT for answer in judged)
    if open_ones:
        said = problem or f"Not answered yet: {', '.join(open_ones)}."
        said = f"{said} {JUDGES_NOTHING}"
    elif any(answer.outcome is Outcome.WRONG for answer in answers):
        said = f"Every question is answered. {JUDGES_NOTHING} By its verdicts {right} of {len(judged)} are right."
    else:
        return ""
    return textwrap.fill(said, WIDTH)


def _named(answer: Answer) -> str:
    """Return a question's title, with what is wrong with its record, where one was found."""
    return f"{answer.question.title} ({answer.problem.rstrip('.')})" if answer.problem else answer.question.title
