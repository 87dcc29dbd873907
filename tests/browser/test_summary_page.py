"""The summary is a live place to go on from, and a finished question can be tried again without any record of it."""

import notebook_file
import pytest
from bare_page import BarePage
from legible import faults
from playwright.sync_api import expect
from waiting import until

from attention_course.page.summary_widget import SummaryWidget


@pytest.fixture
def summed(ask):
    """Return a notebook whose summary is shown, with four questions, none of them answered."""
    return ask("attention-scores", "attention-weights", "purpose", "why-scale", "summary")


def summary_of(page):
    return page.summary


def in_sight(locator):
    return locator.evaluate(
        "(node) => { const { top, bottom } = node.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
    )


def test_the_summary_follows_each_check_without_being_run_again(summed):
    said = summary_of(summed)
    expect(said).to_have_role("region")
    expect(said).to_have_accessible_name("Your result")
    expect(said).to_contain_text("0 of 4 right")
    expect(said).to_contain_text("Not answered yet: Task 1, Task 2, Question 1, Question 5")
    expect(said).not_to_contain_text("Look at these again")
    summed.question("Task 1").check("query")
    summed.question("Question 1").check("focus")
    expect(said).to_contain_text("1 of 4 right")
    expect(said).to_contain_text("Not answered yet: Task 2, Question 5")
    expect(said).to_contain_text("Task 1: wrong so far, 2 left")
    expect(said).to_contain_text(f"✓ {summed.name}, as it is on disk, holds every answer you gave: 2 of 4 questions.")
    summed.question("Task 1").check("key")
    expect(said).to_contain_text("Task 1: right at attempt 2; would you know it at once now?")
    expect(said).to_contain_text("2 of 4 right")


def test_each_entry_leads_to_its_exercise_by_click_and_by_enter(summed):
    said = summary_of(summed)
    said.get_by_role("button", name="Task 1").click()
    expect(summed.question("Task 1").blank()).to_be_focused()
    assert in_sight(summed.question("Task 1").check_button)
    assert in_sight(summed.page.get_by_role("paragraph").filter(has_text="computes the attention score")), "its prompt"
    said.get_by_role("button", name="Question 5").focus()
    said.get_by_role("button", name="Question 5").press("Enter")
    expect(summed.question("Question 5").radio("A")).to_be_focused()
    summed.page.keyboard.press("Space")
    expect(summed.question("Question 5").radio("A")).to_be_checked()


def test_after_a_reload_the_summary_is_still_right_and_goes_on_following(ask):
    page = ask("attention-scores", "purpose", "summary")
    page.question("Question 1").check("focus")
    expect(summary_of(page)).to_contain_text("holds every answer you gave: 1 of 2 questions.")
    page.save().load_anew()
    expect(summary_of(page)).to_contain_text("1 of 2 right")
    page.question("Task 1").check("key")
    expect(summary_of(page)).to_contain_text("2 of 2 right")
    expect(summary_of(page)).to_contain_text("holds every answer you gave: 2 of 2 questions.")
    summary_of(page).page.locator(".attention-summary-saved").wait_for(state="hidden")


def test_a_notebook_opened_without_its_kernel_shows_the_summary_as_it_was_last(summed, server):
    page = summed
    page.question("Question 1").check("focus")
    expect(summary_of(page)).to_contain_text("holds every answer you gave: 1 of 4 questions.")
    page.save()
    server.end_kernels()
    page.close()
    page.open()
    kept = page.page.locator(".attention-summary-saved")
    expect(kept).to_be_visible()
    expect(kept).to_contain_text("1 of 4 right")
    expect(kept).to_contain_text("Not answered yet: Task 1, Task 2, Question 5")
    expect(summary_of(page)).to_have_count(0)


def test_the_summary_is_saved_with_what_it_says_and_the_notebook_is_clean_then(summed):
    summed.question("Question 1").check("focus")
    expect(summary_of(summed)).to_contain_text("holds every answer you gave: 1 of 4 questions.")
    said = "as it is on disk, holds every answer you gave: 1 of 4 questions."  # as HTML and as plain text
    until(lambda: summed.path.read_text(encoding="utf-8").count(said) == 2, "the summary is on disk")
    summed.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")


def test_a_finished_question_can_be_practised_and_nothing_of_it_counts(ask):
    page = ask("attention-scores")
    task = page.question("Task 1")
    expect(task.practise_button).to_be_hidden()
    task.check("query")
    expect(task.practise_button).to_be_hidden()
    task.check("key")
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    receipt = page.receipt("attention-scores")
    task.practise_button.press("Enter")
    expect(task.left).to_have_text("practice, nothing of this counts: 3 attempts left")
    expect(task.blank()).to_be_focused()
    task.expect_blanks("")
    expect(task.solution).to_have_count(0)
    task.check("query")
    expect(task.verdict).to_contain_text("its own squared length")
    expect(task.result.get_by_role("img")).to_be_visible()
    task.check("key")
    expect(task.solution).to_contain_text("dot product of a query and a key")
    page.save()
    page.expect_on_disk(attention_scores=[["query"], ["key"]])
    assert page.receipt("attention-scores") == receipt
    expect(task.practise_button).to_have_text("Back to your answer")
    task.practise_button.press("Enter")
    expect(task.left).to_have_text("right at attempt 2 of 3")
    task.expect_blanks("key")
    expect(task.check_button).to_be_disabled()


def test_practice_outlives_a_reload_and_is_left_by_a_restart(ask):
    page = ask("purpose")
    question = page.question("Question 1").check("focus")
    page.expect_on_disk(purpose=[["focus"]])
    question.practise_button.click()
    question.check("shuffle")
    page.save().load_anew()
    expect(question.wait().left).to_have_text("practice, nothing of this counts: 2 attempts left")
    assert notebook_file.in_metadata(page.path) == {"purpose": [["focus"]]}
    page.restart()
    page.ask("purpose")
    expect(question.wait().left).to_have_text("right at attempt 1 of 3")


def test_the_options_of_a_choice_stand_in_the_students_own_order_and_letters_follow(ask):
    page = ask("purpose")
    question = page.question("Question 1")
    letters = question.root.locator(".ac-choice .ac-letter")
    expect(letters).to_have_text(["A", "B", "C", "D"])
    letter = "ABCD"[question.order().index("focus")]
    question.check("focus")
    assert f"Question 1 · {letter}, let the model focus" in page.receipt("purpose")
    orders = set()
    for _ in range(6):
        question.practise_button.click()
        expect(question.left).to_contain_text("practice")
        orders.add(tuple(question.order()))
        expect(letters).to_have_text(["A", "B", "C", "D"])
        question.practise_button.click()
        expect(question.left).to_contain_text("right at attempt 1")
    assert len(orders) > 1
    assert "ABCD"[question.order().index("focus")] == letter


def test_summary_and_practice_meet_wcag_aa(summed):
    summed.question("Task 1").check("key").practise_button.click()
    expect(summed.question("Task 1").left).to_contain_text("practice")
    assert faults(summed.page) == []


def test_a_press_counts_although_the_summary_is_told_anew_before_the_button_comes_up(empty_page):
    """A save that ends, say, tells the summary anew at any moment."""
    entry = '<p>Open: <button data-question="purpose">Question 1</button></p>'
    sit = '<p><button data-sit="1">Sit another form</button></p>'
    told = SummaryWidget("practice", f"<p>1 of 3</p>{sit}{entry}<p>Not saved.</p>", {}, list, list)
    anew = f"<p>2 of 3</p>{sit}{entry}<p>Look at these again.</p><p>Saved.</p>"
    sent = []

    def answer(_number, message):
        sent.append(message["kind"])
        return [("html", anew), ("state", {})] if message["kind"] == "sit" else []

    values = {"html": told.html, "lesson": "practice", "saved_bundle": {}}
    page = empty_page()
    said = summary_of(BarePage(page).render(told, [values], answer))
    said.get_by_role("button", name="Question 1").hover()
    page.mouse.down()
    said.get_by_role("button", name="Sit another form").dispatch_event("click")
    expect(said).to_contain_text("2 of 3Sit another formOpen: Question 1Look at these again.Saved.")
    expect(said).not_to_contain_text("Not saved")
    page.mouse.up()
    expect(said.get_by_role("status")).to_have_text("Question 1 is not on this page: run its cell, or scroll up to it.")
    assert sent == ["look", "sit"]
