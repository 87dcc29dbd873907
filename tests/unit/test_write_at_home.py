"""Write at home: the examples run over what the student wrote, and what came is said."""

import math

import numpy as np
import pytest
import torch

from attention_course import Write
from attention_course.answers import mine, trying
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.making import answer_to
from attention_course.errors import LessonError, NotAnswered, PicksError, StudentError
from attention_course.exercises.comparing import difference, shown
from attention_course.exercises.find_answer import Found
from attention_course.exercises.question import Outcome
from attention_course.exercises.tried import Seen
from attention_course.student_code.limits import MOST_PRINTED

KEY = "def double(x):\n    return x + x"
EXAMPLES = [{"title": "Two", "code": "double(2)"}, {"title": "A tensor", "code": "double(torch.ones(2, 3))"}]


def answer(**changes):
    arguments = {"prompt": "Double it.", "defines": ["double"], "examples": EXAMPLES, "given": "import torch"}
    made = answer_to(Write("double", "easy", number=1, **{**arguments, "key": KEY, **changes}))
    assert isinstance(made, CodeAnswer)
    return made


def tried(text, more=False, **changes):
    return answer(**changes).try_out(Found(text), more=more)


def trouble(text, **changes):
    came = tried(text, **changes)
    assert came.trouble
    assert not came.seen
    return came.trouble


# ---- examples


def test_right_code_is_right_so_far():
    made = answer()
    came = made.try_out(Found("def double(x):\n    return 2 * x"))
    assert [seen.passed for seen in came.seen] == [True, True]
    assert (made.outcome, made.so_far, made.share, made.done) == (Outcome.RIGHT, True, 1, False)
    assert made.record.attempts[-1].result == {"examples": (True, True)}


def test_wrong_code_is_wrong_and_the_shapes_are_said_first():
    made = answer()
    came = made.try_out(Found("def double(x):\n    return (2 * x).T if hasattr(x, 'T') else 2 * x"))
    assert [seen.passed for seen in came.seen] == [True, False]
    assert came.seen[1].differs == "shape (3, 2), expected (2, 3)"
    assert (made.outcome, made.share) == (Outcome.WRONG, 0)


def test_an_error_is_said_with_its_line_in_the_students_cell():
    came = tried("def helper(x):\n    return x / 0\n\ndef double(x):\n    return helper(x)", examples=EXAMPLES[:1])
    error = came.seen[0].came.error
    assert (error.kind, error.line, error.code) == ("ZeroDivisionError", 2, "return x / 0")
    assert came.seen[0].passed is False


def test_an_error_outside_of_the_students_cell_has_no_line_of_it():
    failing = {"title": "Of the example", "code": "helped = 1\ndouble(2)[0]"}
    error = tried("def double(x):\n    return 2 * x", examples=[failing]).seen[0].came.error
    assert (error.kind, error.line, error.code) == ("TypeError", None, "")


def test_what_is_printed_is_kept_and_gigabytes_are_not():
    came = tried("def double(x):\n    print('x' * 10**6)\n    return x + x", examples=EXAMPLES[:1])
    printed = came.seen[0].came.call.printed
    assert len(printed) < MOST_PRINTED + 100
    assert "characters more" in printed
    assert came.seen[0].passed


def test_a_loop_that_does_not_end_is_stopped_and_the_next_example_runs():
    text = "def double(x):\n    while x == 2 if isinstance(x, int) else False:\n        pass\n    return x + x"
    came = tried(text, seconds=0.2)
    assert came.seen[0].came.error.cause == "too slow"
    assert came.seen[1].passed


def test_after_two_loops_no_further_example_runs():
    came = tried("def double(x):\n    while True:\n        pass", examples=EXAMPLES[:1] * 3, seconds=0.1)
    assert [str(seen.came.error) for seen in came.seen][2] == "it was not run, because those before it were stopped"


def test_the_students_own_names_in_the_kernel_are_neither_used_nor_changed():
    came = tried("def double(x):\n    return scale * x", examples=EXAMPLES[:1])
    assert came.seen[0].came.error.kind == "NameError"


def test_code_that_changes_torch_for_itself_changes_what_is_expected_for_nobody():
    came = tried("import builtins\n\nclass double(int):\n    def __eq__(self, other):\n        return True")
    assert came.seen[0].passed is False


def test_with_the_key_held_back_what_comes_is_shown_and_nothing_is_judged():
    made = answer(key=None)
    came = made.try_out(Found("def double(x):\n    return x"))
    assert [seen.passed for seen in came.seen] == [None, None]
    assert (made.outcome, made.share) == (Outcome.RECORDED, 0)
    assert made.record.attempts[-1].result == {}


def test_in_an_authors_own_notebook_the_cell_between_its_marks_is_the_key():
    made = answer(key=None)
    made.try_out(Found("def double(x):\n    ### BEGIN SOLUTION\n    return x + x\n    ### END SOLUTION"))
    assert made.outcome is Outcome.RIGHT


def test_a_students_click_on_interrupt_is_said(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(trying.examples, "run", interrupted)
    assert trouble(KEY).sentence == "You stopped it, so it is not judged."


# ---- checks, attempts, the solution


def with_check(made):
    @made.check("halves too", why="Half of it comes out wrong.")
    def halves(student):
        assert student.double(0.5) == 1

    @made.check("like the right one", why="It differs.")
    def like(student, right):
        assert student.double(3) == right.double(3)

    return made


def test_further_checks_run_when_they_are_asked_for_and_are_named():
    made = with_check(answer())
    text = "def double(x):\n    return int(2 * x) if x == 0.5 else 2.0 * x if x == 3 else 2 * x"
    assert made.try_out(Found(text)).checks == ()
    made = with_check(answer())
    came = made.try_out(Found("def double(x):\n    return 0 if isinstance(x, float) else x + x"), more=True)
    assert [(check.name, check.passed) for check in came.checks] == [
        ("halves too", False),
        ("like the right one", True),
    ]
    assert (made.outcome, made.record.attempts[-1].result["checks"]) == (Outcome.WRONG, (False, True))


def test_a_check_that_runs_once_more_replaces_the_one_before():
    assert len(with_check(with_check(answer())).checks) == 2


def test_the_same_text_checked_again_is_no_further_attempt():
    made = with_check(answer())
    made.try_out(Found(KEY))
    made.try_out(Found(KEY), more=True)
    made.try_out(Found(KEY + "\n"))
    assert (made.record.tried, made.record.revision, made.left) == (2, 3, None)


def test_the_newest_twenty_texts_are_kept_and_all_are_counted():
    made = answer(examples=[])
    for number in range(25):
        made.try_out(Found(f"def double(x):\n    return {number}"))
    assert (len(made.record.attempts), made.record.tried) == (20, 25)


def test_long_texts_push_older_ones_out_so_that_the_record_can_be_read():
    made = answer(examples=[])
    for number in range(4):
        made.try_out(Found(f"def double(x):\n    return {number}\n#" + 15_000 * "x"))
    assert (len(made.record.attempts), made.record.tried) == (2, 4)


def test_attempts_are_limited_where_an_author_says_so():
    made = answer(attempts=1)
    made.try_out(Found("def double(x):\n    return x"))
    assert (made.left, made.done) == (0, True)
    with pytest.raises(PicksError, match="This question is finished"):
        made.try_out(Found(KEY))


def test_the_solution_opens_after_success_or_when_asked_for_which_is_recorded():
    made = answer()
    assert not made.solution_is_open
    made.show_solution()
    assert made.solution_is_open
    assert made.record.shown
    assert made.outcome is Outcome.NOT_ATTEMPTED
    revision = made.record.revision
    made.show_solution()
    assert made.record.revision == revision
    right = answer()
    right.try_out(Found(KEY))
    assert right.solution_is_open


# ---- what cannot be looked at, in a sentence


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("def double(x) return x", "Your cell is no Python yet: expected ':', in line 1.", 1),
        ("x = 1\nreturn x", "Your cell is no Python yet: 'return' outside function, in line 2.", 2),
        ("def double(x):\n  from math import *", "Your cell is no Python yet: import * only allowed at module", None),
        ("%timeit 1\ndef double(x): 1", "Line 1 is a command for the notebook, not Python", 1),
        ("def double(x): 1\n!ls", "Line 2 is a command for the notebook, not Python", 2),
        ("def twice(x): 1", "Your cell does not define double, which is what is asked for. It defines twice.", None),
        ("x = 1", "Your cell does not define double, which is what is asked for. It defines no function.", None),
        ("def double(x): 1\ndouble = 3", "Line 2 gives the name double to something that cannot be called", 2),
        ("def double(x): 1\nfor double in []: 1", "Line 2 gives the name double to something that", 2),
        ("def double(x):\n    return x * int(input())", "Your code asks with input()", 2),
        ("import nothing_like_it\ndef double(x): 1", "ModuleNotFoundError: No module named 'nothing_like_it'", 1),
        ("def double(x): 1\n1 / 0", "Your cell raised an error when it ran. ZeroDivisionError: division by zero", 2),
        ("def double(x): 1\nraise SystemExit", "Your cell raised an error when it ran. SystemExit", 2),
        ("@nothing\ndef double(x): 1", "NameError: name 'nothing' is not defined", 1),
        ("(" * 500 + ")" * 500, "Your cell", None),
    ],
)
def test_what_cannot_run_is_one_clear_sentence(text, sentence, line):
    said = trouble(text)
    assert sentence in said.sentence
    assert line in (None, said.line)


@pytest.mark.parametrize(
    "text",
    [
        "from torch import *\n\ndef double(x):\n    return add(torch.tensor(x), torch.tensor(x)).item()",
        "import functools\n@functools.lru_cache\ndef double(x):\n    return x + x",
        "try:\n    import nothing_like_it\nexcept ImportError:\n    def double(x):\n        return x + x",
        "double = lambda x: x + x",
        "def double(x):\n    return x + x\ndouble = __import__('functools').wraps(double)(lambda x: 2 * x)",
        "def double(x, input=lambda: 2):\n    return x * input()",
        "def doppelt(größe):\n    return größe + größe\n\ndouble = doppelt  # 二倍",
        'def double(x):\n    "\\d is no escape"\n    return x + x',
        "class double:\n    def __new__(cls, x):\n        return x + x",
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.show()\n\n"
        "def double(x):\n    plt.figure()\n    plt.show()\n    return x + x",
    ],
)
def test_unusual_code_that_works_is_right(text):
    assert all(seen.passed for seen in tried(text, examples=EXAMPLES[:1]).seen)


@pytest.mark.parametrize(
    "line",
    [
        "import torch.nn as n; torch.nn.MultiheadAttention(8, 2)",
        "from torch.nn import MultiheadAttention",
        "from torch.nn import MultiheadAttention as M; M(8, 2)",
        "import torch.nn as n; n.MultiheadAttention(8, 2)",
        "from torch import nn as layers; made = layers.MultiheadAttention",
        "from torch.nn import *; MultiheadAttention(8, 2)",
        "from torch import nn\nclass Mine(nn.MultiheadAttention): pass",
    ],
)
def test_a_forbidden_call_is_said_and_nothing_runs(line):
    forbids = {"nn.MultiheadAttention": "Build it yourself."}
    assert trouble(f"{KEY}\n{line}", forbids=forbids).sentence == "Build it yourself."
    assert all(seen.passed for seen in tried(KEY, forbids=forbids).seen)


def test_a_cell_that_takes_too_long_by_itself_is_stopped_after_the_seconds_of_its_question():
    said = trouble(f"{KEY}\nwhile True:\n    pass", seconds=0.1).sentence
    assert said == "Running your cell alone takes too long: it was stopped after 0.1 seconds."


# ---- comparison


@pytest.mark.parametrize(
    ("value", "right", "said"),
    [
        (torch.ones(2), torch.ones(2), ""),
        (torch.ones(2) + 1e-7, torch.ones(2), ""),
        (torch.ones(2, 5, 4), torch.ones(2, 4, 5), "shape (2, 5, 4), expected (2, 4, 5)"),
        (torch.ones(2).double(), torch.ones(2), "float64, expected float32"),
        (torch.tensor([1.0, math.nan]), torch.tensor([1.0, math.nan]), ""),
        (torch.tensor([1.0, math.nan]), torch.ones(2), "1 of 2 numbers differ: 1 of yours is NaN"),
        (torch.ones(2), torch.tensor([1.0, math.nan]), "1 of 2 numbers differ, the first at [1] is 1, expected nan"),
        (torch.tensor(1.0), torch.tensor(2.0), "the number differs, the first is 1, expected 2"),
        (torch.tensor([True]), torch.tensor([False]), "the number differs, the first at [0] is 1, expected 0"),
        (torch.tensor([math.inf]), torch.tensor([math.inf]), ""),
        (torch.empty(0, 3), torch.empty(0, 3), ""),
        (None, torch.ones(2), "None, expected a tensor of shape (2,), float32"),
        (np.ones(2), torch.ones(2), "a numpy array of shape (2,), float64, expected a tensor of shape (2,), float32"),
        (np.ones(2), np.zeros(2), "2 of 2 numbers differ, the first at [0] is 1, expected 0"),
        ([torch.ones(1)], (torch.ones(1),), ""),
        ((1, torch.ones(2)), (1, torch.ones(3)), "part [1]: shape (2,), expected (3,)"),
        ([1], [1, 2], "1 part, expected 2"),
        ({"a": 1}, {"a": 2}, "part ['a']: 1, expected 2"),
        ({"a": 1}, {"b": 1}, "the keys ['a'], expected ['b']"),
        (1, 1.0, ""),
        (math.nan, math.nan, ""),
        (0.5, math.nan, "0.5, expected nan"),
        (True, 1, "the bool True, expected the int 1"),
        ("a", "b", "the str 'a', expected the str 'b'"),
    ],
)
def test_a_difference_is_said_in_one_sentence(value, right, said):
    assert difference(value, right) == said


def test_numbers_may_differ_by_what_the_example_says():
    examples = [{"title": "Half", "code": "double(torch.tensor([0.25, 0.5]))", "within": 0.01}]
    near, far = (tried(f"def double(x):\n    return {by} * x", examples=examples).seen[0] for by in (2.015, 2.03))
    assert near.passed
    assert far.differs == "1 of 2 numbers differ, the first at [1] is 1.015, expected 1"
    assert difference([0.5, {"a": torch.tensor(0.5)}], [0.505, {"a": torch.tensor(0.505)}], within=0.01) == ""


def test_a_tensor_is_shown_without_powers_of_ten_where_four_decimals_say_enough():
    assert shown(torch.tensor([0.9999, 3e-5])) == "tensor([0.9999, 0.0000])"
    assert shown(torch.tensor([3e-5])) == "tensor([3.0000e-05])"
    assert repr(torch.tensor([0.9999, 3e-5])) == "tensor([9.9990e-01, 3.0000e-05])"


def test_a_matrix_is_drawn_beside_the_right_one_and_their_difference():
    examples = [{"title": "Maps", "code": "double(torch.ones(2, 3, 4))", "draw": "scores", "part": "value[0]"}]
    (seen,) = tried("def double(x):\n    return 3 * x", examples=examples).seen
    panels = seen.panels()
    assert {title: float(panel.max()) for title, panel in panels.items()} == {
        "yours": 3,
        "expected": 2,
        "difference": 1,
    }
    assert panels["yours"].shape == (3, 4)


def test_a_difference_that_does_not_count_is_drawn_as_none():
    example = {"title": "Maps", "code": "double(torch.tensor([[0.25, 0.5], [1.0, 2.0]]))", "draw": "scores"}
    code = "def double(x):\n    return 2 * x + torch.tensor([[1e-7, 0.004], [0.5, float('nan')]])"
    strict, loose = (tried(code, examples=[example | within]).seen[0] for within in ({}, {"within": 0.01}))
    np.testing.assert_allclose(strict.panels()["difference"], [[0, 0.004], [0.5, np.nan]], atol=1e-7)
    np.testing.assert_equal(loose.panels()["difference"], [[0, 0], [0.5, np.nan]])
    np.testing.assert_equal(loose.panels()["yours"], [[0.5, 1], [2.5, np.nan]])


def test_what_is_no_matrix_is_not_drawn():
    examples = [{"title": "Text", "code": "double('a')", "draw": "scores"}]
    (seen,) = tried("def double(x):\n    return 'aa'", examples=examples).seen
    assert isinstance(seen, Seen)
    assert seen.panels() == {}


# ---- later tasks use earlier ones


def chain(key="def four(x):\n    return double(double(x))"):
    first = answer()
    examples = [{"title": "One", "code": "four(1)"}]
    question = Write(
        "four", "easy", number=2, prompt="Four.", defines=["four"], uses=["double"], examples=examples, key=key
    )
    second = answer_to(question)
    second.others = {"double": first}.get
    return first, second


FOUR = "def four(x):\n    return double(double(x))"


def test_a_later_task_uses_the_students_own_function_where_it_passed():
    first, second = chain()
    first.try_out(Found("def double(x):\n    print('mine')\n    return 2 * x"))
    came = second.try_out(Found(FOUR))
    assert came.borrowed == ("double is your own, from Task 1.",)
    assert came.seen[0].came.call.printed == "mine\nmine\n"
    assert came.seen[0].passed


@pytest.mark.parametrize(
    ("text", "state"), [("", "is not written yet"), ("def double(x):\n    return x", "does not pass its examples yet")]
)
def test_else_it_uses_the_reference_and_says_so(text, state):
    first, second = chain()
    if text:
        first.try_out(Found(text))
    came = second.try_out(Found(FOUR))
    assert came.borrowed == (f"double is the course's, since yours (Task 1) {state}.",)
    assert came.seen[0].passed


def test_where_the_key_is_held_back_it_asks_for_ones_own():
    first, second = chain(key=None)
    first.question.key = None
    said = second.try_out(Found(FOUR)).trouble.sentence
    assert said == "This needs double of Task 1: write that first, and check it."
    first.try_out(Found(KEY))
    assert second.try_out(Found(FOUR)).seen[0].came.call.value == 4


def test_mine_is_ones_own_function_or_the_reference_and_says_which(capsys):
    first, second = chain()
    assert mine.function([first, second], "double")(4) == 8
    assert capsys.readouterr().out == "double: the reference, from Task 1.\n"
    first.try_out(Found("def double(x):\n    return 2 * x if not isinstance(x, str) else 'mine'"))
    assert mine.function([first, second], "double")("whose") == "mine"
    assert capsys.readouterr().out == "double: yours, from Task 1.\n"
    assert mine.function([first, second], "four")(1) == 4
    with pytest.raises(LessonError, match="No task above asks for 'eight'"):
        mine.function([first, second], "eight")


def test_where_students_are_graded_mine_is_the_reference(capsys):
    first, _ = chain()
    first.try_out(Found("def double(x):\n    return 2 * x if not isinstance(x, str) else 'mine'"))
    assert mine.function([first], "double", own=False)("a") == "aa"
    assert capsys.readouterr().out == ""


def test_mine_says_where_nobody_has_written_it():
    first, _ = chain()
    first.question.key = None
    with pytest.raises(NotAnswered, match="This needs double of Task 1"):
        mine.function([first], "double")


def test_a_students_function_raises_what_it_raises():
    first, _ = chain()
    with pytest.raises(StudentError, match="ZeroDivisionError"):
        first.workshop.open(["def double(x):\n    return 1 / 0"]).double(1)
