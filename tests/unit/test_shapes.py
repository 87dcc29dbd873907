"""Shapes: the shape of each named tensor of a program, judged by running it."""

import re

import pytest

from attention_course import Shapes
from attention_course.answers.answer import Answer
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.credit import rule
from attention_course.exercises.seal import seal
from attention_course.exercises.shape_text import shape
from attention_course.page import static_html, verdicts

SIZES = {"B": 2, "T": 5, "D": 12, "H": 3, "d": 4}
HEADS = {
    "prompt": "Which shapes?",
    "program": """
        import numpy as np

        x = np.zeros((B, T, D))
        q = x.reshape(B, T, H, d).swapaxes(1, 2)
        mean = q.mean()
    """,
    "sizes": SIZES,
    "tensors": ["x", "q", "mean"],
    "key": ["(B, T, D)", "(B, H, T, d)", "()"],
    "why_not": {"q": {"(B, T, H, d)": "Heads and tokens have changed places."}},
    "solution": "Each head has its own rows.",
}


def heads(**changes):
    return Shapes("heads", "medium", number=1, **{**HEADS, **changes})


@pytest.mark.parametrize(
    ("typed", "axes"),
    [
        ("(B, T, D)", (2, 5, 12)),
        ("B,T,D", (2, 5, 12)),
        ("[B, T, D]", (2, 5, 12)),
        ("(2, 5, 12)", (2, 5, 12)),
        ("(B, 5, H*d)", (2, 5, 12)),
        ("(B, T, H·d)", (2, 5, 12)),
        ("(B, T, H×d)", (2, 5, 12)),
        ("(B*H, T, D/H)", (6, 5, 4)),
        ("(B, T + 1, D // H)", (2, 6, 4)),
        ("(B, T - 1)", (2, 4)),
        ("torch.Size([2, 5])", (2, 5)),
        ("Size(2, 5)", (2, 5)),
        ("(T,)", (5,)),
        ("T", (5,)),
        ("(T)", (5,)),
        ("7", (7,)),
        ("()", ()),
        ("[]", ()),
        ("(B, T, D,)", (2, 5, 12)),
        ("  ( B ,T ) ", (2, 5)),
        ("(0, T)", (0, 5)),
    ],
)
def test_a_shape_is_read_in_symbols_and_in_numbers(typed, axes):
    assert shape(typed, SIZES) == axes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("(b, T)", "'b' is no size here: write B, T, D, H, d or a number."),
        ("(B, Hd)", "'Hd' is no size here: write B, T, D, H, d or a number. A product is written with *."),
        ("(B, 2T)", "is no shape: write it as (B, T, D) or in numbers, as (2, 5, 12)."),
        ("(B, T", "is no shape: write it as (B, T, D)"),
        ("B T D", "is no shape"),
        ("B × T × D", "Put commas between the axes"),
        ("2x5", "is no shape"),
        ("(B, 1.5)", "is no shape"),
        ("(B, -1)", "is no shape"),
        ("(B, T - D)", "T - D is the size of no axis."),
        ("(B, D / T)", "D / T is no whole number."),
        ("(B, D / 0)", "D / 0 is no whole number."),
        ("(B, (T, D))", "is no shape"),
        ("(B, True)", "is no shape"),
        ("('B', 'T')", "is no shape"),
        ("(B, T**2)", "is no shape"),
        ("(B, 9999999999)", "9999999999 is the size of no axis."),
        ("(B, *T)", "is no shape"),
        ("(B, print(T))", "is no shape"),
        ("__import__('os')", "is no shape"),
        ("(B, …)", "is no shape"),
        ("two by five", "is no shape"),
        ("{B, T}", "is no shape"),
        ("(" * 59, "is no shape"),
        ("\x00", "is no shape"),
    ],
)
def test_what_is_no_shape_is_no_attempt(typed, sentence):
    answer = Answer(heads())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(["(B, T, D)", typed, "()"])
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        ("(B, T)", "is a list of texts"),
        ([(2, 5), "q", "()"], "is a list of texts"),
        (["(B, T)"], "has 3 part(s), this one has 1"),
        (["(B, T)", " ", "()"], "Write a shape for q, then check."),
        (["(B, T)", "T" * 61, "()"], "is too long"),
    ],
)
def test_every_wrong_form_of_an_answer_is_refused_with_a_sentence(picks, sentence):
    with pytest.raises(PicksError, match=re.escape(sentence)):
        heads().check_picks(picks)


def test_without_symbols_shapes_are_numbers():
    question = Shapes("n", "easy", prompt="?", program="import numpy\nx = numpy.ones(3)", tensors=["x"], key="(3,)")
    assert question.is_right(["3"])
    with pytest.raises(PicksError, match=re.escape("'B' is no size here: write a number.")):
        question.check_picks(["(B,)"])
    assert question.program_text() == "import numpy\nx = numpy.ones(3)"


def test_the_program_begins_with_the_sizes():
    assert heads().program_text().startswith("B, T, D, H, d = 2, 5, 12, 3, 4\nimport numpy as np\n")


def test_what_the_program_makes_is_right_whatever_the_key_says():
    question = heads(key=["(B, T)", "(B, T, H, T)", "(B,)"], why_not=None)
    assert question.is_right(["(B, T, D)", "(B, H, T, d)", "()"])
    assert not question.is_right(question.key)
    assert question.contradiction() == (
        "its key says '(B, T)' of 'x', but its program makes (B, T, D): mend one of them."
    )


def test_where_the_program_cannot_run_the_key_counts():
    question = heads(program="import a_library_that_is_missing\nx = q = mean = 1")
    assert question.is_right(["(B, T, D)", "(B, H, T, D/H)", "()"])
    assert not question.is_right(["(B, T, D)", "(B, T, H, d)", "()"])
    assert question.contradiction().startswith("its program raises ModuleNotFoundError: ")


def test_a_known_wrong_shape_is_told_why_however_it_is_written():
    (mistake,) = heads().why_wrong(["(B, T, D)", "2, 5, 3, 4", "()"])
    assert mistake == (2, "2, 5, 3, 4", "Heads and tokens have changed places.")
    page = verdicts.reasons_html(heads(), heads().why_wrong(["(B, D, T)", "(B,T,H,d)", "()"]))
    assert "<li>x, <code>(B, D, T)</code>: this is not its shape.</li>" in page


def test_reasons_may_be_given_by_name_or_in_order():
    by_place = heads(key={"mean": "()", "x": "(B, T, D)", "q": "(B, H, T, d)"}, why_not=[{}, {"(B, T)": "No."}, {}])
    assert by_place.key == HEADS["key"]
    assert by_place.why_wrong(["B,T,D", "(B, T)", "()"])[0].why == "No."
    single = Shapes(
        "n", "easy", prompt="?", program="x = 1", tensors=["x"], key="(3,)", why_not={"(1,)": "One."}, solution="."
    )
    assert single.why_not == [{"(1,)": "One."}]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"program": ""}, "a program is missing"),
        ({"program": 3}, "program is a text"),
        ({"program": "x = = 1"}, "the program does not parse"),
        ({"tensors": []}, "tensors is a list of names"),
        ({"tensors": "x"}, "tensors is a list of names"),
        ({"tensors": ["x", "x", "q"]}, "each there once"),
        ({"sizes": {"B": 2, "T": 2, "D": 12}}, "two sizes are the same"),
        ({"sizes": {"B": 0}}, "sizes is a dict from symbols to whole numbers above 0"),
        ({"sizes": {"B": 2.0}}, "sizes is a dict from symbols"),
        ({"sizes": {"B T": 2}}, "sizes is a dict from symbols"),
        ({"sizes": ["B"]}, "sizes is a dict from symbols"),
        ({"key": ["(B, T, D)"]}, "the key needs one shape for each of 3 field(s)"),
        ({"key": ["(B, T, D)", "(Q,)", "()"]}, "the key '(Q,)' cannot be used: 'Q' is no size here"),
        ({"key": [(2, 5), "()", "()"]}, "the key (2, 5) is no text"),
        ({"key": {"x": "(B,)"}}, "key names other tensors than tensors= does"),
        ({"why_not": {"z": {"(B,)": "No."}}}, "why_not names other tensors than tensors= does"),
        ({"why_not": {"q": {"2,3,5,4": "No."}}}, "why_not gives a reason against the key"),
        ({"why_not": [{}]}, "why_not says in a dict, for each of 3 field(s)"),
        ({"why_not": {"q": {"(B,)": ""}}}, "why_not says in a dict"),
        ({"solution": 3}, "a solution is a text"),
        ({"key": None}, "needs a key"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        heads(**changes)
    assert str(caught.value).startswith("Question 'heads': ")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"program": "x = q = mean = 1"}, "its program makes no 'x' that has a shape: mend tensors=, or the program."),
        ({"program": "1 / 0"}, "its program raises ZeroDivisionError: division by zero: mend it."),
    ],
)
def test_the_check_says_where_the_key_is_not_what_the_program_makes(changes, sentence):
    assert heads(**changes).contradiction() == sentence


def test_a_sealed_or_missing_key_is_no_part_of_what_the_page_is_told():
    hidden = {"key": HEADS["key"], "why_not": HEADS["why_not"], "solution": HEADS["solution"]}
    shown = {name: value for name, value in HEADS.items() if name not in hidden}
    released = Shapes("heads", "medium", sealed=seal(hidden), **shown)
    assert released.is_right(HEADS["key"])
    assert "(B, H, T, d)" not in str(released.view())
    assert Shapes("heads", "medium", **shown).contradiction() == ""
    answer = Answer(Shapes("heads", "medium", **shown))
    answer.check(["(B,)", "(B,)", "()"])
    assert answer.outcome.value == "recorded"


def test_samples_are_the_key_and_wrong_shapes_and_all_can_be_given():
    key, *wrong = heads().samples()
    assert list(key) == HEADS["key"]
    assert len(wrong) >= 6
    assert all(heads().check_picks(list(picks)) and not heads().is_right(picks) for picks in wrong)


def test_a_report_counts_the_same_shape_once_and_shows_it_in_symbols():
    assert heads().gathered(["2,5,12", "[2, 3, 5, 24]", "T"]) == ("(B, T, D)", "(B, H, T, 24)", "(T,)")


def test_each_right_shape_gives_its_share_where_the_lesson_says_so():
    assert rule(partial=True).share(heads(), ["(B, T, D)", "(B, H, T, d)", "(B,)"], 1) == pytest.approx(2 / 3)


def test_the_worked_solution_has_each_shape_in_symbols_and_in_numbers():
    answer = Answer(heads(draw="x[0]"))
    answer.check(HEADS["key"])
    page = verdicts.LIVE.solution(answer)
    assert "<li><code>q</code>: <code>(B, H, T, d)</code> = <code>(2, 3, 5, 4)</code></li>" in page
    assert "<li><code>mean</code>: <code>()</code></li>" in page
    assert page.count("<svg") == 1


def test_the_static_page_shows_the_program_and_each_attempt():
    answer = Answer(heads())
    answer.check(["(B, T, D)", "(B, T, H, d)", "()"])
    page = static_html.answered(answer)
    assert "swapaxes" in page
    assert "<code>x</code>: <code>(B, T, D)</code>; <code>q</code>: <code>(B, T, H, d)</code>" in page
    assert heads().picked_text(["B", "T", "()"]) == "x: B; q: T; mean: ()"
    assert heads().listed() == ["x", "q", "mean"]
