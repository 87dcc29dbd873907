"""The verdicts in a word and a sign: nothing is told by colour alone."""

from attention_course.answers.answer import Answer
from attention_course.exercises.question import Outcome

HEADLINES = {
    Outcome.RIGHT: "✓ Right",
    Outcome.WRONG: "✗ Not right",
    Outcome.RECORDED: "● Recorded",
    Outcome.COMMITTED: "● Committed",
    Outcome.UNGRADED: "? Could not be graded",
    Outcome.NOT_ATTEMPTED: "○ Not attempted",
}
SO_FAR = {Outcome.RIGHT: "✓ Right so far", Outcome.WRONG: "✗ Not right yet"}


def of(answer: Answer) -> str:
    """Return the verdict on an answer, which hidden tests may still change where there are any."""
    if answer.outcome is Outcome.COMMITTED:
        return f"● {answer.question.done_word}"
    told = {**HEADLINES, **SO_FAR} if answer.so_far else HEADLINES
    partly = answer.outcome is Outcome.WRONG and not answer.so_far and 0 < answer.share < 1
    return "✗ Partly right" if partly and answer.question.written else told[answer.outcome]
