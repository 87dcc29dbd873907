import json
from datetime import UTC, datetime, timedelta

import pytest
from made_bank import key, made_bank

from attention_course import Lesson
from attention_course.answers import record
from attention_course.answers.drawn import Drawn, Sat
from attention_course.answers.record import Attempt, Record
from attention_course.bank import draw, sittings
from attention_course.bank.live_drawn import LiveDrawn
from attention_course.bank.sitting import Sitting
from attention_course.errors import PicksError, RecordError
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.question import Outcome
from attention_course.page import kept, receipt, summary, verdicts
from attention_course.page.widget import QuestionWidget

BANK = made_bank()
NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)
DRAWN = {"seed": 8123, "sitting": 1, "item": "scores-medium-2"}
ATTEMPT = {"picks": ["3"], "at": NOW.isoformat(), "sure": "think"}


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """No notebook lies here, nothing was answered, and every first sitting is drawn from the seed 8123."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kept, "_lessons", {})
    monkeypatch.setattr(draw, "new_seed", lambda: 8123)
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)


def begun():
    """A sitting with all its questions asked."""
    sitting = Sitting(Lesson("test"), BANK)
    return sitting, [sitting.ask(concept) for concept in CONCEPTS]


def answer_all(answers, sure="think"):
    for answer in answers:
        answer.check(key(answer), sure)


def items(answers):
    return [answer.question.drawn.item for answer in answers]


# ---- the record


def test_what_was_drawn_how_sure_and_earlier_sittings_survive_json():
    first = Record(drawn=Drawn(8123, 0, "scores-easy-1")).with_attempt(("2",), NOW, sure="sure")
    second = first.sitting(Drawn(8123, 1, "scores-medium-2")).with_attempt(("3",), NOW, sure="guess")
    assert record.parse("scores", json.loads(json.dumps(second.to_json()))) == second
    assert second.sat == (Sat(Drawn(8123, 0, "scores-easy-1"), Attempt(("2",), NOW.isoformat(), sure="sure")),)
    assert (second.revision, second.tried) == (3, 1)


def test_records_of_other_lessons_are_written_as_before():
    assert Record().with_attempt(("key",), NOW).to_json() == {
        "revision": 1,
        "attempts": [{"picks": ["key"], "at": NOW.isoformat()}],
    }


@pytest.mark.parametrize(
    "drawn",
    [
        None,
        7,
        "scores-easy-1",
        [],
        {},
        {**DRAWN, "seed": -1},
        {**DRAWN, "seed": 1e9},
        {**DRAWN, "seed": 10**9},
        {**DRAWN, "seed": True},
        {**DRAWN, "sitting": 100},
        {**DRAWN, "sitting": "1"},
        {**DRAWN, "item": 3},
        {**DRAWN, "item": "x" * 101},
        {**DRAWN, "more": 1},
        {"seed": 1, "sitting": 0},
    ],
)
def test_a_record_with_something_else_drawn_is_refused(drawn):
    with pytest.raises(RecordError):
        record.parse("scores", {"revision": 1, "attempts": [], "drawn": drawn})


@pytest.mark.parametrize(
    "sat",
    [
        None,
        {},
        [7],
        [DRAWN],
        [{**DRAWN, **ATTEMPT, "sure": "certain"}],
        [{**DRAWN, **ATTEMPT, "at": "yesterday"}],
        [{**DRAWN, **ATTEMPT, "picks": "3"}],
        [{**DRAWN, **ATTEMPT, "right": True}],
        [{**DRAWN, **ATTEMPT}] * 101,
    ],
)
def test_a_record_with_other_earlier_sittings_is_refused(sat):
    with pytest.raises(RecordError):
        record.parse("scores", {"revision": 1, "attempts": [], "drawn": DRAWN, "sat": sat})


# ---- one sitting


def test_an_answer_needs_to_be_said_how_sure_it_is_and_is_given_once():
    _, answers = begun()
    with pytest.raises(PicksError, match="how sure you are"):
        answers[0].check(["1"])
    answers[0].check(["1"], "guess")
    assert answers[0].record.attempts[0].sure == "guess"
    with pytest.raises(PicksError, match="no further attempt"):
        answers[0].check(["2"], "sure")


def test_nothing_is_told_before_the_last_answer_and_everything_after_it():
    _, answers = begun()
    live = [LiveDrawn(answer) for answer in answers]
    answers[0].check(["9"], "sure")
    answer_all(answers[1:-1])
    for shown in live[:-1]:
        state = shown.state()
        assert state["outcome"] == "recorded"
        assert state["done"]
        assert "told when all are answered" in state["verdict_html"]
        assert (state["result_html"], state["solution_html"], state["wrong_parts"]) == ("", "", [])
        assert shown.answer.share == 0
    assert verdicts.STATIC.solution(answers[0]) == ""
    answers[-1].check(key(answers[-1]), "think")
    assert [answer.outcome for answer in answers] == [Outcome.WRONG] + [Outcome.RIGHT] * 9
    live[0].finish()
    assert "Count on by one." in live[0].state()["solution_html"]
    assert "That is nine." in live[0].state()["verdict_html"]


def test_a_reload_goes_on_with_the_same_ten(monkeypatch):
    _, answers = begun()
    answers[3].check(["1"], "guess")
    asked, stored = items(answers), {"scale": answers[3].record}
    monkeypatch.setattr(kept, "_lessons", {})
    monkeypatch.setattr(draw, "new_seed", lambda: 4711)
    sitting = Sitting(Lesson("test"), BANK)
    after = [sitting.ask(concept) for concept in CONCEPTS]  # other questions: nobody knows the notebook yet
    assert items(after) != asked
    after[3].merge(record.parse("scale", stored["scale"].to_json()))  # the page says what the notebook holds
    assert items(after) == asked
    assert after[3].picks == ("1",)


def test_records_that_are_known_at_once_are_gone_on_with(monkeypatch):
    _, answers = begun()
    answer_all(answers[:4])
    monkeypatch.setattr(draw, "new_seed", lambda: 4711)
    lesson = Lesson("test")
    lesson._records = {answer.question.name: answer.record for answer in answers[:4]}
    sitting = Sitting(lesson, BANK)
    assert items([sitting.ask(concept) for concept in CONCEPTS]) == items(answers)


def test_a_record_whose_item_is_of_another_form_counts_as_no_answer():
    _, answers = begun()
    forged = Record(drawn=Drawn(8123, 0, "scores-hard-1")).with_attempt(("2",), NOW, sure="sure")
    assert not answers[1].merge(forged)
    assert "is no item of its sitting" in answers[1].problem
    assert answers[1].question.drawn.item == "scores-easy-1"


def test_a_record_without_a_sitting_or_with_two_attempts_counts_as_no_answer():
    _, answers = begun()
    assert not answers[1].merge(Record().with_attempt(("2",), NOW))
    twice = Record(drawn=answers[1].drawn).with_attempt(("1",), NOW).with_attempt(("2",), NOW)
    assert not answers[1].merge(twice)


def test_answers_of_two_sittings_never_mix_and_none_is_lost():
    _, answers = begun()
    answers[0].check(["1"], "guess")
    later = datetime.now().astimezone() + timedelta(minutes=1)
    other = Record(drawn=BANK.drawn("scores", (5, 0))).with_attempt(("1",), later, sure="sure")
    answers[1].merge(other)
    assert {answer.drawn.of for answer in answers} == {(5, 0)}
    assert answers[0].picks is None
    assert [one.drawn.of for one in answers[0].record.sat] == [(8123, 0)]


# ---- several sittings


def test_another_form_asks_other_questions_and_keeps_what_was_answered():
    sitting, answers = begun()
    sitting.sit_again()
    assert {answer.drawn.of for answer in answers} == {(8123, 0)}  # not before all are answered
    answer_all(answers)
    first = items(answers)
    sitting.sit_again()
    assert not set(first) & set(items(answers))
    assert {answer.drawn.of for answer in answers} == {(8123, 1)}
    assert [answer.outcome for answer in answers] == [Outcome.NOT_ATTEMPTED] * 10
    assert [one.drawn.item for answer in answers for one in answer.record.sat] == first


def test_what_counts_is_the_latest_complete_sitting_else_what_is_answered():
    sitting, answers = begun()
    answers[0].check(["9"], "think")
    asked = {answer.question.name: answer.record for answer in answers if not answer.record.is_empty}
    assert list(sittings.counting(asked, CONCEPTS)) == ["lookup"]
    answer_all(answers[1:])
    sitting.sit_again()
    answers[1].check(["9"], "sure")
    asked = {answer.question.name: answer.record for answer in answers}
    counted = sittings.counting(asked, CONCEPTS)
    assert {one.drawn.of for one in counted.values()} == {(8123, 0)}
    assert counted["lookup"].attempts[0].picks == ("9",)
    answer_all([answers[0], *answers[2:]])
    asked = {answer.question.name: answer.record for answer in answers}
    assert {one.drawn.of for one in sittings.counting(asked, CONCEPTS).values()} == {(8123, 1)}


def test_at_grading_what_counts_is_asked_and_judged(monkeypatch):
    sitting, answers = begun()
    answer_all(answers)
    asked = items(answers)
    sitting.sit_again()
    stored = {answer.question.name: answer.record for answer in answers}
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(Lesson, "_show_static", lambda self, answer: None)
    lesson = Lesson("test")
    lesson._records = stored
    graded = Sitting(lesson, BANK)
    points = []
    for concept in CONCEPTS:
        answer = graded.ask(concept)
        points.append(answer.points(1))
        assert answer.question.drawn.item in asked
    assert points == [1] * 10


def test_of_a_sitting_that_is_not_complete_grading_judges_what_is_answered(monkeypatch):
    _, answers = begun()
    answers[2].check(key(answers[2]), "sure")
    stored = {"softmax": answers[2].record}
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(Lesson, "_show_static", lambda self, answer: None)
    lesson = Lesson("test")
    lesson._records = stored
    graded = Sitting(lesson, BANK)
    assert [graded.ask(concept).points(1) for concept in CONCEPTS] == [0, 0, 1] + [0] * 7


# ---- the result


def test_the_result_is_told_when_all_are_answered():
    sitting, answers = begun()
    answers[0].check(["9"], "sure")
    answers[1].check(["9"], "guess")
    assert "2 of 10 answered." in sitting.as_text(answers, "Saved.")
    assert "right" not in sitting.as_html(answers, "Saved.")
    answer_all(answers[2:])
    said = sitting.as_text(answers, "Saved.")
    assert said.startswith("8 of 10 right: this pattern is growing.")
    assert "between 49 % and 94 %" in said
    assert said.index("Question 1, sure, and wrong") < said.index("Question 2, look again at the scores (practice")
    assert "you said “think”: 8 of 8 right" in said
    assert "<button" not in sitting.as_html(answers, "Saved.")
    shown = sitting.as_html(answers, "Saved.", summary.leading)
    assert shown.index("Sure, and wrong") < shown.index("Look again at")
    assert 'class="ac-sit"' in shown


def test_a_second_sitting_shows_the_first_one():
    sitting, answers = begun()
    answer_all(answers)
    sitting.sit_again()
    shown = sitting.as_html(answers, "Saved.")
    assert "0 of 10 answered." in shown
    assert "<td>10 of 10</td>" in shown


# ---- on the page


class Around:
    """What a question stands in: a lesson that keeps nothing."""

    lesson, document = "test", None

    def page_says(self, question, page):
        """Take in what the page says of itself."""

    def receipt_of(self, answer):
        return receipt.bundle("test", answer)

    def receipt_of_all(self):
        return {}


def test_a_widget_asks_another_question_in_another_form_and_holds_no_key():
    sitting, answers = begun()
    widget = QuestionWidget(LiveDrawn(answers[1]), Around())
    assert widget.view["sure"] == ["guess", "think", "sure"]
    assert "Of scores, easy: how much is 1 + 1?" in widget.view["prompt_html"]
    message = {"kind": "check", "id": "1", "picks": ["9"], "attempt": 0}
    widget._handle_custom_msg(message, [])
    assert answers[1].picks is None  # nobody has said how sure
    widget._handle_custom_msg({**message, "sure": "sure"}, [])
    assert (widget.state["outcome"], widget.picks, widget.sure) == ("recorded", ["9"], "sure")
    said = json.dumps([widget.view, widget.state])
    assert "That is nine" not in said
    assert "Count on" not in said
    assert "✗" not in said
    answer_all([answers[0], *answers[2:]])
    assert widget.state["outcome"] == "wrong"
    assert "Count on" in widget.state["solution_html"]
    assert not widget.state["running"]
    sitting.sit_again()
    assert "Of scores, medium" in widget.view["prompt_html"]
    assert (widget.state["outcome"], widget.picks, widget.sure) == ("not attempted", [""], "")
