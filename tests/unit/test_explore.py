"""Explore: a picture that is moved once its prediction is committed; the state in which it is left is kept."""

import json
import math
import re

import pytest

from attention_course import Explore, Lesson, Predict
from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.answers.making import answer_to
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.explorers.scale import KEYS, QUERIES, slope
from attention_course.exercises.question import Outcome
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.exercises.seal import seal
from attention_course.instructor.release.match_points import _said
from attention_course.instructor.release.seal_keys import sealed
from attention_course.instructor.source.check import check
from attention_course.page import receipt, static_html
from attention_course.page.live_explorer import LiveExplorer

STATE = {"d": 64, "scaled": False, "query": 0}
ASKED = {"prompt": "Move d.", "explorer": "scale", "predict": "guess", "solution": "It sharpens."}


def scale(**changes):
    return Explore("see", "easy", number=1, **{**ASKED, **changes})


def guess():
    return Predict("guess", "easy", number=1, prompt="?", options=["up", "down"], truth="up")


def text(**changes):
    return json.dumps({**STATE, **changes})


def behind(prediction):
    """Return an explorer's answer that waits for a prediction, with what shows it."""
    answer = answer_to(scale())
    answer.others = {"guess": prediction}.get
    answer.follow()
    return answer, LiveExplorer(answer)


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        ([], "has 1 part(s), this one has 0"),
        ([STATE], "is a list of texts"),
        ([""], "no state of the explorer: move something first."),
        (["{"], "no state of the explorer: it is no JSON."),
        (["[" * 1500], "no state of the explorer: it is no JSON."),
        (["[1]"], "no state of the explorer: it is no object."),
        (["{}"], "it has d, scaled and query"),
        ([text(more=1)], "it has d, scaled and query"),
        ([" " * 2001], "it is too long"),
        *(([text(d=d)], "d is a whole number from 1 to 1024") for d in (0, 1025, 1.5, "64", True, None, math.nan)),
        ([text(scaled=1)], "scaled is true or false"),
        *(([text(query=query)], "query is a whole number from 0 to 199") for query in (-1, 200, 0.5, "0", False)),
    ],
)
def test_every_wrong_form_of_a_state_is_refused_with_a_sentence(picks, sentence):
    answer = answer_to(scale())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"explorer": "maze"}, "explorer is one of "),
        ({"explorer": ""}, "explorer is one of "),
        ({"predict": "see"}, "predict is the name of an earlier question"),
        ({"predict": "The guess"}, "predict is the name of an earlier question"),
        ({"start": [1]}, "start is a dict"),
        ({"start": {"d": 0, "scaled": True, "query": 0}}, "start is no state of the explorer 'scale': d is a whole"),
        ({"key": "x"}, "leave key= out and give solution="),
        ({"points": -1}, "points is 0 or more"),
        ({"attempts": None}, "it is answered once"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        scale(**changes)
    assert str(caught.value).startswith("Question 'see': ")


def test_the_last_state_is_kept_and_whoever_goes_on_changes_it():
    answer = answer_to(scale())
    answer.check([text()])
    answer.check([text(d=128)])
    assert (answer.picks, answer.record.tried, answer.record.revision) == ((text(d=128),), 1, 2)
    assert (answer.outcome, answer.points(0)) == (Outcome.COMMITTED, 0)
    again = record.parse("see", answer.record.to_json())
    assert answer_to(scale(), again).picks == (text(d=128),)
    worth_one = answer_to(scale(points=1), again)
    assert worth_one.points(1) == 1


def test_it_is_locked_until_its_prediction_is_committed_and_the_page_is_told_then():
    prediction = Answer(guess())
    answer, live = behind(prediction)
    told = []
    live.watch(lambda changed: told.append(live.state()["waits_for"]))
    assert live.state()["waits_for"] == {"name": "guess", "title": "Prediction 1"}
    with pytest.raises(PicksError, match=r"Commit Prediction 1 first, or skip it\."):
        answer.check([text()])
    prediction.check(["up"])
    assert told == [None]
    live.attempt({"picks": [text()]})
    assert "It sharpens." in live.state()["solution_html"]
    assert (live.state()["outcome"], live.state()["running"]) == ("committed", False)
    assert "● Explored" in live.state()["verdict_html"]


def test_the_prediction_can_be_skipped_which_is_recorded():
    answer, live = behind(Answer(guess()))
    live.show_solution()
    assert (live.state()["waits_for"], live.state()["skipped"]) == (None, True)
    assert answer.record.shown
    assert "It was opened without its prediction." in static_html.answered(answer)
    answer.check([text()])
    assert "It was opened without its prediction." in static_html.answered(answer)
    restored = answer_to(scale(), record.parse("see", answer.record.to_json()))
    assert restored.record.shown
    assert restored.picks == (text(),)


def test_after_the_prediction_there_is_nothing_to_skip():
    prediction = Answer(guess())
    prediction.check(["up"])
    answer, live = behind(prediction)
    live.show_solution()
    assert answer.record.is_empty


def test_without_a_prediction_that_is_asked_it_is_open():
    assert answer_to(scale(predict="")).waits_for is None
    alone = answer_to(scale())
    alone.follow()
    assert alone.waits_for is None


def test_a_lesson_joins_an_explorer_with_its_prediction():
    lesson = Lesson("joined")
    prediction, seen = lesson.ask(guess()), lesson.ask(scale())
    assert isinstance(seen, ExploreAnswer)
    assert seen.waits_for is prediction.question
    prediction.check(["down"])
    assert seen.waits_for is None


def test_whoever_sees_no_page_is_told_how_it_begins():
    begins = "A picture to move, which begins with d = 4, scaled = false, query = 0."
    assert scale().listed() == [begins]


def test_a_sealed_solution_is_told_once_something_was_moved():
    shown = {name: value for name, value in ASKED.items() if name != "solution"}
    hidden = Explore("see", "easy", sealed=seal({"solution": "It sharpens."}), **shown)
    assert "sharpens" not in str(hidden.view())
    assert hidden.judged


def test_the_static_page_and_the_report_show_the_last_state():
    answer = answer_to(scale())
    answer.check([text(d=1024, scaled=True)])
    page = static_html.answered(answer)
    assert "d = 1024, scores divided by √d. Query 1: the largest weight is" in page
    assert '<img src="data:image/png;base64,' in page
    assert 'alt="the weights of one query. key 1: 0.' in page
    assert "● Explored" in page
    assert "<h3>What there was to see</h3>" in page
    assert re.match(r"Explored · \d\d:\d\d", receipt.line(answer))
    report = scale().class_html([(text(),), (text(),), (text(d=1),)], TRUSTED_ONLY)
    assert "(2 students)" in report
    assert "(1 student)" in report


@pytest.mark.parametrize(
    ("d", "scaled", "largest", "moved"),
    [(64, False, 0.86, 0.2), (64, True, 0.32, 0.8), (1, False, 0.27, 0.82), (1024, False, 0.97, 0.04)],
)
def test_the_numbers_of_scale_are_those_of_the_page(d, scaled, largest, moved):
    weights = EXPLORERS["scale"].weights({"d": d, "scaled": scaled, "query": 0})
    assert weights.shape == (QUERIES, KEYS)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert round(float(weights.max(axis=1).mean()), 2) == pytest.approx(largest, abs=0.03)
    assert slope(weights) == pytest.approx(moved, abs=0.05)


def test_the_first_weights_of_scale_are_the_very_same_in_the_page():
    first = EXPLORERS["scale"].weights(STATE)[0]
    assert first[:3] == pytest.approx([0.03171879533887886, 0.1333765697493416, 0.0000029597013425685495], rel=1e-9)


@pytest.mark.parametrize("explorer", EXPLORERS.values())
def test_every_explorer_says_and_draws_its_states(explorer):
    for state in explorer.samples():
        explorer.check(state)
        assert json.loads(json.dumps(state)) == state
        assert explorer.words(state)
        assert explorer.picture(state).alt


SETUP = "from attention_course import Explore, Lesson, Predict\nlesson = Lesson('small')"
GUESS = """answer = lesson.ask(Predict(
    "guess", "easy", number=1, points=0, prompt="?", options=["up", "down"],
    ### BEGIN KEY
    truth="up", solution="So.",
    ### END KEY
))
### BEGIN HIDDEN TESTS
answer.points(0)
### END HIDDEN TESTS"""
SEE = """answer = lesson.ask(Explore(
    "see", "easy", number=1, prompt="Move d.", explorer="scale", predict="guess",
    ### BEGIN KEY
    solution="It sharpens.",
    ### END KEY
))
### BEGIN HIDDEN TESTS
answer.points(0)
### END HIDDEN TESTS"""


def notebook(**sources):
    empty = {"cell_type": "code", "outputs": [], "execution_count": None}
    about = {"grade": True, "locked": True, "points": 0, "schema_version": 3, "solution": False}
    cells = [{**empty, "id": "setup", "source": SETUP, "metadata": {}}]
    for name, source in sources.items():
        cells.append({**empty, "id": name, "source": source, "metadata": {"nbgrader": {**about, "grade_id": name}}})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_the_check_finds_an_explorer_complete_that_stands_below_its_prediction():
    assert check(notebook(guess=GUESS, see=SEE), "small") == []


@pytest.mark.parametrize(
    ("sources", "finding"),
    [
        ({"see": SEE}, "predict= names 'guess', which is no question above that is committed."),
        (
            {"guess": GUESS, "see": SEE.replace('    solution="It sharpens.",\n', "")},
            "it has no solution: add solution=",
        ),
        ({"guess": GUESS.replace('truth="up", ', "").replace('solution="So.",', "")}, "it has no truth: add truth="),
        ({"guess": GUESS.replace('solution="So.",', "")}, "it has no solution: add solution= to the KEY region."),
        ({"guess": GUESS.replace('truth="up"', 'truth="[]"')}, "computes is none of the options: mend truth=."),
        ({"guess": GUESS.replace("answer.points(0)", "1")}, "though none is judged: they end in 1; end them with"),
    ],
)
def test_the_check_says_what_is_missing(sources, finding):
    assert any(finding in said for said in check(notebook(**sources), "small"))


def test_a_release_seals_what_is_shown_afterwards_and_refuses_it_in_sight():
    for source, secret in ((GUESS, "truth"), (SEE, "solution")):
        released = sealed(source, keep=True)
        assert "sealed=" in released
        assert f"{secret}=" not in released
        assert "sealed=" not in sealed(source, keep=False)
    with pytest.raises(QuestionError, match="its KEY region holds no truth=; add it there"):
        sealed(GUESS.replace('truth="up", ', ""), keep=True)
    with pytest.raises(QuestionError, match="truth= would be released; move it into the KEY region"):
        sealed(GUESS.replace('truth="up", ', "truth='up', ").replace("points=0", "points=0, truth='up'"), keep=True)


def test_an_explorer_is_worth_nothing_unless_it_says_so():
    assert _said(SEE)[0] == ("its points= is", 0.0)
    assert _said(GUESS.replace("points=0, ", ""))[0] == ("its points= is", 1.0)
