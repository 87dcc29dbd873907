"""Write: what its author may say, which cell holds an answer, and what is no answer."""

import re

import pytest

from attention_course import Write
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.find_answer import ANOTHER_CELL, LOST, SEVERAL_MARKED, Cell, does_define
from attention_course.exercises.write import MOST_BYTES, key_of

STARTER = (
    'def double(x):\n    """Twice x."""\n    raise NotImplementedError("your code takes the place of this line")\n'
)
GOOD = "def double(x):\n    return x + x"


def write(**changes):
    arguments = {"prompt": "Double it.", "defines": ["double"], "examples": [{"title": "Two", "code": "double(2)"}]}
    return Write("double", "easy", **{**arguments, **changes})


# ---- what an author writes


def test_what_an_answer_may_take_is_the_author_s_to_say():
    assert write().limits == {"seconds": 5, "cpu": 10, "memory": 1 << 30}
    assert write(seconds=30, memory=0.5).limits == {"seconds": 30, "cpu": 60, "memory": 1 << 29}
    assert [write(seconds=seconds).longest_testing for seconds in (1, 5, 30)] == [60, 60, 90]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"defines": []}, "defines is a list of the names that the cell must define"),
        ({"defines": ["a b"]}, "defines is a list of the names"),
        ({"uses": ["Not a name"]}, "uses is a list of the names of earlier questions"),
        ({"uses": ["double"]}, "uses names the question itself"),
        ({"given": "def"}, "the given code does not parse"),
        ({"forbids": {"sum": ""}}, "forbids says of calls"),
        ({"hints": ["a"] * 6}, "hints is a list of at most 5 texts"),
        ({"hints": "think"}, "hints is a list of at most 5 texts"),
        ({"examples": {}}, "examples is a list of dicts"),
        ({"examples": [{"title": "Two"}]}, 'example 1: it is a dict with "title" and "code"'),
        ({"examples": [{"title": "Two", "code": "x = 2"}]}, "example 1: its last line is the call"),
        ({"examples": [{"title": "Two", "code": "double("}]}, "example 1: it does not parse"),
        ({"examples": [{"title": "Two", "code": "double(2)", "draw": "heat"}]}, "draw is one of weights, scores"),
        ({"examples": [{"title": "Two", "code": "double(2)", "draw": "weights", "part": "1 +"}]}, "does not parse"),
        (
            {"examples": [{"title": "Two", "code": "double(2)", "within": "0.01"}]},
            "within is a number from 0 up, not '0.01'",
        ),
        ({"wrong": {"a": {"fails": "b"}}}, "wrong['a'] is a dict with"),
        ({"wrong": {"a": {"fails": "b", "change": ["x"]}}}, "wrong['a'] is a dict with"),
        ({"wrong": {"a": {"fails": "b", "change": ["", "y"]}}}, "wrong['a'] is a dict with"),
        ({"solution": 3}, "solution is a text"),
        ({"starter": 3}, "starter is a text"),
        ({"attempts": 0}, "attempts is a whole number from 1"),
        ({"points": -1}, "points is a positive number"),
        ({"seconds": 0}, "seconds is a number above 0, and at most 60, not 0"),
        ({"seconds": 61}, "seconds is a number above 0, and at most 60, not 61"),
        ({"seconds": "30"}, "seconds is a number above 0, and at most 60, not '30'"),
        ({"seconds": True}, "seconds is a number above 0, and at most 60, not True"),
        ({"seconds": float("nan")}, "seconds is a number above 0, and at most 60, not nan"),
        ({"memory": -1}, "memory is a number above 0, and at most 8, not -1"),
        ({"memory": 1 << 30}, "memory is a number above 0, and at most 8, not 1073741824"),
        ({"sealed": "…", "key": "x = 1"}, "give either the key or sealed"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        write(**changes)
    assert str(caught.value).startswith("Question 'double': ")


def test_a_solution_needs_no_key_beside_it_and_wrong_answers_may_change_it_or_be_whole_cells():
    wrong = {"half": {"fails": "twice", "change": ["x + x", "x / 2"]}, "none": {"fails": "twice", "code": "x = 1"}}
    question = write(solution="Add it to itself.", wrong=wrong, points=2.5)
    assert (question.judged, question.attempts, question.points) == (False, None, 2.5)
    assert question.wrong["half"]["change"] == ["x + x", "x / 2"]
    assert {"key", "solution", "wrong"} == question.hidden
    assert question.unreleased == {"wrong"}


def test_an_example_is_a_function_that_returns_its_last_line():
    (example,) = write(examples=[{"title": "Two", "code": "\n    x = 2\n    double(x)\n  "}]).examples
    names = {}
    exec(f"{GOOD}\n{example.function}", names)
    assert names[example.name]() == 4


def test_the_key_is_the_authors_cell_without_its_marks():
    source = "def double(x):\n    ### BEGIN SOLUTION\n    return x + x\n    ### END SOLUTION\n"
    assert key_of(source) == GOOD


# ---- which cell holds an answer


def found(*cells, recorded=""):
    answer = write(starter=STARTER).find_answer([Cell(*cell) for cell in cells], recorded)
    return answer and (answer.text, answer.remark)


def test_the_marked_cell_is_the_answer():
    assert found(("", "x = 1"), ("double-code", GOOD)) == (GOOD, "")


def test_another_cell_that_defines_the_name_is_said():
    text, remark = found(("double-code", GOOD), ("", "def double(x): 3"))
    assert text == GOOD
    assert "the one above the question counts" in remark


def test_where_the_mark_is_lost_the_last_cell_that_defines_it_counts():
    assert found(("", "def double(x): 1"), ("", GOOD), ("", "double(3)")) == (GOOD, ANOTHER_CELL)


@pytest.mark.parametrize("left", ["", "\n ", STARTER, STARTER.replace("\n", "\n\n")])
def test_where_nobody_worked_on_the_marked_cell_another_one_counts(left):
    assert found(("double-code", left), ("", GOOD)) == (GOOD, ANOTHER_CELL)
    assert found(("double-code", left)) == (left, "")


def test_of_copies_with_the_same_mark_the_last_one_that_was_worked_on_counts():
    assert found(("double-code", "def double(x): 1"), ("double-code", GOOD), ("double-code", "")) == (
        GOOD,
        SEVERAL_MARKED,
    )


def test_a_lost_cell_costs_nothing_that_was_checked():
    assert found(("", "x = 1"), recorded=GOOD) == (GOOD, LOST)
    assert found(("", "x = 1")) is None


def test_a_cell_of_the_lessons_own_is_nobodys_answer():
    assert found(("shown", GOOD, True)) is None


@pytest.mark.parametrize("text", ["def f(x):", "class f:", "async def f():", "f = 1", "x\nf: int = 2", "@no\ndef f():"])
def test_a_definition_is_told_by_its_look(text):
    assert does_define(text, "f")


@pytest.mark.parametrize("text", ["  def f():", "def fg():", "f == 1", "# def f", "f(1)", "", "\0" * 100])
def test_other_texts_define_nothing(text):
    assert not does_define(text, "f")


# ---- what is no answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write your code in the cell above, then check."),
        (" \n\t", "Write your code in the cell above, then check."),
        (STARTER, "The cell above is as it was at the beginning"),
        (f"{GOOD}\0", "The cell has a null byte in it"),
        (f"{GOOD}  # \ud800", "The cell has half a character in it"),
        ("x" * 5_000_000, "The cell has 5,000,000 characters, and an answer takes 30,000 bytes at most"),
        ("ä" * (MOST_BYTES // 2), "The cell has 15,000 characters"),
    ],
)
def test_what_is_no_answer_is_said_in_a_sentence(text, sentence):
    with pytest.raises(PicksError, match=re.escape(sentence)):
        write().check_picks([text])


@pytest.mark.parametrize("picks", [None, "x", [], ["a", "b"], [3], {"a": 1}])
def test_an_answer_is_one_text(picks):
    with pytest.raises(PicksError, match="is one text"):
        write().check_picks(picks)


@pytest.mark.parametrize(
    "text", [STARTER, f"import torch\n\n\n# Write here.\n@no_grad\n{STARTER}", f"class A:\n{STARTER}"]
)
def test_without_a_starter_a_text_of_stubs_alone_is_one(text):
    assert write().untouched(text)


@pytest.mark.parametrize(
    "text",
    [GOOD, f"{STARTER}\n{GOOD}", "def double(x):\n    pass", "raise NotImplementedError; x = 1 if y else 2\nz = 3"],
)
def test_what_does_anything_is_no_starter(text):
    assert not write().untouched(text)


def test_a_starter_that_was_given_is_the_only_one():
    assert write(starter="x = 1").untouched("\nx = 1  \n\n")
    assert not write(starter="x = 1").untouched(STARTER)


# ---- how it is shown


def test_it_is_shown_in_words():
    question = write(key=GOOD, solution="Add it to **itself**.", hints=["One", "Two", "Three"])
    assert question.picked_text([GOOD]) == "double, 2 lines"
    assert "ac-code" in question.picked_html([GOOD])
    assert "itself" in question.solution_html("")
    assert question.program_text() == "# Two\ndouble(2)"
    view = question.view()
    assert len(view["hints_html"]) == 3
    assert "return" not in str(view)
