"""Card: typed, seen, rated; it comes again after 1, 3, 7 and 21 days, and nothing about it is judged."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from attention_course import Card
from attention_course.answers import answer_code, clock, record
from attention_course.answers.card_answer import CardAnswer
from attention_course.answers.making import answer_to
from attention_course.answers.record import MOST_KEPT, Attempt, Record
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.card import LONGEST
from attention_course.exercises.question import Outcome
from attention_course.exercises.seal import seal
from attention_course.exercises.spacing import WAITS, wait_after
from attention_course.page import receipt, static_html, summary, validation
from attention_course.page.live_card import TO_RATE, LiveCard
from attention_course.page.live_code import live_answer_to

ASKED = {"prompt": "Which shape?", "concept": "scores", "answer": "(T, S), by `q @ k.T`."}
BEGIN = datetime(2026, 11, 28, 9, 41, tzinfo=UTC)


class Days:
    """A calendar whose today can be moved."""

    def __init__(self, monkeypatch):
        self.now = BEGIN
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def go_on(self, days):
        self.now += timedelta(days=days)


@pytest.fixture
def days(monkeypatch):
    return Days(monkeypatch)


def shape(**changes):
    return Card("shape", "easy", number=3, **{**ASKED, **changes})


def reviewed(answer, rating, text="(T, S)"):
    answer.check([text, "", ""])
    answer.check([text, rating, ""])
    return answer


# ---- the kind


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        (["x"], "has 3 part(s), this one has 1"),
        (["x", 1, ""], "is a list of texts"),
        ([" ", "", ""], "Write what you remember, or ? where nothing comes, then look."),
        (["x" * (LONGEST + 1), "", ""], "a card takes 300 at most"),
        (["a\0", "", ""], "a sign in it that no file can hold"),
        (["a \ud83d", "", ""], "a sign in it that no file can hold"),
        (["x", "easy", ""], "due again by now"),
    ],
)
def test_every_wrong_form_of_a_review_is_refused_with_a_sentence(picks, sentence):
    answer = answer_to(shape())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"concept": "weather"}, "concept is one of lookup, scores"),
        ({"points": 1}, "a card gives no points"),
        ({"attempts": 3}, "reviewed as often as it is due"),
        ({"solution": "x"}, "leave solution= out"),
        ({"key": "x"}, "leave key= out and give answer="),
        ({"answer": ["x"]}, "answer is a text"),
        ({"answer": None, "proof": "True"}, "a proof needs an answer"),
        ({"proof": "1 +"}, "the proof does not parse"),
        ({"draw": "1 +"}, "the draw code does not parse"),
    ],
)
def test_a_badly_written_card_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        shape(**changes)
    assert str(caught.value).startswith("Question 'shape': ")


@pytest.mark.parametrize(
    ("proof", "found"),
    [("1 + 1 == 2", ""), ("1 + 1 == 3", "ends in False and not in True"), ("1 / 0", "ends in ZeroDivisionError")],
)
def test_an_author_is_told_where_the_proof_does_not_find_the_answer(proof, found):
    assert found in shape(proof=proof).contradiction()
    assert bool(found) == bool(shape(proof=proof).contradiction())


def test_a_release_holds_the_answer_sealed_even_where_keys_are_held_back_and_never_the_proof():
    assert Card.needed >= {"answer", "draw"}
    assert Card.unreleased == {"proof"}
    asked = {"prompt": "Which?", "concept": "scores"}
    assert Card("shape", "easy", sealed=seal({"answer": "(T, S)"}), **asked).answer == "(T, S)"


# ---- days


@pytest.mark.parametrize(
    ("ratings", "waits"),
    [
        (["good"] * 6, [1, 3, 7, 21, 21, 21]),
        (["hard", "good", "hard", "good", "forgot", "good"], [1, 3, 3, 7, 1, 3]),
        (["forgot", "forgot", "hard"], [1, 1, 1]),
    ],
)
def test_a_card_rests_for_1_3_7_and_21_days_by_its_ratings(ratings, waits, days):
    answer, rested = answer_to(shape()), []
    for rating in ratings:
        reviewed(answer, rating)
        rested.append((answer.due - clock.today()).days)
        days.go_on(rested[-1])
        assert answer.is_due
    assert rested == waits
    assert [each.rating for each in answer.reviews] == ratings
    assert WAITS == (1, 3, 7, 21)
    assert wait_after("good", 5) == 7  # of an old record


def test_it_is_typed_then_seen_then_rated_and_closed_until_the_day_comes(days):
    answer = answer_to(shape())
    assert isinstance(answer, CardAnswer)
    assert (answer.is_due, answer.done, answer.outcome) == (True, False, Outcome.NOT_ATTEMPTED)
    with pytest.raises(PicksError, match="due again"):
        answer.check(["(T, S)", "good", ""])  # the answer was not seen
    answer.check(["(T, S)", "", ""])
    assert (answer.due, answer.is_due, answer.done, answer.outcome) == (None, False, True, Outcome.COMMITTED)
    with pytest.raises(PicksError, match="Rate this card first"):
        answer.check(["another", "", ""])
    with pytest.raises(PicksError, match="finished"):
        answer.check(["another", "good", ""])
    answer.check(["(T, S)", "hard", ""])
    answer.check(["(T, S)", "good", ""])  # changed on the same day: one review
    assert answer.record.tried == 1
    assert answer.due == date(2026, 11, 29)
    with pytest.raises(PicksError, match=r"rated good on 28 November 2026: it comes again on 29 November 2026"):
        answer.check(["(T, S)", "", ""])
    assert answer.points(0) == 0


def test_a_rating_of_an_earlier_day_stays_and_one_that_is_missing_may_come_later(days):
    answer = reviewed(answer_to(shape()), "good")
    days.go_on(1)
    reviewed(answer, "good")
    days.go_on(1)
    assert not answer.may_be_rated
    with pytest.raises(PicksError, match="was rated good on 29 November 2026"):
        answer.check(["(T, S)", "forgot", ""])
    days.go_on(9)
    answer.check(["?", "", ""])
    days.go_on(3)
    assert answer.may_be_rated
    answer.check(["?", "forgot", ""])
    assert answer.due == clock.today() + timedelta(days=1)


def test_nothing_expires(days):
    answer = reviewed(answer_to(shape()), "good")
    days.go_on(400)
    assert answer.is_due
    reviewed(answer, "good")
    assert answer.due == clock.today() + timedelta(days=3)


def test_the_day_is_the_learners_where_the_kernel_has_another_one(monkeypatch):
    monkeypatch.setattr(clock, "_zone", None)
    for junk in (None, True, "60", 10**6, 1.5):
        clock.set_zone(junk)
    assert clock._zone is None
    clock.set_zone(13 * 60)  # Auckland in summer
    assert clock.now().utcoffset() == timedelta(hours=13)
    late = Attempt(("x", "good", "1"), "2026-11-28T23:30:00-08:00")  # 29 November by UTC
    assert answer_to(shape(), Record((late,), 1)).due == date(2026, 11, 29)


# ---- the record


def test_reviews_survive_a_save_and_an_answer_code_and_the_newest_are_kept(days):
    answer = answer_to(shape())
    for _ in range(MOST_KEPT + 5):
        reviewed(answer, "hard", "ü" * LONGEST)
        days.go_on(1)
    assert (len(answer.reviews), answer.record.tried) == (MOST_KEPT, MOST_KEPT + 5)
    again = record.parse("shape", answer.record.to_json())
    assert answer_to(shape(), again).reviews == answer.reviews
    code, left_out = summary.code_of("recall", [answer])
    (held,) = answer_code.found_in(code)
    short = answer_to(shape(), record.parse("shape", held["answers"]["shape"]))
    assert (short.due, short.record.tried, left_out) == (answer.due, MOST_KEPT + 5, [])


@pytest.mark.parametrize(
    "picks",
    [["x", "good", ""], ["x", "", "3"], ["x", "good", "2"], ["x", "good", "999999999"], ["x", "great", "1"], ["x"]],
)
def test_a_record_that_is_none_of_ours_counts_as_no_review(picks):
    answer = answer_to(shape(), Record((Attempt(tuple(picks), "2026-11-28T09:41:00"),), 1))
    assert (answer.picks, answer.is_due) == (None, True)
    assert answer.problem.startswith("The record of 'shape' is no answer to it")


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59+00:00", "2999-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_clock_that_was_wrong_hides_no_card_for_years(at, days):
    answer = answer_to(shape(), Record((Attempt(("x", "good", "21"), at),), 1))
    assert answer.is_due
    live_answer_to(answer).state()
    assert reviewed(answer, "good").due == clock.today() + timedelta(days=21)


# ---- what is shown


def test_the_page_sees_the_answer_only_while_the_card_rests(days):
    live = live_answer_to(answer_to(shape(draw="[[1.0, 0.0], [0.5, 0.5]]")))
    assert isinstance(live, LiveCard)
    assert "(T, S)" not in str(live.state()) + str(live.answer.question.view())
    live.attempt({"picks": ["?", "", ""]})
    state = live.state()
    assert TO_RATE in state["verdict_html"]
    assert state["revealed"]["answer_html"] == "<p>(T, S), by <code>q @ k.T</code>.</p>"
    assert state["revealed"]["ratings"] == [
        {"rating": rating, "then": "tomorrow"} for rating in ("forgot", "hard", "good")
    ]
    live.finish()
    assert "<svg" in live.state()["revealed"]["picture_html"]
    live.attempt({"picks": ["?", "good", ""]})
    assert "Rated good. It comes again tomorrow, on 29 November 2026." in live.state()["verdict_html"]
    assert "<svg" in live.state()["revealed"]["picture_html"]
    days.go_on(1)
    told = []
    live.watch(told.append)
    live.finish()  # a page shows it on the next day
    state = live.state()
    assert told == [True]
    assert (live.picks, state["done"], state["since"]) == (["", "", ""], False, "Reviewed 1 time, due today")
    assert "revealed" not in state
    live.attempt({"picks": ["(T, S)", "", ""]})
    assert [one["then"] for one in live.state()["revealed"]["ratings"]] == ["tomorrow", "tomorrow", "in 3 days"]
    assert live.state()["revealed"]["reviews"] == ["29 November 2026: not rated yet", "28 November 2026: good"]


def test_a_page_of_yesterday_that_rates_is_told_and_shows_the_card_anew(days):
    answer = reviewed(answer_to(shape()), "good")
    days.go_on(1)
    told = []
    answer.watch(lambda: told.append(True))
    with pytest.raises(PicksError, match="due again by now"):
        answer.check(["(T, S)", "hard", ""])
    assert told == [True]


def test_static_pages_and_receipts_show_the_text_safely():
    answer = reviewed(answer_to(shape()), "hard", "<b>x</b>")
    page = static_html.answered(answer)
    assert "&lt;b&gt;x&lt;/b&gt;</span>, rated hard" in page
    assert "(T, S), by <code>q @ k.T</code>." in page
    assert "Reviewed" in page
    assert "“<b>x</b>”, rated hard" in receipt.bundle("recall", answer)["text/plain"]
    assert "1 of 2: good" in shape().class_html([("x", "good", "1"), ("y", "", "")], answer.runner)
    assert "1 of 2: not rated" in shape().class_html([("x", "good", "1"), ("y", "", "")], answer.runner)


def test_a_card_that_was_not_reviewed_is_no_gap_in_a_lesson():
    assert summary.unanswered([answer_to(shape())]) == []
    assert validation.complaint([answer_to(shape())]) == ""


def test_a_lesson_of_cards_alone_says_how_many_were_reviewed_and_nothing_of_points():
    answers = [reviewed(answer_to(shape()), "good"), answer_to(shape())]
    assert summary.as_text(answers, "Saved.") == "Not judged: 1 of 2 reviewed\nSaved."
    assert summary.as_html(answers, "Saved.") == "<p>Not judged: 1 of 2 reviewed.</p><p>Saved.</p>"


def test_its_samples_are_reviews():
    for picks in shape().samples():
        assert shape().check_picks(list(picks)) == picks
