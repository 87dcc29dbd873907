"""One student's total: which lessons count, and what they come to, computed with fractions and rounded once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import floor

from attention_course.instructor.formatting import number
from attention_course.instructor.totals.class_grades import ClassGrades, GradedLesson, Member, State, Work
from attention_course.instructor.totals.rules import Rules


@dataclass(frozen=True)
class Total:
    """What a student has, in percent of what counts; None where nothing counts yet."""

    percent: Fraction | None  # with two decimals
    counted: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()  # lessons that will count, once they are graded, handed in, or due


def totals(whole: ClassGrades, rules: Rules, now: datetime) -> dict[str, Total]:
    """Return each student's total, by id; `now` is a time in UTC that does not say so, as the gradebook's are."""
    over = {lesson.name: is_over(lesson, whole, rules, now) for lesson in whole.lessons}
    return {member.id: total(member, whole.lessons, rules, over, now) for member in whole.members}


def is_over(lesson: GradedLesson, whole: ClassGrades, rules: Rules, now: datetime) -> bool:
    """Does a lesson count with no points for those who have not handed it in?

    It does once it is closed, or its due date has passed, and somebody's work is graded.
    """
    return whole.begun(lesson.name) and (lesson.name in rules.closed or bool(lesson.due and lesson.due < now))


def total(member: Member, lessons: list[GradedLesson], rules: Rules, over: dict[str, bool], now: datetime) -> Total:
    """Return a student's total: 100 · Σ wᵢ · xᵢ / mᵢ / Σ wᵢ, over the lessons that count."""
    most = {lesson.name: lesson.points for lesson in lessons}
    shares: dict[str, Fraction] = {}
    waiting = []
    for name in rules.weights:
        points = counting(member.works[name], over[name], now)
        if points is None:
            waiting.append(name)
        else:
            shares[name] = points / most[name]
    dropped = _lowest(shares, rules)
    counted = [name for name in shares if name not in dropped]
    if not counted:
        return Total(None, waiting=tuple(waiting))
    weight = sum((rules.weights[name] for name in counted), Fraction(0))
    got = sum((rules.weights[name] * shares[name] for name in counted), Fraction(0)) / weight
    return Total(half_up(100 * got), tuple(counted), dropped, tuple(waiting))


def counting(work: Work, over: bool, now: datetime) -> Fraction | None:
    """Return the points with which a student's work counts, None where it does not, or not yet."""
    has_time = work.until is not None and work.until > now
    return Fraction(0) if work.state is State.MISSING and over and not has_time else work.points


def _lowest(shares: dict[str, Fraction], rules: Rules) -> tuple[str, ...]:
    """Return the lessons with the lowest shares, of equal ones those that weigh most; one is always left."""
    order = sorted(shares, key=lambda name: (shares[name], -rules.weights[name]))
    return tuple(order[: max(0, min(rules.drop_lowest, len(order) - 1))])


def half_up(value: Fraction) -> Fraction:
    """Return a number of 0 or more with two decimals, rounded as people do: 0.125 is 0.13."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def written(percent: Fraction | None) -> str:
    """Return a total as it is written, "" where there is none."""
    return "" if percent is None else number(float(percent))


def in_words(whole: ClassGrades, rules: Rules, now: datetime) -> Iterator[str]:
    """Yield what counts, and how, in sentences that stand below every table of totals."""
    weights = [f"{name} {float(weight):g}" for name, weight in rules.weights.items()]
    yield (
        f"The total is in percent of what counts: each lesson’s share of its points, weighed by {', '.join(weights)}."
        if weights
        else "No lesson has points, so there is no total."
    )
    if never := [lesson.name for lesson in whole.lessons if lesson.name not in rules.weights]:
        yield f"Without weight: {', '.join(never)}."
    over = [lesson.name for lesson in whole.lessons if is_over(lesson, whole, rules, now)]
    if counted := [name for name in over if name in rules.weights]:
        yield (
            f"Whoever has not handed in, and has no longer time, has 0 points in what is over: {', '.join(counted)}."
        )
    if open_yet := [name for name in rules.weights if name not in over]:
        yield f"Not handed in does not count, yet, in what is not over: {', '.join(open_yet)}."
    if rules.drop_lowest:
        yield (
            f"Of each student's lessons that count, the {rules.drop_lowest} with the lowest share of points "
            f"{'is' if rules.drop_lowest == 1 else 'are'} dropped; one is always left."
        )
    yield (
        "What is handed in and not graded counts in no total. Points are rounded to two decimals first, less what was "
        "taken off for being late; the total is rounded once, and halves go up."
    )
