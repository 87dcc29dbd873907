"""What an answer is worth: all of its points or none, unless a lesson's setup cell says `credit=` or `partial=`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attention_course.errors import LessonError
from attention_course.exercises.question import Question


@dataclass(frozen=True)
class Credit:
    """The rule of a lesson; made by `rule`, which checks it.

    `by_attempt` is the share of the points that an answer gives at attempt 1, 2, …; empty, it is all of them at each.
    With `partial`, a question with several parts, such as blanks or numbers, gives its share for each that is right in
    the last attempt.
    """

    by_attempt: tuple[float, ...] = ()
    partial: bool = False

    def share(self, question: Question, picks: Sequence[str], attempts: int) -> float:
        """Return the share of the points, from 0 to 1, for these picks as the last of so many attempts."""
        wrong, parts = len(question.why_wrong(picks)), question.parts
        if wrong and not self.partial:
            return 0
        at_attempt = self.at(attempts)
        return at_attempt * (parts - wrong) / parts if wrong else at_attempt

    def at(self, attempt: int) -> float:
        """Return the share of the points that a right answer gives at an attempt, counted from 1."""
        return self.by_attempt[attempt - 1] if self.by_attempt else 1

    def promise(self, question: Question, attempt: int, words: str = "a right answer now gives") -> str:
        """Say what a right answer gives at an attempt, "" where this question simply gives its points."""
        parts: list[str] = []
        if question.attempts is None:  # nothing is lost by trying
            return ""
        if self.at(question.attempts) < 1:
            parts.append(f"{words} {of_points(self.at(attempt))}")
        if self.partial and question.parts > 1:
            parts.append(f"each right {question.part_word} counts")
        return " · ".join(parts)

    def check(self, question: Question) -> None:
        """Raise LessonError where a question allows attempts of which the rule does not say what they are worth."""
        if self.by_attempt and question.attempts is not None and len(self.by_attempt) < question.attempts:
            raise LessonError(
                f"Question {question.name!r} allows {question.attempts} attempts, but credit has "
                f"{len(self.by_attempt)} numbers: give one for each attempt."
            )

    def __str__(self) -> str:
        """Say the rule in one sentence, "" where a right answer simply gives its points."""
        parts = []
        if self.by_attempt:
            shares = ", ".join(f"{_percent(share)} at attempt {i}" for i, share in enumerate(self.by_attempt, start=1))
            parts.append(f"an answer gives {shares}")
        if self.partial:
            parts.append("each right part counts")
        return "; ".join(parts).capitalize() + "." if parts else ""


def rule(credit: Any = None, partial: Any = False) -> Credit:
    """Return the rule that a lesson asks for; raise LessonError with one sentence where it is none."""
    _demand(isinstance(partial, bool), f"partial is True or False, not {partial!r}")
    if credit is None:
        return Credit(partial=partial)
    _demand(isinstance(credit, list | tuple) and len(credit) > 0, "credit is a list of numbers, such as [1, 0.75, 0.5]")
    for share in credit:
        _demand(
            isinstance(share, int | float) and not isinstance(share, bool) and math.isfinite(share) and 0 <= share <= 1,
            f"credit has numbers from 0 to 1, not {share!r}",
        )
    _demand(credit[0] > 0, "credit begins with more than 0, or no answer would ever count")
    _demand(list(credit) == sorted(credit, reverse=True), "credit never rises from one attempt to the next")
    return Credit(tuple(credit), partial)


def points(share: float, most: float) -> float:
    """Return a share of the points, to two decimals, as the gradebooks of learning management systems keep them."""
    return round(share * most, 2)


def of_points(share: float) -> str:
    """Say a share of the points: "75% of the points"."""
    return f"{_percent(share)} of the points" if share else "no points"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _demand(condition: bool, sentence: str) -> None:
    if not condition:
        raise LessonError(f"The lesson's {sentence}.")
