"""Answering by mouse, by clicks, by keyboard alone: in JupyterLab, or where that does not matter on a bare page."""

import re

import notebook_file
import pytest
from bare_page import BarePage, Kernel
from dragging import drag
from playwright.sync_api import expect

SHORTCUTS = ["x", "b", "a", "d", "d", "z", "m", "y", "r", "1", "0", "0", "i", "i", "Shift+M", "o", "Delete"]


@pytest.fixture
def alone(empty_page, questions):
    """Return a function that shows a question without a front end, for what the page does by itself."""
    return lambda name, title: BarePage(empty_page()).show(Kernel(questions[name])).question(title)


def test_an_option_is_dragged_into_a_blank_between_blanks_and_out_again(alone):
    task = alone("scaled-weights", "Task 4")
    drag(task.option("softmax"), task.blank(1))
    task.expect_blanks("softmax", "")
    drag(task.blank(1), task.blank(2))
    task.expect_blanks("", "softmax")
    drag(task.option("64"), task.blank(1))
    drag(task.blank(1), task.blank(2))
    task.expect_blanks("softmax", "64")
    drag(task.blank(2), task.bank)
    task.expect_blanks("softmax", "")


def test_two_clicks_fill_a_blank_whichever_comes_first(alone):
    task = alone("scaled-weights", "Task 4")
    task.option("64").click()
    expect(task.option("64")).to_have_attribute("aria-pressed", "true")
    task.blank(1).click()
    task.expect_blanks("64", "")
    task.blank(2).click()
    task.option("sigmoid").click()
    task.expect_blanks("64", "sigmoid")
    task.blank(1).click()
    task.blank(2).click()
    task.expect_blanks("sigmoid", "64")


def test_reset_empties_all_blanks_before_check(alone):
    task = alone("scaled-weights", "Task 4").fill("64", "softmax")
    task.reset_button.click()
    task.expect_blanks("", "")
    expect(task.left).to_have_text("3 attempts left")


def test_a_task_is_answered_by_keyboard_alone(ask):
    page = ask("scaled-weights")
    keyboard = page.page.keyboard
    task = page.question("Task 4")
    task.blank(1).focus()
    keyboard.press("Enter")
    for key in ["Tab", "Tab", "Space"]:  # over the second blank to the first option
        keyboard.press(key)
    task.expect_blanks("64**0.5", "")
    keyboard.press("ArrowRight")
    expect(task.option("64")).to_be_focused()
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    expect(task.blank(2)).to_be_focused()
    keyboard.press("Space")
    task.expect_blanks("64**0.5", "softmax")
    keyboard.press("Delete")
    task.expect_blanks("64**0.5", "")
    keyboard.press("c")  # the option's letter
    task.expect_blanks("64**0.5", "softmax")
    for _ in range(5):  # over four options
        keyboard.press("Tab")
    expect(task.check_button).to_be_focused()
    keyboard.press("Enter")
    expect(task.wait().verdict).to_contain_text("Right")
    assert page.page.evaluate("document.activeElement !== document.body"), "the focus must not be lost"
    page.expect_on_disk(scaled_weights=[["64**0.5", "softmax"]])


def test_a_choice_is_answered_by_keyboard_alone(ask):
    page = ask("purpose")
    keyboard = page.page.keyboard
    question = page.question("Question 1")
    question.radio("A").focus()
    keyboard.press("Space")
    for _ in range(question.order().index("focus")):
        keyboard.press("ArrowDown")
    expect(question.radio("focus")).to_be_checked()
    keyboard.press("Tab")
    keyboard.press("Space")
    expect(question.wait().verdict).to_contain_text("Right")
    page.expect_on_disk(purpose=[["focus"]])


def test_the_notebooks_one_key_shortcuts_do_nothing_while_the_focus_is_in_a_question(ask):
    page = ask("attention-scores", "purpose")
    page.question("Task 1").check("query")
    cells = page.cells()
    for title in ("Task 1", "Question 1"):
        inside = page.question(title).root.locator("[tabindex='0'], button, input, summary")
        for i in range(inside.count()):
            inside.nth(i).focus()
            for key in SHORTCUTS:
                page.page.keyboard.press(key)
    assert page.cells() == cells
    expect(page.page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.question("Task 1").verdict).to_be_visible()


def test_ctrl_s_saves_while_the_focus_is_in_a_question(ask):
    page = ask("attention-scores")
    page.question("Task 1").blank().focus()
    page.page.keyboard.press("Control+s")
    page.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
    assert notebook_file.in_receipts(page.path) == {"attention-scores": []}


def test_a_wrong_answer_says_why_and_a_right_one_shows_the_worked_solution(ask):
    page = ask("attention-scores")
    task = page.question("Task 1")
    task.check("query")
    expect(task.verdict).to_contain_text("Not right")
    expect(task.verdict).to_contain_text("its own squared length")
    expect(task.left).to_have_text("2 attempts left")
    expect(task.solution).to_have_count(0)
    expect(task.status).to_contain_text("output is shown")
    task.check("key")
    expect(task.verdict).to_contain_text("Right")
    expect(task.left).to_have_text("right at attempt 2 of 3")
    expect(task.solution).to_contain_text("dot product of a query and a key")
    expect(task.check_button).to_be_disabled()
    assert page.receipt("attention-scores").startswith("Recorded · attempt 2 of 3 ·")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])


def test_three_wrong_answers_end_a_question_with_its_worked_solution(ask):
    page = ask("why-scale")
    question = page.question("Question 5")
    for pick in "larger-products", "zero-to-one", "fewer-keys":
        question.check(pick)
        expect(question.verdict).to_contain_text("Not right")
    expect(question.left).to_have_text("no attempts left")
    letter = "ABCD"[question.order().index("gradients")]
    expect(question.solution).to_contain_text(f"{letter}: large products give very small gradients")
    expect(question.solution.get_by_role("img")).to_have_accessible_name(re.compile("Softmax of unscaled and scaled"))
    question.radio("gradients").click(force=True)
    expect(question.radio("fewer-keys")).to_be_checked()
    page.expect_on_disk(why_scale=[["larger-products"], ["zero-to-one"], ["fewer-keys"]])


def test_check_without_an_answer_or_with_the_same_again_costs_no_attempt(alone):
    task = alone("attention-scores", "Task 1")
    task.check_button.click(force=True)  # it looks disabled, yet tells why
    expect(task.notice).to_have_text("Fill every blank, then check.")
    task.check("value")
    task.check_button.click(force=True)  # it looks disabled, yet tells why
    expect(task.notice).to_contain_text("change your answer first")
    expect(task.left).to_have_text("2 attempts left")


def test_hint_and_common_mistakes_open_when_wanted(alone):
    task = alone("attention-scores", "Task 1")
    hint = task.root.get_by_text("Which of the two is missing?")
    mistake = task.root.get_by_text("watch the transpose")
    expect(hint).to_be_hidden()
    expect(mistake).to_be_hidden()
    task.root.get_by_text("Hint", exact=True).click()
    expect(hint).to_be_visible()
    task.root.get_by_text("Common mistakes", exact=True).click()
    expect(mistake).to_be_visible()


def test_sigmoid_shows_what_it_raised_and_a_row_that_sums_to_2_56(alone):
    task = alone("attention-weights", "Task 2").check("sigmoid")
    expect(task.result).to_contain_text("TypeError")
    expect(task.result).to_contain_text("Σ 2.56")
    expect(task.result.get_by_role("img")).to_have_accessible_name(re.compile(r"do not sum to 1: .*2\.56"))


def test_64_in_place_of_its_root_shows_weights_that_are_nearly_alike(alone):
    task = alone("scaled-weights", "Task 4").check("64", "softmax")
    expect(task.result).to_contain_text("tensor([[")
    name = task.result.get_by_role("img").get_attribute("aria-label")
    low, high = map(float, re.search(r"Values from (\S+) to (\d\.\d+)", name).groups())
    assert 0.07 < low < high < 0.15
