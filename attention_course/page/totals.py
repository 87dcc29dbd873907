"""A lesson's totals in words: the points so far, the groups of questions that are done, and what is committed."""

from collections.abc import Iterable, Mapping

from attention_course.answers.answer import Answer
from attention_course.exercises.question import Outcome

HIDDEN_DECIDE = "Hidden tests of your code decide when it is graded."
Groups = Mapping[str, Iterable[str]]  # titles of groups of questions, with the questions' names


def points(answers: list[Answer]) -> str:
    """Say how many points the answers give, where that is another number than how many are right.

    Where code counts it is so far alone, since the hidden tests have not run.
    """
    rules = {str(answer.credit) for answer in answers} - {""}
    so_far = any(answer.so_far for answer in answers)
    for_committing = any(answer.question.committed and answer.question.points for answer in answers)
    said = " so far" if so_far else ""
    if rules or for_committing or any(answer.question.gives_at_most != 1 for answer in answers):
        most = sum(answer.question.gives_at_most for answer in answers)
        given = sum(answer.given for answer in answers)
        said = f", {given:.4g} of {most:.4g} points{said}"
    further = [*([HIDDEN_DECIDE] if so_far else []), *rules]
    return f"{said}. {' '.join(further)}" if further else said


def badges(answers: Iterable[Answer], groups: Groups | None) -> str:
    """Say which groups of questions are all right, and how many are in the others, "" where there are no groups."""
    right = {answer.question.name for answer in answers if answer.outcome is Outcome.RIGHT}
    said = []
    for title, names in (groups or {}).items():
        done = [name in right for name in names]
        said.append(f"★ {title}: all {len(done)}" if all(done) else f"☆ {title}: {sum(done)} of {len(done)}")
    return " · ".join(said)


def committed(answers: Iterable[Answer]) -> str:
    """Say how many answers are committed of those that nobody judges, "" where there are none."""
    asked = [answer for answer in answers if answer.question.committed]
    done = sum(answer.picks is not None for answer in asked)
    word = "reviewed" if all(answer.question.reviewed for answer in asked) else "committed"
    return f"Not judged: {done} of {len(asked)} {word}" if asked else ""
