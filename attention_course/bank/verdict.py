"""What so many right answers tell, and what they do not: pure functions."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attention_course.answers.drawn import SURE

Z = 1.96  # 95 per cent of a normal distribution lie within this many standard deviations
A_WEEK = timedelta(days=7)
OF_TWENTY = 18  # right answers in two forms that make a pattern strong
LESS, MORE, ERRORS, MOST = 0.60, 0.85, 0.10, 20  # the sequential test: these shares are told apart


@dataclass(frozen=True)
class Marked:
    """One answered item: was it right, and how sure was the student?"""

    concept: str
    item: str
    right: bool
    sure: str


@dataclass(frozen=True)
class Marks:
    """A sitting of which all is answered; `number` tells its form, `at` is when its last answer was given."""

    at: datetime
    form: int
    answers: tuple[Marked, ...]

    @property
    def right(self) -> int:
        """How many answers are right."""
        return sum(one.right for one in self.answers)


@dataclass(frozen=True)
class Calibration:
    """How often answers of one confidence were right."""

    sure: str
    right: int
    asked: int


@dataclass(frozen=True)
class Stopped:
    """Where the sequential test came to: "strong", "not strong", "undecided" or still "open", after so many items."""

    verdict: str
    after: int


def interval(right: int, asked: int) -> tuple[float, float]:
    """Return the shares between which the true one lies, by Wilson's interval at 95 %.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    share, spread = right / asked, Z**2 / asked
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / asked + spread / (4 * asked)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def strength(right: int) -> str:
    """Return what ten answers, so many of them right, let one say of the pattern."""
    return "weak" if right <= 5 else "growing" if right <= 8 else "probably strong"


def confirmed(sat: Sequence[Marks]) -> bool:
    """Is the pattern strong: were 18 of 20 right in the last sitting and in another form at least a week before it?"""
    last = sat[-1]
    before = [one for one in sat[:-1] if one.form != last.form and last.at - one.at >= A_WEEK]
    return bool(before) and before[-1].right + last.right >= OF_TWENTY


def said(sat: Sequence[Marks]) -> str:
    """Return what the sittings, the last one at the end, let one say of the pattern."""
    return "strong" if confirmed(sat) else strength(sat[-1].right)


def sequential(answers: Iterable[bool]) -> Stopped:
    """Return where the sequential test comes to, which tells a share of .60 from one of .85.

    After each answer it weighs the two by their likelihoods, and stops when one of them is nine times the other, so
    that it errs in one of ten at most; after twenty items it stays undecided, which is not strong. A. Wald, Sequential
    tests of statistical hypotheses, Annals of Mathematical Statistics 16 (1945).
    """
    bound, weight, after = math.log((1 - ERRORS) / ERRORS), 0.0, 0
    for after, right in enumerate(answers, start=1):  # where it stopped
        weight += math.log(MORE / LESS if right else (1 - MORE) / (1 - LESS))
        if abs(weight) >= bound:
            return Stopped("strong" if weight > 0 else "not strong", after)
        if after == MOST:
            return Stopped("undecided", after)
    return Stopped("open", after)


def ask_on(sat: Iterable[Marks]) -> Stopped:
    """Return where the sequential test comes to in the last sitting; it goes on from one that left it open."""
    asked: list[bool] = []
    stopped = Stopped("open", 0)
    for one in sat:
        before = asked if stopped.verdict == "open" else []
        asked = [*before, *(each.right for each in one.answers)]
        stopped = sequential(asked)
    return stopped


def calibration(answers: Iterable[Marked]) -> list[Calibration]:
    """Return how often the answers of each confidence were right, from guess to sure; () where there was none of it."""
    answers = list(answers)
    groups = [(sure, [one.right for one in answers if one.sure == sure]) for sure in SURE]
    return [Calibration(sure, sum(right), len(right)) for sure, right in groups if right]


def look_again(answers: Iterable[Marked]) -> list[Marked]:
    """Return the answers that were wrong, those first of which the student was sure."""
    return sorted((one for one in answers if not one.right), key=lambda one: -SURE.index(one.sure or SURE[0]))
