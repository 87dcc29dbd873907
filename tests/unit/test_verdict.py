import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attention_course.bank import verdict
from attention_course.bank.verdict import Calibration, Marked, Marks

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import simulated_learners

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def sitting(right, days=0, form=0):
    return Marks(DAY + timedelta(days=days), form, tuple(Marked("scores", "x", i < right, "think") for i in range(10)))


@pytest.mark.parametrize(
    ("right", "low", "high"), [(5, 24, 76), (6, 31, 83), (7, 40, 89), (8, 49, 94), (9, 60, 98), (10, 72, 100)]
)
def test_wilsons_interval_is_that_of_the_table(right, low, high):
    assert [round(100 * share) for share in verdict.interval(right, 10)] == [low, high]


def test_eighteen_of_twenty_lie_between_70_and_97_per_cent():
    assert [round(100 * share) for share in verdict.interval(18, 20)] == [70, 97]


def test_ten_answers_are_weak_growing_or_probably_strong():
    assert [verdict.strength(right) for right in (0, 5, 6, 8, 9, 10)] == [
        "weak",
        "weak",
        "growing",
        "growing",
        "probably strong",
        "probably strong",
    ]


@pytest.mark.parametrize(
    ("sat", "said"),
    [
        ([sitting(10)], "probably strong"),
        ([sitting(9), sitting(9, days=7, form=1)], "strong"),
        ([sitting(9), sitting(9, days=6, form=1)], "probably strong"),
        ([sitting(9), sitting(9, days=7, form=0)], "probably strong"),  # the same form
        ([sitting(8), sitting(9, days=7, form=1)], "probably strong"),
        ([sitting(8), sitting(10, days=7, form=1)], "strong"),
        ([sitting(10), sitting(9, days=1, form=1), sitting(9, days=8, form=2)], "strong"),
        ([sitting(10), sitting(10, days=7, form=1), sitting(6, days=8, form=2)], "growing"),
    ],
)
def test_strong_is_said_after_another_form_a_week_later(sat, said):
    assert verdict.said(sat) == said


def test_the_sequential_test_stops_when_it_is_sure_enough():
    assert verdict.sequential([True] * 20) == verdict.Stopped("strong", 7)
    assert verdict.sequential([False] * 20) == verdict.Stopped("not strong", 3)
    assert verdict.sequential([True] * 6) == verdict.Stopped("open", 6)
    assert verdict.sequential([True, True, True, False] * 5).verdict == "undecided"
    assert verdict.sequential([]) == verdict.Stopped("open", 0)


def test_to_ask_on_goes_on_from_a_sitting_that_left_it_open():
    assert verdict.ask_on([sitting(10)]) == verdict.Stopped("strong", 7)
    assert verdict.ask_on([sitting(9)]) == verdict.Stopped("strong", 7)  # the wrong one is the last
    left_open = sitting(6)
    assert verdict.ask_on([left_open]).verdict == "open"
    assert verdict.ask_on([left_open, sitting(0)]).after > 10
    assert verdict.ask_on([sitting(10), left_open]) == verdict.ask_on([left_open])  # it had ended before


def test_answers_are_gathered_by_how_sure_they_were():
    answers = [Marked("a", "x", True, "sure"), Marked("b", "y", False, "sure"), Marked("c", "z", True, "guess")]
    assert verdict.calibration(answers) == [Calibration("guess", 1, 1), Calibration("sure", 1, 2)]
    assert [one.concept for one in verdict.look_again([*answers, Marked("d", "w", False, "guess")])] == ["b", "d"]


def test_simulated_learners_are_told_what_the_table_says():
    middling, strong = simulated_learners.simulate(0.7, 2000), simulated_learners.simulate(0.9, 2000)
    weak = simulated_learners.simulate(0.6, 2000)
    near = pytest.approx  # two thousand learners: four standard errors
    assert middling.ten["probably strong"] == near(0.149, abs=0.032)
    assert middling.strong == near(0.035, abs=0.017)
    assert strong.ten["probably strong"] == near(0.736, abs=0.04)
    assert strong.strong == near(0.677, abs=0.042)
    assert strong.asked_on == near(0.92, abs=0.025)
    assert strong.items == near(10.4, abs=0.4)
    assert weak.asked_on == near(0.07, abs=0.024)
