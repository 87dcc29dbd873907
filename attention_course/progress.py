"""The student's result by difficulty: is this pattern strong yet, growing or weak?"""

from collections.abc import Iterable
from dataclasses import dataclass

from attention_course.answer import Answer
from attention_course.questions import DIFFICULTIES, Outcome

RULE = (
    "strong: every question right, and at least half of them at the first attempt; "
    "growing: at least half of them right; weak: fewer."
)


@dataclass(frozen=True)
class Pattern:
    """How the questions of one difficulty went."""

    difficulty: str
    asked: int
    right: int
    right_at_once: int
    attempted: int

    @property
    def strength(self) -> str:
        """Return "strong", "growing", "weak" (RULE says when) or "not started"."""
        if self.attempted == 0:
            return "not started"
        if self.right == self.asked and 2 * self.right_at_once >= self.asked:
            return "strong"
        return "growing" if 2 * self.right >= self.asked else "weak"


def by_difficulty(answers: Iterable[Answer]) -> list[Pattern]:
    """Return a pattern for each difficulty that was asked, from easy to hard."""
    answers = list(answers)
    groups = [(level, [a for a in answers if a.question.difficulty == level]) for level in DIFFICULTIES]
    return [_pattern(level, group) for level, group in groups if group]


def _pattern(difficulty: str, answers: list[Answer]) -> Pattern:
    right = [answer for answer in answers if answer.outcome is Outcome.RIGHT]
    at_once = [answer for answer in right if len(answer.record.attempts) == 1]
    attempted = [answer for answer in answers if answer.outcome is not Outcome.NOT_ATTEMPTED]
    return Pattern(difficulty, len(answers), len(right), len(at_once), len(attempted))
