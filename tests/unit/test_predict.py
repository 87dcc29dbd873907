"""Predict: a sketch that is committed once, never judged, and then seen with the truth over it."""

import re

import pytest
from matplotlib.text import Text

from attention_course import Predict
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.credit import rule
from attention_course.exercises.question import Outcome
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.exercises.seal import seal
from attention_course.instructor.release.option_ids import with_ids
from attention_course.page import receipt, static_html, summary, validation, verdicts
from attention_course.page.live_answer import LiveAnswer
from attention_course.pictures import prediction

BARS = {"prompt": "How large?", "bars": ["the", "cat <b>", 3], "truth": [0.1, 0.7, 0.2], "solution": "Because."}
GRID = {
    "prompt": "Which?",
    "grid": {"rows": ["a", "b"], "columns": ["x", "y", "z"]},
    "painted": "seen",
    "truth": "[[True, False, False], [True, True, False]]",
    "solution": "So.",
}
CHOICE = {"prompt": "What?", "options": ["It `grows`.", "It falls."], "truth": "It falls.", "solution": "So."}


def bars(**changes):
    return Predict("p", "easy", number=1, **{**BARS, **changes})


def grid(**changes):
    return Predict("p", "easy", number=1, **{**GRID, **changes})


def choice(**changes):
    return Predict("p", "easy", number=1, **{**CHOICE, **changes})


def committed(question, *picks):
    answer = Answer(question)
    answer.check(list(picks))
    return answer


@pytest.mark.parametrize(
    ("question", "picks", "sentence"),
    [
        (bars, None, "is a list of texts"),
        (bars, "0.1", "is a list of texts"),
        (bars, [0.1, 0.7, 0.2], "is a list of texts"),
        (bars, ["0.1", "0.7"], "has 3 part(s), this one has 2"),
        (bars, ["", "", ""], "Drag the bars, then commit."),
        (bars, ["0.1", "", "0.1"], "Drag the bars, then commit."),
        (bars, ["0.1", "1.1", "0.1"], "'1.1' is no number from 0 to 1."),
        (bars, ["0.1", "-0.1", "0.1"], "'-0.1' is no number from 0 to 1."),
        *(
            (bars, ["0.1", text, "0.1"], "is no number from 0 to 1.")
            for text in ("nan", "inf", "1e-1", "½", "0,1", " 0")
        ),
        (bars, ["0.1", "0." + "1" * 5000, "0.1"], "is no number from 0 to 1."),
        (grid, ["110", "11"], "'11' is no row of 3 cells, each 0 or 1."),
        (grid, ["110", "11x"], "'11x' is no row"),
        (grid, ["110", "11²"], "is no row"),
        (grid, ["110"], "has 2 part(s), this one has 1"),
        (grid, ["", ""], "Paint the cells, then commit."),
        (choice, [""], "Pick an option, then commit."),
        (choice, ["B"], "'B' was never offered as an option."),
        (choice, ["It falls.", "It falls."], "has 1 part(s), this one has 2"),
    ],
)
def test_every_wrong_form_of_an_answer_is_refused_with_a_sentence(question, picks, sentence):
    answer = Answer(question())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("question", "changes", "sentence"),
    [
        (bars, {"bars": None}, "give one of bars, curve, grid, options, not none"),
        (bars, {"options": ["a", "b"]}, "not bars and options"),
        (bars, {"bars": ["a"]}, "bars is a list of 2 to 12 labels that differ"),
        (bars, {"bars": ["a", "a"]}, "labels that differ"),
        (bars, {"bars": ["a", ""]}, "labels that differ"),
        (bars, {"bars": "ab"}, "labels that differ"),
        (bars, {"bars": list(range(13))}, "labels that differ"),
        (bars, {"least": 1}, "least and most are numbers"),
        (bars, {"most": "1"}, "least and most are numbers"),
        (bars, {"step": 0}, "step is a number above 0"),
        (bars, {"step": 2}, "step is a number above 0"),
        (bars, {"truth": [0.1, 0.7]}, "the truth is no list of 3 numbers, one for each label"),
        (bars, {"truth": [0.1, 0.7, "x"]}, "the truth is no list of 3 numbers"),
        (bars, {"truth": [0.1, 0.7, 1.2]}, "has a number outside of 0 to 1: change least= and most="),
        (bars, {"truth": 0.5}, "truth is a list, an option, or code"),
        (bars, {"truth": "1 +"}, "the truth's code does not parse"),
        (bars, {"truth": None}, "a solution needs a truth"),
        (bars, {"draw": "[[1]]"}, "leave draw= out"),
        (bars, {"attempts": 3}, "it is answered once"),
        (bars, {"points": -1}, "points is 0 or more"),
        (bars, {"points": True}, "points is 0 or more"),
        (bars, {"solution": ["x"]}, "a solution is a text"),
        (bars, {"code": "("}, "the code does not parse"),
        (bars, {"key": [1]}, "nothing in it is right or wrong: leave key= out and give truth="),
        (grid, {"grid": ["a"]}, 'grid is a dict with "rows" and "columns"'),
        (grid, {"grid": {"rows": ["a", "b"], "columns": ["x"]}}, "grid has 2 to 10 columns"),
        (grid, {"truth": [[True, False, False]]}, "the truth is no matrix of 2 rows and 3 columns"),
        (grid, {"truth": [[True, False, 2], [0, 0, 0]]}, "has a cell that is neither True nor False"),
        (grid, {"painted": ""}, "painted says in a word"),
        (choice, {"options": ["a"]}, "options are texts"),
        (choice, {"options": [1, 2]}, "options are texts"),
        (choice, {"options": {"a": "one", "b": "one"}}, "options are texts"),
        (choice, {"truth": ["It grows."]}, "the truth is none of the options"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(question, changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        question(**changes)
    assert str(caught.value).startswith("Question 'p': ")


def test_it_is_committed_once_and_gives_its_points_for_that_whatever_it_says():
    answer = committed(bars(), "1", "1", "1")
    assert (answer.outcome, answer.done, answer.left, answer.mistakes) == (Outcome.COMMITTED, True, 0, [])
    assert (answer.points(1), Answer(bars()).points(1)) == (1, 0)
    with pytest.raises(PicksError, match="no further attempt"):
        answer.check(["0", "0", "0"])
    assert committed(bars(points=0), "1", "1", "1").points(0) == 0
    halved = Answer(bars(), answer.record, credit=rule([0.5], partial=True))
    assert (halved.points(1), halved.worth) == (1, "")


def test_a_record_with_a_second_attempt_counts_as_none():
    twice = tuple(Attempt(("1", "1", "1"), "2026-03-01T09:41:00") for _ in range(2))
    assert "has 2 attempts where 1 are allowed" in Answer(bars(), Record(twice, 2)).problem


def test_nothing_of_the_truth_is_told_before_it_is_committed_and_all_of_it_after():
    live = LiveAnswer(Answer(bars()))
    live.finish()
    assert "revealed" not in live.state()
    assert "0.7" not in str(live.state()) + str(live.answer.question.view())
    assert "Because" not in str(live.state())
    live.attempt({"picks": ["0.5", "0.5", "0.5"]})
    assert live.state()["running"]
    live.finish()
    state = live.state()
    assert state["revealed"] == {"truth": ["0.1", "0.7", "0.2"]}
    assert (state["outcome"], "● Committed" in state["verdict_html"]) == ("committed", True)
    assert "Because." in state["solution_html"]
    assert "<svg" not in state["result_html"], "the page draws it by itself"
    assert "Farthest apart at <strong>the</strong>: you said 0.5, it came out as 0.1." in state["result_html"]


@pytest.mark.parametrize(
    ("question", "picks", "words"),
    [
        (bars(), ("0.1", "0.7", "0.2"), ["You sketched it as it came out: nowhere more than 0.025 apart."]),
        (
            bars(unit="MB"),
            ("0.2", "0.1", "0.2"),
            [
                "On average 0.233 MB apart.",
                "Farthest apart at **cat <b>**: you said 0.1 MB, it came out as 0.7 MB.",
            ],
        ),
        (grid(), ("100", "110"), ["6 of 6 cells are as they came out."]),
        (
            grid(),
            ("011", "111"),
            [
                "2 of 6 cells are as they came out.",
                "You painted 3 that came out otherwise: row **a**, column **y**; row **a**, column **z**; "
                "row **b**, column **z**.",
                "You left out 1: row **a**, column **x**.",
            ],
        ),
        (choice(), ("It falls.",), ["It came out as you predicted: It falls."]),
        (choice(), ("It `grows`.",), ["It came out otherwise: It falls.", "You predicted: It `grows`."]),
    ],
)
def test_the_distance_is_said_in_words(question, picks, words):
    assert question.perform(picks).words == words


@pytest.mark.parametrize(
    ("truth", "found"),
    [
        ("import torch\ntorch.tensor([0.25, 0.5, 0.25])", ("0.25", "0.5", "0.25")),
        ("import numpy\n[numpy.float64(x) for x in (0, 1, 0.3333333)]", ("0", "1", "0.333")),
        ("{'the': 0.2, 'cat <b>': 1, '3': 0}", ("0.2", "1", "0")),
    ],
)
def test_the_truth_may_be_code_whose_last_line_it_is(truth, found):
    assert bars(truth=truth).comes_out(TRUSTED_ONLY) == (found, "")


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        ("1 / 0", "What comes out could not be computed here: ZeroDivisionError: division by zero"),
        ("x = 1", "What the truth's code computes is no list of 3 numbers, one for each label"),
        ("[float('nan')] * 3", "What the truth's code computes is no list of 3 numbers"),
    ],
)
def test_a_truth_that_cannot_be_computed_is_said_and_costs_nobody_anything(truth, sentence):
    question = bars(truth=truth)
    assert sentence in question.contradiction()
    answer = committed(question, "1", "1", "1")
    assert sentence in verdicts.LIVE.last_result(answer).replace("&#x27;", "'")
    assert (answer.points(1), question.revealed(answer.picks)) == (1, {})


def test_a_release_gives_options_ids_and_the_truth_stays_what_it_was():
    source = 'lesson.ask(Predict("p", "easy", prompt="?", options=["It grows.", "It falls."], truth="It falls."))'
    released = with_ids(source)
    assert 'options={"it-grows": "It grows.", "it-falls": "It falls."}' in released
    question = eval(released.removeprefix("lesson.ask(").removesuffix(")"))
    assert question.comes_out() == (("it-falls",), "")


def test_an_option_is_true_by_its_id_or_its_text_and_code_may_compute_it():
    by_id = {"up": "It grows.", "down": "It falls."}
    assert choice(options=by_id, truth="down").comes_out() == (("down",), "")
    assert choice(options=by_id, truth="It falls.").comes_out() == (("down",), "")
    assert choice(options=by_id, truth="'down' if 1 < 2 else 'up'").comes_out() == (("down",), "")


def test_a_sealed_truth_is_no_part_of_what_the_page_is_told_and_a_missing_one_is_waited_for():
    shown = {name: value for name, value in BARS.items() if name not in ("truth", "solution")}
    sealed = Predict("p", "easy", sealed=seal({"truth": [0.1, 0.7, 0.2], "solution": "S."}), **shown)
    assert sealed.comes_out()[0] == ("0.1", "0.7", "0.2")
    held_back = Predict("p", "easy", **shown)
    answer = committed(held_back, "0", "0", "0")
    assert (held_back.judged, answer.outcome, answer.points(1)) == (False, Outcome.COMMITTED, 1)
    assert "What came out is shown after the class is graded." in verdicts.LIVE.last_result(answer)
    assert held_back.contradiction() == ""


def test_the_static_page_shows_the_sketch_with_the_truth_as_a_picture_and_nothing_unsafe():
    page = static_html.answered(committed(bars(), "0.5", "0.5", "0.5"))
    assert "the: 0.5; cat &lt;b&gt;: 0.5; 3: 0.5" in page
    assert '<strong class="ac-committed">● Committed</strong>' in page
    assert "<h3>Your prediction, and what came out</h3>" in page
    assert "cat &lt;b&gt;: predicted 0.5, came out as 0.7" in page
    assert "<b>" not in page
    painted = static_html.answered(committed(grid(), "100", "111"))
    assert "row b: predicted x, y, z, came out x, y." in painted
    chosen = static_html.answered(committed(choice(), "It falls."))
    assert "It falls. <strong>← your prediction</strong>" in chosen
    assert "It came out as you predicted: It falls." in chosen
    assert "○ Not attempted" in static_html.answered(Answer(bars()))
    assert static_html.bundle(Answer(bars()))[static_html.FACTS_MIME]["committed"] is True


@pytest.mark.parametrize("question", [bars(), bars(bars=None, curve=["1", "4", "9"]), grid(), choice()])
def test_every_form_can_be_listed_sampled_drawn_and_reported(question):
    assert len(question.listed()) >= 2
    for picks in question.samples():
        assert question.check_picks(list(picks)) == picks
        assert static_html.answered(committed(question, *picks))
        assert question.why_wrong(picks) == []
    table = question.class_html([*question.samples()], TRUSTED_ONLY)
    assert table.count("<tr>") == 1 + (2 if question.sketch.form in ("grid", "choice") else 3)


def test_a_report_says_what_the_class_predicted():
    assert "<td>0.5</td><td>0</td><td>1</td><td>0.7</td>" in bars().class_html(
        [("0", "0", "0"), ("1", "1", "1")], TRUSTED_ONLY
    )
    assert "<td>50 % ◆</td><td>0 %</td>" in grid().class_html([("000", "000"), ("100", "000")], TRUSTED_ONLY)
    assert '<th scope="row">It falls. ◆</th><td>2</td>' in choice().class_html([("It falls.",)] * 2, TRUSTED_ONLY)


def test_summary_receipt_and_validation_count_it_as_neither_right_nor_wrong():
    done, open_one = committed(bars(), "1", "1", "1"), Answer(choice(points=0))
    said = summary.as_text([done, open_one], "saved")
    assert "0 of 0 right, 1 of 1 points" in said
    assert "Not judged: 1 of 2 committed" in said
    assert "Not answered yet: Prediction 1" in said
    assert re.fullmatch(r"Committed · \d\d:\d\d", receipt.line(done))
    assert validation.complaint([done]) == ""
    assert receipt.bundle("x", done)["text/plain"].endswith("Prediction 1 · the: 1; cat <b>: 1; 3: 1")


def test_the_program_of_a_prediction_cannot_be_run():
    with pytest.raises(TypeError, match="is never judged"):
        committed(bars(), "1", "1", "1").run()


def test_labels_stand_whole_below_the_bars_of_a_static_page_where_there_is_room():
    for labels in (["projections", "scores and sum", "KV-cache"], [f"word {i}" for i in range(12)]):
        drawn = prediction.bars(labels, [0.5] * len(labels), (), 0, 1, joined=False)
        assert set(labels) <= {text.get_text() for text in drawn.figure.findobj(Text)}
    narrow = prediction.bars(["a", "b"], [0, 1], [1, 0], 0, 1, joined=True)
    assert "what came out" in {text.get_text() for text in narrow.figure.findobj(Text)}
