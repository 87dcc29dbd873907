"""In a lesson that gives credit by attempts, a student sees before Check what a right answer gives now."""

import pytest
from bare_page import BarePage, Kernel
from classroom import LESSON
from playwright.sync_api import expect

from attention_course import Lesson

PLAIN, RULED = f'Lesson(\\"{LESSON}\\")', f'Lesson(\\"{LESSON}\\", credit=[1, 0.75, 0.5], partial=True)'


@pytest.fixture
def credited(in_lab, server, copy):
    """Return a fresh notebook in JupyterLab whose lesson gives credit by attempts and by blanks."""
    path = server.folder / copy("attention-scores")
    text = path.read_text(encoding="utf-8")
    assert text.count(PLAIN) == 1
    path.write_text(text.replace(PLAIN, RULED), encoding="utf-8")
    return in_lab(path.name)


@pytest.fixture
def alone(empty_page, questions):
    """Return a function that shows a question without a front end, in a lesson with a rule, or with none."""

    def shown(name, title, **rule):
        kernel = Kernel(questions[name], credit=Lesson(LESSON, **rule).credit)
        return BarePage(empty_page()).show(kernel).question(title)

    return shown


def test_what_a_right_answer_gives_is_said_before_check_and_changes_after_a_wrong_attempt(credited):
    task = credited.ask("attention-scores").question("Task 1")
    expect(task.left).to_have_text("3 attempts left · a right answer now gives 100% of the points")
    expect(task.check_button).to_have_accessible_description(
        "3 attempts left · a right answer now gives 100% of the points"
    )
    task.check("query")
    expect(task.left).to_have_text("2 attempts left · a right answer now gives 75% of the points")
    expect(task.root).to_contain_text("Not right")
    task.check("key")
    expect(task.left).to_have_text("right at attempt 2 of 3 · this answer gives 75% of the points")
    credited.expect_on_disk(attention_scores=[["query"], ["key"]])
    assert credited.receipt("attention-scores").endswith("✓ Right · this answer gives 75% of the points")


def test_what_is_left_and_what_it_gives_is_announced_with_the_verdict(alone):
    question = alone("purpose", "Question 1", credit=[1, 0.75, 0.5], partial=True)
    question.fill("larger-input").check_button.click()
    expect(question.status).to_contain_text("(2 attempts left · a right answer now gives 75% of the points)")


def test_of_a_task_with_several_blanks_it_is_said_that_each_right_one_counts(alone):
    task = alone("scaled-weights", "Task 4", credit=[1, 0.75, 0.5], partial=True)
    expect(task.left).to_have_text(
        "3 attempts left · a right answer now gives 100% of the points · each right blank counts"
    )
    for picks in ("64", "64"), ("sigmoid", "sigmoid"), ("64", "softmax"):
        task.check(*picks)
    expect(task.left).to_have_text("no attempts left · this answer gives 25% of the points")


def test_in_a_lesson_without_a_rule_nothing_is_said_of_what_an_answer_gives(alone):
    task = alone("scaled-weights", "Task 4")
    expect(task.left).to_have_text("3 attempts left")
    expect(task.check_button).to_have_accessible_description("")
    expect(task.check("64**0.5", "softmax").left).to_have_text("right at attempt 1 of 3")
