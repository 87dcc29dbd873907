import pytest

from attention_course import Blanks
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.page.progress import RULE, Pattern, by_difficulty


def answer(difficulty, *picks):
    question = Blanks("q", difficulty, prompt="?", program="[1]", options=["x", "y"], key=["x"])
    return Answer(question, Record(tuple(Attempt((pick,), "2026-03-01T09:41:00") for pick in picks), len(picks)))


@pytest.mark.parametrize(
    ("asked", "right", "at_once", "attempted", "strength"),
    [
        (4, 4, 4, 4, "strong"),
        (4, 4, 2, 4, "strong"),
        (4, 4, 1, 4, "growing"),
        (1, 1, 0, 1, "growing"),
        (4, 3, 3, 4, "growing"),
        (4, 2, 0, 2, "growing"),
        (4, 1, 1, 4, "weak"),
        (4, 0, 0, 1, "weak"),
        (4, 0, 0, 0, "not started"),
    ],
)
def test_how_strong_a_pattern_is_follows_the_rule(asked, right, at_once, attempted, strength):
    assert Pattern("hard", asked, right, at_once, attempted).strength == strength


def test_the_rule_names_each_strength():
    assert all(word in RULE for word in ("strong", "growing", "weak"))


def test_patterns_come_from_easy_to_hard_and_only_where_something_was_asked():
    patterns = by_difficulty([answer("hard", "x"), answer("easy", "y"), answer("hard", "y", "x"), answer("hard")])
    assert patterns == [Pattern("easy", 1, 0, 0, 1), Pattern("hard", 3, 2, 1, 2)]


def test_nothing_asked_makes_no_pattern():
    assert by_difficulty([]) == []
