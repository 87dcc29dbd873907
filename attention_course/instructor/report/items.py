"""Item statistics: how hard a question is for this class, and whether it tells those who know from those who do not.

Classical test theory, as in L. Crocker and J. Algina, Introduction to Classical and Modern Test Theory (1986),
chapter 14. Whoever handed in counts; a question that was not attempted has its 0 points.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean, median

from attention_course.exercises.question import DIFFICULTIES, Question
from attention_course.instructor.report.results import ClassResults, Result, Standing, StudentResults
from attention_course.instructor.report.same_code import bare

Z = 1.96  # 95 per cent of a normal distribution lie within this many standard deviations
TELLING = 0.3  # a correlation from which on a question discriminates "reasonably well" (Ebel and Frisbie 1991)

# The smallest class in which the standard error of a share, at most 0.5 / √n, leaves p uncertain by no more than 0.2.
ENOUGH_FOR_DIFFICULTY = math.ceil((Z * 0.5 / 0.2) ** 2)
# The smallest class in which r = 0.3 differs from 0: Fisher's z = artanh r has the standard error 1 / √(n − 3).
ENOUGH_FOR_DISCRIMINATION = math.ceil((Z / math.atanh(TELLING)) ** 2 + 3)
USUAL = {Standing.FIRST, Standing.LATER, Standing.WRONG, Standing.NONE}


@dataclass(frozen=True)
class Filling:
    """One answer that was tried: by how many students, how many times, and whether it is right.

    `fails` are the hidden tests that an answer which is code did not pass; nothing is known where it is `ungraded`.
    """

    picks: tuple[str, ...]
    students: int
    times: int
    right: bool
    fails: tuple[str, ...] = ()
    ungraded: bool = False


@dataclass(frozen=True)
class Item:
    """One question and what the class did with it; statistics are None where they cannot be told."""

    question: Question
    count: int  # students
    standings: dict[Standing, int]
    attempts_needed: list[int]  # of those who got it right: how many at attempt 1, 2, …
    fillings: list[Filling]  # the commonest first
    difficulty: float | None
    discrimination: float | None
    failing: list[tuple[str, int]] = field(default_factory=list)  # hidden tests by how many failed them, those first
    minutes: list[float] = field(default_factory=list)  # from first to last attempt, of those of whom that is known
    variants: list["Item"] = field(default_factory=list)  # of a question that is drawn: what it was for whom, by item

    @property
    def median_minutes(self) -> float | None:
        """The time that half of those needed at most."""
        return median(self.minutes) if self.minutes else None

    @property
    def right(self) -> int:
        """How many got it right in the end."""
        return self.standings[Standing.FIRST] + self.standings[Standing.LATER]

    @property
    def came_out(self) -> str:
        """Say how many got it right: "3 of 12 right", or committed an answer where nobody judges."""
        if self.question.committed:
            return f"{self.standings[Standing.COMMITTED]} of {self.count} committed"
        return f"{self.right} of {self.count} right"

    @property
    def mean_attempts(self) -> float | None:
        """How many attempts those who got it right needed on average."""
        attempts = sum(number * count for number, count in enumerate(self.attempts_needed, start=1))
        return attempts / self.right if self.right else None


def analyse(whole: ClassResults) -> list[Item]:
    """Return an item for each question."""
    return [_drawn(whole, i) if each.bank else _item(whole, i) for i, each in enumerate(whole.questions)]


def _drawn(whole: ClassResults, index: int) -> Item:
    """Return an item for a question that is drawn from a bank, with one for each of the bank's that was answered.

    Those who were asked the same are compared by their points in all other questions, which were other ones for each.
    """
    asked: dict[str, list[StudentResults]] = {}
    for student in whole.students:
        if question := student.results[index].asked:
            asked.setdefault(question.drawn.item, []).append(student)
    variants = []
    for _, students in sorted(asked.items()):
        questions = list(whole.questions)
        questions[index] = students[0].results[index].asked or questions[index]
        variants.append(_item(replace(whole, students=students, questions=questions), index))
    variants.sort(key=lambda item: DIFFICULTIES.index(item.question.difficulty))
    return replace(_item(whole, index, tried=False), variants=variants)


def _item(whole: ClassResults, index: int, *, tried: bool = True) -> Item:
    question, results = whole.questions[index], [student.results[index] for student in whole.students]
    standings = Counter(result.standing for result in results)
    needed = Counter(len(r.attempts) for r in results if r.standing in (Standing.FIRST, Standing.LATER))
    shown = {Standing.COMMITTED, *USUAL} if question.committed else USUAL
    judged = [student for student, result in zip(whole.students, results, strict=True) if _is_judged(result)]
    points = [student.results[index].points for student in judged]
    return Item(
        question=question,
        count=len(results),
        standings={one: standings[one] for one in Standing if one in shown or standings[one]},
        attempts_needed=[needed[number] for number in range(1, (question.attempts or max(needed, default=0)) + 1)],
        fillings=_tried(question, results) if tried else [],
        difficulty=difficulty(points, whole.most[index]),
        discrimination=discrimination(points, [student.total for student in judged]),
        failing=_failing(results),
        minutes=[result.minutes for result in results if result.minutes is not None],
    )


def _is_judged(result: Result) -> bool:
    return result.standing is not Standing.UNGRADED


def _failing(results: Sequence[Result]) -> list[tuple[str, int]]:
    failed = (test for result in results if _is_judged(result) for test, passed in result.tests if not passed)
    return Counter(failed).most_common()


def _tried(question: Question, results: Sequence[Result]) -> list[Filling]:
    return _texts(results) if question.written else _fillings(question, [each.attempts for each in results])


def _fillings(question: Question, attempts: Sequence[tuple[tuple[str, ...], ...]]) -> list[Filling]:
    gathered = [[question.gathered(picks) for picks in one] for one in attempts]
    times = Counter(picks for one in gathered for picks in one)
    students = Counter(picks for one in gathered for picks in set(one))
    ordered = sorted(students, key=lambda picks: (-students[picks], picks))
    return [Filling(picks, students[picks], times[picks], question.is_right(picks)) for picks in ordered]


def _texts(results: Sequence[Result]) -> list[Filling]:
    """Return the code that was handed in, what is the same but for its layout and its comments together."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        if result.attempts:
            groups.setdefault(bare(result.attempts[-1][0]), []).append(result)
    fillings = []
    for same in groups.values():
        fails = tuple(test for test, passed in same[0].tests if not passed)
        right = same[0].standing in (Standing.FIRST, Standing.LATER)
        ungraded = not _is_judged(same[0])
        fillings.append(Filling(same[0].attempts[-1], len(same), len(same), right, () if ungraded else fails, ungraded))
    return sorted(fillings, key=lambda filling: (-filling.students, filling.picks))


def difficulty(points: Sequence[float], most: float) -> float | None:
    """Return the difficulty p: the mean of a question's points, as a share of what it can give.

    p = Σ xᵢ / (n · max), from 0 (nobody has a point) to 1 (everybody has all): the *higher*, the easier. For a question
    that gives one point or none it is the share of students who got it right. None where there is nothing to divide.
    """
    return fmean(points) / most if points and most else None


def discrimination(points: Sequence[float], totals: Sequence[float]) -> float | None:
    """Return the corrected item–total correlation.

    r = corr(xᵢ, Tᵢ − xᵢ): Pearson's correlation of a question's points with the points in all the *other* questions
    (point-biserial where the question gives one point or none). With the question itself in the total it would always
    come out too high: S. Henrysson, Correction of item-total correlations in item analysis, Psychometrika 28 (1963).
    None where everybody has the same points in the question, or in all the others.
    """
    rest = [total - own for own, total in zip(points, totals, strict=True)]
    if len(points) < 2:
        return None
    mean, mean_rest = fmean(points), fmean(rest)
    spread = math.sqrt(sum((x - mean) ** 2 for x in points) * sum((t - mean_rest) ** 2 for t in rest))
    if spread < 1e-9:
        return None
    return sum((x - mean) * (t - mean_rest) for x, t in zip(points, rest, strict=True)) / spread
