"""Explain: a text that no machine judges, a model answer beside it, and points that its writer ticks."""

import re

import pytest

from attention_course import Explain
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.explain import LONGEST, word_count
from attention_course.exercises.question import Outcome
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.exercises.seal import seal
from attention_course.page import receipt, static_html
from attention_course.page.live_answer import LiveAnswer

ASKED = {
    "prompt": "Why?",
    "words": 3,
    "model": "An average is **one** vector.",
    "points_to_make": ["that `all` are mixed", "that order is lost", "what helps"],
}
TEXT = "All are mixed <b>here</b>."


def why(**changes):
    return Explain("why", "easy", number=1, **{**ASKED, **changes})


def committed(question=None, text=TEXT):
    answer = Answer(question or why())
    answer.check([text, ""])
    return answer


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        ("a text of words", "is a list of texts"),
        ([TEXT], "has 2 part(s), this one has 1"),
        ([TEXT, "", ""], "has 2 part(s), this one has 3"),
        ([TEXT, 1], "is a list of texts"),
        (["", ""], "Write a sentence or two, then commit."),
        (["  \n ", ""], "Write a sentence or two, then commit."),
        (["two words", ""], "Write at least 3 words, then commit: so far there are 2."),
        (["… – !", ""], "Write at least 3 words, then commit: so far there are 0."),
        (["word " * LONGEST, ""], "and an answer takes 3,000 at most."),
        (["three more\0 words", ""], "a sign in it that no file can hold"),
        (["three more \ud83d words", ""], "a sign in it that no file can hold"),
        ([TEXT, "11"], "What is ticked is 0 or 1 for each of 3 points."),
        ([TEXT, "112"], "What is ticked is 0 or 1 for each of 3 points."),
        ([TEXT, "¹¹¹"], "What is ticked is 0 or 1 for each of 3 points."),
        ([TEXT, "<b>"], "What is ticked is 0 or 1 for each of 3 points."),
    ],
)
def test_every_wrong_form_of_an_answer_is_refused_with_a_sentence(picks, sentence):
    answer = Answer(why())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": 0}, "words is a whole number from 1 to 200"),
        ({"words": "8"}, "words is a whole number from 1 to 200"),
        ({"by_hand": 1}, "by_hand is True or False"),
        ({"points_to_make": []}, "points_to_make is a list of 1 to 5 texts"),
        ({"points_to_make": ["a"] * 6}, "points_to_make is a list of 1 to 5 texts"),
        ({"points_to_make": ["a", ""]}, "points_to_make is a list of 1 to 5 texts"),
        ({"model": None}, "needs a model"),
        ({"model": ["x"]}, "model is a text"),
        ({"solution": "x"}, "leave solution= out"),
        ({"key": "x"}, "leave key= out and give model="),
        ({"attempts": 2}, "it is answered once"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        why(**changes)
    assert str(caught.value).startswith("Question 'why': ")


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a b", 2), (" a\n\tb  c ", 3), ("– a –", 1), ("d_k √2 µ", 3)])
def test_a_word_is_what_has_a_letter_or_a_digit(text, count):
    assert word_count(text) == count


def test_a_text_is_committed_once_and_gives_its_points():
    answer = committed()
    assert (answer.outcome, answer.done, answer.points(1)) == (Outcome.COMMITTED, True, 1)
    with pytest.raises(PicksError, match="no further attempt"):
        answer.check(["Another text of words", ""])
    with pytest.raises(PicksError, match="no further attempt"):
        answer.check([TEXT, ""])


def test_points_are_ticked_afterwards_and_kept_in_the_same_attempt():
    answer = committed()
    answer.check([TEXT, "100"])
    answer.check([TEXT, "110"])
    assert (answer.picks, answer.record.tried, answer.record.revision) == ((TEXT, "110"), 1, 3)
    with pytest.raises(PicksError, match="0 or 1 for each of 3"):
        answer.check([TEXT, "1"])
    assert answer.picks == (TEXT, "110")
    again = record.parse("why", answer.record.to_json())
    assert Answer(why(), again).picks == (TEXT, "110")


def test_a_record_with_two_texts_counts_as_none():
    two = tuple(Attempt((text, ""), "2026-03-01T09:41:00") for text in (TEXT, "Another text of words"))
    assert "has 2 attempts where 1 are allowed" in Answer(why(), Record(two, 2)).problem


def test_the_model_answer_is_told_once_the_text_is_committed_and_stays_while_points_are_ticked():
    live = LiveAnswer(Answer(why()))
    told = []
    live.watch(lambda changed: told.append("revealed" in live.state()))
    assert "average" not in str(live.state()) + str(live.answer.question.view())
    live.attempt({"picks": [TEXT, ""]})
    live.attempt({"picks": [TEXT, "001"]})
    live.finish()
    assert told == [True, True]
    state = live.state()
    assert state["revealed"] == {
        "model_html": "<p>An average is <strong>one</strong> vector.</p>",
        "points_html": ["that <code>all</code> are mixed", "that order is lost", "what helps"],
    }
    assert (state["running"], state["result_html"], state["solution_html"]) == (False, "", "")
    live.answer.forget()
    assert "revealed" not in live.state()


def test_a_model_answer_that_is_held_back_is_waited_for():
    shown = {name: value for name, value in ASKED.items() if name in ("prompt", "words")}
    held_back = committed(Explain("why", "easy", **shown))
    assert held_back.question.revealed(held_back.picks) == {}
    with pytest.raises(PicksError):
        held_back.check([TEXT, "1"])
    assert "A model answer is shown after the class is graded." in static_html.answered(held_back)
    sealed = Explain("why", "easy", sealed=seal({"model": "M.", "points_to_make": ["a"]}), **shown)
    assert sealed.judged


def test_the_static_page_shows_the_text_safely_and_the_model_answer_with_what_was_ticked():
    answer = committed(text="First line: all are mixed.\n<script>alert(1)</script>")
    assert "Nothing was ticked" in static_html.answered(answer)
    answer.check([answer.picks[0], "010"])
    page = static_html.answered(answer)
    assert "all are mixed.\n&lt;script&gt;alert(1)&lt;/script&gt;</span>" in page
    assert "<script" not in page
    assert "An average is <strong>one</strong> vector." in page
    assert "<li>☑ yes: that order is lost</li>" in page
    assert "<li>☐ no: what helps</li>" in page
    assert "“First line: all are mixed. &lt;script" in receipt.bundle("x", answer)["text/html"].replace("&quot;", '"')


def test_a_text_that_is_to_be_read_says_so_as_data_once_there_is_one():
    facts = static_html.bundle(committed(why(by_hand=True)))[static_html.FACTS_MIME]
    assert (facts["by_hand"], facts["share"]) == (True, 1)
    for other in (committed(), Answer(why(by_hand=True))):
        assert "by_hand" not in static_html.bundle(other)[static_html.FACTS_MIME]


def test_the_report_groups_texts_by_what_was_ticked_and_shows_them_safely():
    answers = [(TEXT, "110"), ("Two of <i>three</i>", "100"), ("And nothing at all", ""), (TEXT + " x", "110")]
    page = why().class_html(answers, TRUSTED_ONLY)
    assert "3 of 4 say that they said that <code>all</code> are mixed.</li>" in page
    assert "0 of 4 say that they said what helps.</li>" in page
    assert re.findall(r"<summary>(.*?)</summary>", page) == [
        "Ticked: points 1, 2 (2)",
        "Ticked: point 1 (1)",
        "Nothing ticked yet (1)",
    ]
    assert "<i>" not in page


def test_its_samples_are_answers():
    for picks in why().samples():
        assert why().check_picks(list(picks)) == picks
    assert why().listed() == ["In your own words, at least 3 of them."]
