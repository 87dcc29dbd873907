"""The student's result by difficulty: is this pattern strong yet, growing or weak?"""

from collections.abc import Iterable
from dataclasses import dataclass

from attention_course.answers.answer import Answer
from attention_course.exercises.question import DIFFICULTIES, Outcome

RULE = (
    "strong: every question right, and at least half of them at the first attempt; "
    "growing: at least half of them right; weak: fewer."
)
RULE_OF_CODE = "Code that may be checked as often as one likes is right at once unless its solution was shown."


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


def rule(*, of_code: bool) -> str:
    """Return the rule, and where code is among what is counted, when that is right at once."""
    return f"{RULE} {RULE_OF_CODE}" if of_code else RULE


def by_difficulty(answers: Iterable[Answer]) -> list[Pattern]:
    """Return a pattern for each difficulty that was asked, from easy to hard.

    What is never judged, or only carried on from another lesson, makes none.
    """
    return patterns(
        (a.question.difficulty, a.outcome, counted(a))
        for a in answers
        if a.question.counts and not a.question.committed
    )


def counted(answer: Answer) -> int:
    """Return the attempts that count: code is written in many, and is right at once where no solution was shown."""
    return answer.record.tried if answer.left is not None or answer.record.shown else min(1, answer.record.tried)


def patterns(results: Iterable[tuple[str, Outcome, int]]) -> list[Pattern]:
    """Return a pattern for each difficulty, given each question's difficulty, outcome and number of attempts."""
    results = list(results)
    groups = [(level, [result for result in results if result[0] == level]) for level in DIFFICULTIES]
    return [pattern(level, group) for level, group in groups if group]


def pattern(difficulty: str, results: list[tuple[str, Outcome, int]]) -> Pattern:
    """Return a pattern of all these questions, whatever the difficulty of each."""
    attempts_when_right = [attempts for _, outcome, attempts in results if outcome is Outcome.RIGHT]
    attempted = sum(outcome is not Outcome.NOT_ATTEMPTED for _, outcome, _ in results)
    return Pattern(difficulty, len(results), len(attempts_when_right), attempts_when_right.count(1), attempted)
