from datetime import UTC, datetime

from attention_course import Blanks, Choice
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.exercises.credit import rule
from attention_course.page import receipt

NOW = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)


def scaled(**more):
    key = {"key": ["64", "softmax"]} | more
    return Blanks("scaled", "easy", number=4, prompt="?", program="[1]\n[2]", options=["64", "softmax"], **key)


def text(question, *picks, credit=None):
    made = Record()
    for pick in picks:
        made = made.with_attempt(tuple(pick), NOW)
    bundle = receipt.bundle("practice", Answer(question, made, credit=credit))
    return bundle["text/plain"], bundle["text/html"]


def test_an_unanswered_question_says_so():
    assert text(scaled())[0] == "Not answered yet"


def test_a_receipt_says_by_itself_what_was_asked_picked_and_judged():
    plain, html = text(scaled(), ["64", "64"], ["64", "softmax"])
    assert plain == "Recorded · attempt 2 of 3 · 09:41 · Task 4 · 64; softmax · ✓ Right"
    assert "Recorded · attempt 2 of 3 · 09:41<br>Task 4 · 64; softmax · ✓ Right" in html


def test_a_receipt_says_what_a_finished_answer_gives_where_the_lesson_has_a_rule():
    by_attempt = rule([1, 0.75, 0.5], partial=True)
    plain, html = text(scaled(), ["64", "64"], ["64", "softmax"], credit=by_attempt)
    assert plain.endswith("Task 4 · 64; softmax · ✓ Right · this answer gives 75% of the points")
    assert "✓ Right · this answer gives 75% of the points" in html
    assert text(scaled(), ["64", "64"], credit=by_attempt)[0].endswith("64; 64 · ✗ Not right")


def test_a_choice_s_letter_comes_with_its_words_and_nothing_is_taken_for_html():
    question = Choice("purpose", "easy", number=1, prompt="?", options=["to <b>mix</b>", "to sort"], key="B")
    plain, html = text(question, ["A"])
    assert plain.endswith("Question 1 · A, to <b>mix</b> · ✗ Not right")
    assert "A, to &lt;b&gt;mix&lt;/b&gt;" in html


def test_with_the_key_held_back_no_verdict_is_told():
    assert text(scaled(key=None), ["64", "64"])[0].endswith("Task 4 · 64; 64 · ● Recorded")


def test_until_a_page_was_seen_to_show_it_a_receipt_says_what_to_do_where_no_question_is():
    said = receipt.bundle("practice", Answer(scaled()), greeted=False)
    assert said["text/plain"].startswith("No question above? Reload this page and run all cells. If there is none")
    answered = receipt.bundle("practice", Answer(scaled(), Record().with_attempt(("64", "64"), NOW)), greeted=False)
    assert answered["text/plain"].startswith("Recorded"), "who answered has seen it"


def test_the_receipt_of_a_lesson_says_how_much_is_recorded_and_what_is_to_be_noted():
    held = {"scaled": Record().with_attempt(("64", "64"), NOW)}
    said = receipt.lesson_bundle("practice", held, 10, "✗ Outputs are left out.")
    assert said["text/plain"] == "Recorded: answers to 1 of 10 questions. ✗ Outputs are left out."
    assert receipt.lesson_bundle("practice", {}, 0)["text/plain"] == "Nothing is answered yet."
