"""The course total: what counts, exactly; and what cannot be configured."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from traitlets.config import Config

from attention_course.errors import TotalError
from attention_course.instructor.totals.class_grades import ClassGrades, GradedLesson, Member, State, Work, sentence
from attention_course.instructor.totals.rules import CourseTotal, Rules
from attention_course.instructor.totals.total import Total, half_up, in_words, totals, written

NOW = datetime(2026, 11, 28, 12)
MOST = {"learn": 14, "practice": 10, "code": 27, "recall": 0}


def a_class(*, due: Mapping[str, datetime] = MappingProxyType({}), **points: dict[str, Any]) -> ClassGrades:
    """Return a class of students with these points by lesson; a State stands for work without points."""
    lessons = [GradedLesson(name, Fraction(most), due.get(name)) for name, most in MOST.items()]
    members = []
    for student, given in points.items():
        works = {name: Work() for name in MOST}
        for name, got in given.items():
            works[name] = Work(got) if isinstance(got, State) else Work(State.GRADED, Fraction(str(got)))
        members.append(Member(student, student, works))
    return ClassGrades(lessons, members)


def rules(whole: ClassGrades, **options: Any) -> Rules:
    return CourseTotal(config=Config({"CourseTotal": options})).rules(whole.lessons)


def percents(whole: ClassGrades, **options: Any) -> dict[str, str]:
    return {student: written(one.percent) for student, one in totals(whole, rules(whole, **options), NOW).items()}


def test_without_weights_a_lesson_counts_by_its_points() -> None:
    whole = a_class(ada={"learn": 7, "practice": 10, "code": 13.5})
    assert percents(whole) == {"ada": written(half_up(Fraction(100 * 61, 2 * 51)))} == {"ada": "59.8"}
    assert rules(whole).weights == {"learn": 14, "practice": 10, "code": 27}  # recall gives no points


def test_weights_may_be_points_or_percent_and_one_that_is_not_named_counts_by_its_points() -> None:
    whole = a_class(ada={"learn": 7, "practice": 10, "code": 0})
    assert percents(whole, weights={"learn": 40, "practice": 20, "code": 40}) == {"ada": "40"}
    assert percents(whole, weights={"code": 0}) == {"ada": written(half_up(Fraction(1700, 24)))} == {"ada": "70.83"}
    assert percents(whole, weights={"learn": 0.1, "practice": 0.2, "code": 0}) == {"ada": "83.33"}


def test_whoever_has_longer_time_and_has_not_handed_in_has_no_zero_yet() -> None:
    whole = a_class(due={"learn": NOW - timedelta(1)}, ada={"practice": 5}, bob={"practice": 5}, eve={"learn": 14})
    for member, hours in zip(whole.members, (1, -1), strict=False):
        member.works["learn"] = Work(until=NOW + timedelta(hours=hours))
    assert percents(whole) == {"ada": "50", "bob": written(half_up(Fraction(500, 24))), "eve": "100"}


@pytest.mark.parametrize(("exact", "told"), [("0.125", "0.13"), ("2.675", "2.68"), ("99.995", "100")])
def test_halves_go_up(exact: str, told: str) -> None:
    assert written(half_up(Fraction(exact))) == told


def test_what_is_not_handed_in_does_not_count_until_the_lesson_is_over() -> None:
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
    graded = {"ada": {"learn": 14, "practice": 5}, "bob": {"practice": 10}}
    assert percents(a_class(**graded))["bob"] == "100"
    assert percents(a_class(due={"learn": tomorrow}, **graded))["bob"] == "100"
    over = percents(a_class(due={"learn": yesterday}, **graded))
    assert over["bob"] == written(half_up(Fraction(1000, 24)))
    assert over["ada"] == written(half_up(Fraction(1900, 24)))
    assert percents(a_class(**graded), closed=["learn"]) == over


def test_a_lesson_that_is_over_but_not_graded_for_anybody_costs_nobody() -> None:
    whole = a_class(due={"code": NOW - timedelta(days=1)}, ada={"learn": 14, "code": State.UNGRADED}, bob={"learn": 7})
    assert percents(whole, closed=["practice"]) == {"ada": "100", "bob": "50"}


def test_what_is_handed_in_and_not_graded_does_not_count() -> None:
    whole = a_class(ada={"learn": 14}, bob={"learn": State.UNGRADED, "practice": 5})
    assert totals(whole, rules(whole, closed=["learn"]), NOW)["bob"] == Total(
        Fraction(50), ("practice",), (), ("learn", "code")
    )


def test_the_lowest_shares_are_dropped_and_one_is_always_left() -> None:
    whole = a_class(ada={"learn": 7, "practice": 6, "code": 27}, bob={"code": 3}, eve={"learn": 0, "practice": 0})
    one = totals(whole, rules(whole, drop_lowest=1), NOW)
    assert one["ada"].dropped == ("learn",)
    assert one["bob"] == Total(half_up(Fraction(300, 27)), ("code",), (), ("learn", "practice"))
    assert one["eve"].dropped == ("learn",)  # of equal ones that which weighs most
    assert totals(whole, rules(whole, drop_lowest=2), NOW)["ada"] == Total(
        Fraction(100), ("code",), ("practice", "learn")[::-1]
    )


def test_whoever_has_nothing_that_counts_has_no_total() -> None:
    assert percents(a_class(ada={}, bob={"recall": 0})) == {"ada": "", "bob": ""}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"weights": {"lern": 1}}, r"weights names 'lern', .* it knows learn, practice, code, recall\."),
        ({"closed": ["lern"]}, r"closed names 'lern'"),
        ({"weights": {"learn": -1}}, "gives learn the weight -1: a weight is 0 or more"),
        ({"weights": {"learn": float("nan")}}, "the weight nan"),
        ({"weights": {"learn": float("inf")}}, "the weight inf"),
        ({"weights": {"recall": 5}}, "gives recall a weight, but it has no points"),
        ({"drop_lowest": -1}, "drop_lowest is -1"),
        ({"drop_lowest": 3}, "drop_lowest is 3, but there is weight in 3 lessons only"),
        ({"drop_lowest": 1, "weights": {"learn": 0, "code": 0}}, "weight in 1 lesson only"),
    ],
)
def test_what_cannot_be_is_one_sentence(options: dict[str, Any], said: str) -> None:
    with pytest.raises(TotalError, match=said):
        rules(a_class(), **options)


@pytest.mark.parametrize(
    "options", [{"weights": {"learn": "40 %"}}, {"weights": 4}, {"drop_lowest": 0.5}, {"weight": {"learn": 1}}]
)
def test_a_value_of_another_kind_ends_the_command_with_one_sentence(
    options: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("total")
    with pytest.raises(SystemExit, match=r"^1$"):
        CourseTotal(config=Config({"CourseTotal": options}), log=log)
    [said] = [record.getMessage() for record in caplog.records]
    assert said.endswith(": see docs/grades.md.")


def test_what_counts_is_said_in_words() -> None:
    whole = a_class(due={"practice": NOW - timedelta(days=1)}, ada={"learn": 14, "practice": 10})
    said = [*in_words(whole, rules(whole, weights={"learn": 40}, drop_lowest=1), NOW)]
    assert "weighed by learn 40, practice 10, code 27." in said[0]
    assert said[1:5] == [
        "Without weight: recall.",
        "Whoever has not handed in, and has no longer time, has 0 points in what is over: practice.",
        "Not handed in does not count, yet, in what is not over: learn, code.",
        "Of each student's lessons that count, the 1 with the lowest share of points is dropped; one is always left.",
    ]


def test_what_is_graded_in_parts_is_said_by_lesson_with_names() -> None:
    whole = a_class(**{f"s{i}": {"learn": State.UNGRADED} for i in range(7)}, ada={"code": State.FAILED})
    whole.strangers.append("zoe")
    assert [sentence(words, students, 2) for words, students in whole.unfinished()] == [
        "learn: 7 handed in and not graded (s0, s1, and 5 more).",
        "code: 1 could not be graded and counted with 0 points (ada).",
        "In submitted/, but not in the gradebook: 1 (zoe).",
    ]
