"""The verdicts in a word and a sign: nothing is told by colour alone."""

from attention_course.exercises.question import Outcome

HEADLINES = {
    Outcome.RIGHT: "✓ Right",
    Outcome.WRONG: "✗ Not right",
    Outcome.RECORDED: "● Recorded",
    Outcome.NOT_ATTEMPTED: "○ Not attempted",
}
