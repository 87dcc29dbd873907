"""Again, in other numbers, by keyboard and as it looks: another question in the place of one that is finished."""

import re

import pytest
from bare_page import BarePage, Kernel
from legible import expect_legible
from playwright.sync_api import expect

from attention_course import Choice
from attention_course.page import again


class Answered(Kernel):
    """The kernel of a question that is answered, which also tells its page of another view."""

    def __init__(self):
        question = Choice(
            "why-scale",
            "hard",
            number=5,
            prompt="Why is the score divided by √d?",
            options=["It looks nice.", "Scores would grow with d."],
            key="B",
            again="scale-medium",
            asked_above=True,
        )
        super().__init__(question, ["B"])
        for name in ("view", "picks"):
            self.widget.observe(lambda change: self._said.append((change.name, change.new)), name)

    def key(self):
        """Return the right answer to what is asked now."""
        return self.widget._practice.answer.question.key[0]


@pytest.fixture
def known_items(monkeypatch):
    monkeypatch.setattr(again, "deck", again.deck.__wrapped__)  # a deck of this test's own


def test_a_finished_question_is_asked_again_in_other_numbers_by_keyboard(empty_page, known_items):
    page, kernel = empty_page(), Answered()
    record = kernel.widget.state["record"]
    bare = BarePage(page).show(kernel)
    question, other = bare.question("Question 5"), bare.question("Question 5, in other numbers")
    question.root.get_by_role("button", name="Again, in other numbers").press("Enter")
    expect(page.get_by_role("heading", name="Question 5, in other numbers")).to_be_focused()
    expect(other.status).to_have_text("Practice: nothing of this counts.")
    expect(other.left).to_have_text("practice, nothing of this counts: 3 attempts left")
    expect(question.root).to_have_count(0)
    page.keyboard.press("Tab")
    expect(other.root.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("0.123")
    other.check_button.press("Enter")
    expect(other.verdict).to_contain_text("Not right")
    other.root.get_by_role("textbox").fill(kernel.key())
    other.check_button.press("Enter")
    expect(other.verdict).to_contain_text("Right")
    expect(other.solution).to_be_visible()
    first = other.root.locator(".ac-prompt").text_content()
    other.root.get_by_role("button", name="Again, in other numbers").press("Enter")
    expect(other.root.locator(".ac-prompt")).not_to_have_text(first)
    expect(other.solution).to_have_count(0)
    expect(page.get_by_role("heading", name="Question 5, in other numbers")).to_be_focused()
    other.root.get_by_role("button", name="Back to your answer").press("Enter")
    expect(question.root.get_by_role("button", name="Again, in other numbers")).to_be_focused()
    expect(question.status).to_have_text(re.compile("^Back to the answer that counts."))
    expect(question.radio("B" if question.order()[1] == "B" else "A")).to_be_checked()
    assert kernel.widget.state["record"] == record


def test_it_is_legible_in_both_themes_and_narrow(empty_page, known_items, look):
    kernel = Answered()
    bare = BarePage(page := empty_page(), **look).show(kernel)
    bare.question("Question 5").root.get_by_role("button", name="Again, in other numbers").click()
    other = bare.question("Question 5, in other numbers")
    expect_legible(page, other)
    other.root.get_by_role("textbox").fill(kernel.key())
    other.check_button.click()
    expect(other.solution).to_be_visible()
    expect_legible(page, other)


def test_a_page_that_is_loaded_anew_shows_the_answer_that_counts(empty_page, known_items):
    kernel = Answered()
    kernel.answer({"kind": "again"})
    assert kernel.widget.view["title"] == "Question 5, in other numbers"
    question = BarePage(empty_page()).show(kernel).question("Question 5")
    expect(question.left).to_have_text("right at attempt 1 of 3")
    assert kernel.widget.state["practising"] is False
