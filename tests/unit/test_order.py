"""Order: lines in an order and at a depth, judged by what the program does that they make."""

import re
from random import Random

import pytest

from attention_course import Order
from attention_course.answers.answer import Answer
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.behaviour import alike
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.exercises.seal import seal
from attention_course.instructor.release.option_ids import with_ids
from attention_course.page import fallback, static_html, verdicts

SQUARES = {
    "prompt": "Add up the squares, and count them.",
    "lines": {
        "add": "total = total + [1]",
        "loop": "for n in range(4):",
        "zero": "total = 0",
        "one": "total = 1",
        "count": "count = 4",
        "doubled": "total = 2 * total",
    },
    "choices": {1: ["n * n", "2 * n"]},
    "before": "import math",
    "after": "print(total, count)",
    "results": ["total", "count"],
    "key": """
        total = 0
        count = 4
        for n in range(4):
            total = total + n * n
    """,
    "why_not": {"one": "A sum begins with `nothing`.", "doubled": "Nothing is to be doubled."},
    "solution": "First zero.",
}
KEY = ["0:zero", "0:count", "0:loop", "1:add\tn * n"]
ELSE = "from here on the program does something else than it should."


def squares(**changes):
    return Order("squares", "hard", number=1, **{**SQUARES, **changes})


def test_the_key_is_the_right_program_s_text():
    assert squares().key == KEY
    assert squares().program_with(KEY) == (
        "import math\ntotal = 0\ncount = 4\nfor n in range(4):\n    total = total + n * n\nprint(total, count)"
    )
    assert squares(key=SQUARES["key"].replace("    ", "\t")).key == KEY


@pytest.mark.parametrize(
    "picks",
    [
        KEY,
        ["0:count", "0:zero", "0:loop", "1:add\tn * n"],
        ["0:zero", "0:loop", "1:add\tn * n", "0:count"],
        ["0:zero", "0:loop", "1:count", "1:add\tn * n"],  # set four times to the same
        ["0:one", "0:count", "0:zero", "0:loop", "1:add\tn * n"],  # without an effect
    ],
)
def test_whatever_behaves_like_the_key_is_right(picks):
    assert squares().is_right(picks)


@pytest.mark.parametrize(
    ("picks", "line", "why"),
    [
        (["0:one", "0:count", "0:loop", "1:add\tn * n"], 1, "A sum begins with `nothing`."),
        (["0:zero", "0:count", "0:loop", "1:add\t2 * n"], 4, ELSE),
        (["0:zero", "0:count", "0:loop", "1:add\tn * n", "0:doubled"], 5, "Nothing is to be doubled."),
        (["0:zero", "0:count", "0:loop", "1:add\tn * n", "1:doubled"], 5, "Nothing is to be doubled."),
        (["0:loop", "1:zero", "1:add\tn * n", "0:count"], 1, ELSE),
        (["0:add\tn * n", "0:zero"], 1, "here the program raises NameError: name 'total' is not defined."),
        (["0:loop", "0:zero"], 2, "the line before it opens a block, so this one has to be indented."),
        (["0:zero", "1:count"], 2, "it is indented, and the line before it opens no block."),
        (["0:loop", "2:zero", "1:count"], 3, "it is indented to a depth at which no block is open."),
        (["0:zero", "0:count", "0:loop"], 3, "it opens a block, and nothing stands in it."),
        (["1:zero"], 1, "it is indented, and the line before it opens no block."),
        (["0:count"], 2, "what stands before is right; something is still missing."),
        (["0:zero", "0:loop", "1:add\tn * n"], 4, "what stands before is right; something is still missing."),
    ],
)
def test_the_first_line_that_differs_in_effect_is_named(picks, line, why):
    (mistake,) = squares().why_wrong(picks)
    assert (mistake.part, mistake.why) == (line, why)


def test_a_program_that_python_cannot_read_is_an_attempt_and_says_why():
    answer = Answer(squares())
    answer.check(["0:loop", "0:zero"])
    assert len(answer.record.attempts) == 1
    page = verdicts.verdict_html(answer)
    assert "Line 2, <code>total = 0</code>: the line before it opens a block" in page
    assert "IndentationError" in verdicts.LIVE.last_result(answer)
    answer.check(["0:count"])
    assert "Line 2: what stands before is right; something is still missing." in verdicts.verdict_html(answer)
    assert verdicts.wrong_parts(answer) == [1]


def test_where_nothing_follows_a_block_that_is_the_line_that_opens_it():
    question = squares(after="")
    (mistake,) = question.why_wrong(["0:zero", "0:count", "0:loop"])
    assert (mistake.part, mistake.why) == (3, "it opens a block, and nothing stands in it.")


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (None, "is a list of texts"),
        ("0:zero", "is a list of texts"),
        ([0, "zero"], "is a list of texts"),
        ([], "Put lines into the program, then check."),
        ([""], "Put lines into the program, then check."),
        (["0:zero", ""], "'' was never offered as a line."),
        (["zero"], "'' was never offered as a line."),
        (["0:nothing"], "'nothing' was never offered as a line."),
        (["zero:0"], "'0' was never offered as a line."),
        (["-1:zero"], "A line is indented 0 to 6 times, and not '-1'."),
        (["7:zero"], "A line is indented 0 to 6 times, and not '7'."),
        ([":zero"], "A line is indented 0 to 6 times, and not ''."),
        (["0:zero", "1:zero"], "The line 'zero' is there twice."),
        (["0:add"], "Choose in every blank of the lines"),
        (["0:add\t"], "Choose in every blank of the lines"),
        (["0:add\tn * n\tn * n"], "Choose in every blank of the lines"),
        (["0:add\t__import__('os')"], "was never offered for a blank."),
        (["0:zero\tn * n"], "Choose in every blank of the lines"),
    ],
)
def test_every_wrong_form_of_an_answer_is_refused_with_a_sentence(picks, sentence):
    answer = Answer(squares())
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lines": []}, "there are 2 to 26 lines"),
        ({"lines": ["a = 1"]}, "there are 2 to 26 lines"),
        ({"lines": ["a = 1", "a = 1"]}, "a line is there twice: give lines as a dict"),
        ({"lines": ["a = 1", 3]}, "lines is a list of texts"),
        ({"lines": {"a": "a = 1", "b": " b = 1"}}, "without an indentation"),
        ({"lines": {"a": "a = 1\nb = 1", "b": "b = 1"}}, "is one line without tabs"),
        ({"lines": {"a\t": "a = 1", "b": "b = 1"}}, "is one line without tabs"),
        ({"lines": {**SQUARES["lines"], "x": "while total < 9:"}}, "could make a program that never ends: use for"),
        ({"choices": {1: ["n"]}}, "at least two texts that differ"),
        ({"choices": {1: ["n", "n"]}}, "at least two texts that differ"),
        ({"choices": {0: ["n", "m"]}}, "choices has for each blank's number, 1 to 9"),
        ({"choices": ["n", "m"]}, "choices is a dict from a blank's number"),
        ({"choices": {1: ["n * n", "2 * n"], 2: ["a", "b"]}}, "each blank of choices stands in one line, once"),
        ({"results": "total"}, "results is a list of names"),
        ({"results": [1]}, "results is a list of names"),
        ({"seeds": []}, "seeds is a list of whole numbers"),
        ({"seeds": [True]}, "seeds is a list of whole numbers"),
        ({"before": "("}, "the code before the lines does not parse"),
        ({"before": 3}, "before is a text"),
        ({"key": ["zero", "loop"]}, "the key is the right program's text"),
        ({"key": " "}, "the key is the right program's text"),
        ({"key": "total = 7"}, "of the key 'total = 7' is none of the lines, or is there twice"),
        ({"key": "total = 0\ntotal = 0"}, "of the key 'total = 0' is none of the lines, or is there twice"),
        ({"key": "total = total + 3 * n"}, "is none of the lines"),
        ({"key": "for n in range(4):\n  total = 0"}, "'total = 0' is not indented in steps of 4 spaces"),
        ({"key": "for n in range(4):"}, "the key does not parse"),
        ({"why_not": {"x": "No."}}, "why_not names 'x', which is no line"),
        ({"why_not": {"one": ""}}, "why_not says in a dict, for a line"),
        ({"why_not": ["no"]}, "why_not says in a dict, for a line"),
        ({"solution": {"steps": []}}, "a solution is a text"),
        ({"key": None}, "needs a key"),
        ({"options": ["a"]}, "there is no argument 'options'"),
    ],
)
def test_a_badly_written_question_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        squares(**changes)
    assert str(caught.value).startswith("Question 'squares': ")


def test_an_index_in_a_line_is_no_blank_where_nothing_is_offered_for_it():
    question = squares(lines={**SQUARES["lines"], "first": "first = [3, 4][2]"}, why_not=None)
    assert question.program_with(["0:first"]).split("\n")[1] == "first = [3, 4][2]"


def test_each_student_sees_the_lines_in_an_order_of_chance_which_is_kept():
    question = squares()
    orders = {question.shuffled(Random(seed)).order for seed in range(20)}
    assert len(orders) > 10
    assert all(sorted(order) == sorted(SQUARES["lines"]) for order in orders)
    assert question.order == tuple(SQUARES["lines"]), "the question itself stays as it is"
    answer = Answer(question.shuffled(Random(3)))
    answer.check(["0:zero"])
    assert answer.record.order == answer.question.order == question.shuffled(Random(3)).order
    assert question.reordered(["one", "gone"]).order[0] == "one"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        (
            {"lines": {name: SQUARES["lines"][name] for name in ("zero", "one", "doubled", "count", "loop", "add")}},
            "its lines stand in the right order in lines=: write them in another.",
        ),
        ({"results": ["mean"]}, "its program defines no 'mean': mend results=."),
        (
            {"results": [], "after": ""},
            "its program prints nothing: add results=, the names that an answer is judged by.",
        ),
        (
            {"before": "import os", "after": "t = os.urandom(8)", "results": ["t"]},
            "its program does something else each time: seed it, or take other results=.",
        ),
        ({"after": "1 / 0"}, ""),  # which the check says of every program
    ],
)
def test_the_check_says_what_in_the_question_cannot_be_judged(changes, sentence):
    assert squares(**changes).contradiction() == sentence


def test_without_results_what_is_printed_counts():
    question = squares(results=[])
    assert question.is_right(["0:count", "0:zero", "0:loop", "1:add\tn * n"])
    assert not question.is_right(["0:one", "0:count", "0:loop", "1:add\tn * n"])


def test_a_program_with_random_numbers_is_judged_under_each_seed():
    question = squares(before="import random\nx = random.randint(0, 9)", after="", results=["total", "count", "x"])
    assert question.is_right(["0:count", "0:zero", "0:loop", "1:add\tn * n"])
    lucky = Order(
        "lucky", "easy", prompt="?", lines=["y = x", "y = 0"], before="import random\nx = random.randint(0, 1)",
        results=["y"], seeds=[0, 1, 2, 3], key="y = x", why_not={"y = 0": "No."},
    )  # fmt: skip
    assert not lucky.is_right(["0:y = 0"]), "under one seed alone x is 0"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (0.1 + 0.2, 0.3, True),
        (1, 1.1, False),
        (float("nan"), float("nan"), True),
        ([1, (2, "a")], [1, (2, "a")], True),
        ([1], (1,), False),
        ([1], [1, 2], False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ("a", "a", True),
        ("a", None, False),
        (object(), object(), False),
    ],
)
def test_which_values_are_the_same(one, other, same):
    assert alike(one, other) is same


def test_tensors_are_the_same_up_to_their_last_digits_in_shape_and_kind():
    import torch

    x = torch.randn(3, 4)
    assert alike(x, x + 1e-7)
    assert not alike(x, x + 0.1)
    assert not alike(x, x.double())
    assert not alike(x, x[:, :3])
    assert alike(x > 0, x > 0)
    assert not alike(x.numpy(), x)
    assert alike(x.numpy(), x.numpy().copy())


def test_a_line_that_is_none_of_the_key_s_may_stand_for_one_of_them():
    question = squares(lines={**SQUARES["lines"], "nought": "total = 3 - 3"}, why_not=None)
    assert question.is_right(["0:nought", "0:count", "0:loop", "1:add\tn * n"])
    (mistake,) = question.why_wrong(["0:nought", "0:count", "0:loop", "1:add\t2 * n"])
    assert mistake.part == 4


def test_a_line_in_a_block_is_right_before_what_stands_behind_the_block():
    question = Order(
        "blocks", "easy", prompt="?", results=["a", "b"], solution=".",
        lines={"b2": "b = b + 1", "for2": "for j in range(2):", "for1": "for i in range(3):", "a1": "a = a + 1"},
        before="a = b = 0", key="for i in range(3):\n    a = a + 1\nfor j in range(2):\n    b = b + 1",
    )  # fmt: skip
    assert question.is_right(["0:for2", "1:b2", "0:for1", "1:a1"])
    assert question.is_right(["0:for2", "1:b2", "0:for1", "2:a1"]), "any depth will do within a block"
    (mistake,) = question.why_wrong(["0:for2", "1:b2", "1:for1", "2:a1"])
    assert (mistake.part, mistake.why) == (3, ELSE)


def test_only_programs_of_the_instructor_s_lines_run_where_a_class_is_graded():
    assert Order.trusted
    assert squares().run(KEY, TRUSTED_ONLY)["total"] == 14


def test_samples_are_the_key_and_other_answers_and_all_can_be_given():
    question = squares()
    key, *others = question.samples()
    assert list(key) == KEY
    assert all(question.check_picks(list(picks)) for picks in others)
    assert sum(not question.is_right(picks) for picks in others) >= 4


def test_a_distractor_without_a_reason_is_named_to_the_author():
    assert list(squares(why_not={"one": "No."}).unexplained()) == ["'doubled' is wrong"]
    assert list(squares().unexplained()) == []


def test_a_sealed_or_missing_key_is_no_part_of_what_the_page_is_told():
    hidden = {name: SQUARES[name] for name in ("key", "why_not", "solution")}
    shown = {name: value for name, value in SQUARES.items() if name not in hidden}
    released = Order("squares", "hard", sealed=seal(hidden), **shown)
    assert released.is_right(KEY)
    assert set(released.view()) == {"code_html", "before_html", "after_html", "lines", "deepest", "help"}
    held_back = Order("squares", "hard", **shown)
    answer = Answer(held_back)
    answer.check(["0:zero"])
    assert (answer.outcome.value, held_back.contradiction()) == ("recorded", "")
    with pytest.raises(QuestionError, match="the key is held back"):
        held_back.why_wrong(["0:zero"])


def test_lines_of_a_mere_list_get_ids_which_the_reasons_follow():
    source = 'Order("s", "easy", lines=["x = 1", "x = 2"], key="x = 1", why_not={"x = 2": "No."})'
    with_them = with_ids(source)
    assert with_them == (
        'Order("s", "easy", lines={"x-1": "x = 1", "x-2": "x = 2"}, key="x = 1", why_not={"x-2": "No."})'
    )
    assert with_ids(with_them) == with_them
    made = Order(
        "s", "easy", prompt="?", lines=["x = 1", "x = 2"], key="x = 1", why_not={"x = 2": "No."}, results=["x"]
    )
    assert made.why_wrong(["0:x = 2"])[0].why == "No."


def test_the_page_is_told_each_line_in_pieces_around_its_blanks():
    add = squares().view()["lines"][0]
    assert (add["texts"], add["choices"], add["opens"]) == (["total = total + ", ""], [["n * n", "2 * n"]], False)
    assert squares().view()["lines"][1]["opens"]


def test_the_static_page_shows_the_program_and_what_was_not_used():
    answer = Answer(squares())
    answer.check(["0:one", "0:count", "0:loop", "1:add\tn * n"])
    page = static_html.answered(answer)
    assert "<li><code>total = 0</code> ← not used</li>" in page
    assert "<code>for n in range(4):</code> ↵ → <code>total = total + n * n</code>" in page
    assert "Line 1, <code>total = 1</code>: A sum begins with <code>nothing</code>." in page
    assert "15 4" in page
    assert squares().picked_text(KEY) == "total = 0 ↵ count = 4 ↵ for n in range(4): ↵ → total = total + n * n"


def test_where_no_widget_is_shown_the_lines_are_listed():
    text = fallback.as_text(squares())
    assert "import math\n# your lines\nprint(total, count)" in text
    assert "- total = total + [n * n | 2 * n]\n- for n in range(4):" in text
    assert squares(before="", after="").program_text() == ""


def test_the_worked_solution_shows_the_right_program_and_what_it_does():
    answer = Answer(squares(attempts=1))
    answer.check(["0:zero"])
    page = verdicts.LIVE.solution(answer)
    assert "First zero." in page
    assert "14 4" in page
    assert page.count("ac-code") == 1


def test_the_lines_of_a_program_share_their_class_with_nothing_else() -> None:
    from attention_course.instructor.release.embed_package import PACKAGE

    named = [path.name for path in sorted(PACKAGE.rglob("*.css")) if "ac-built" in path.read_text(encoding="utf-8")]
    assert named == ["order.css"]  # the plots' legend once laid two lines of a program side by side
