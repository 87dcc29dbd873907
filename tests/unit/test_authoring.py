"""The authoring check: each slip of an author is found, and told with the cell's name."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from classroom import LESSON, NOTEBOOK, ROOT

from attention_course import Blanks, Choice
from attention_course.instructor.source import fillings, words
from attention_course.instructor.source.check import check, check_files

SETUP = "from attention_course import Blanks, Lesson\nlesson = Lesson('small')"
EXERCISE = '''answer = lesson.ask(Blanks(
    "total", "easy", number=1,
    prompt="Add the numbers.",
    program="""
        total = [1]((2, 2))
    """,
    options=["sum", "max"],
    hint="Add.",
    mistakes=["Not adding.", "Adding twice."],
    draw="[[float(total)]]",
    ### BEGIN KEY
    key=["sum"],
    why_not={"max": "It takes the largest."},
    solution="Add them.",
    ### END KEY
))
### BEGIN HIDDEN TESTS
assert answer.run(seed=1)["total"] == 4
1
### END HIDDEN TESTS'''
HIDDEN_TESTS = EXERCISE[EXERCISE.index("### BEGIN HIDDEN TESTS") :]
NBGRADER = {"grade": True, "grade_id": "total", "locked": True, "points": 1, "schema_version": 3, "solution": False}


def notebook(*exercises: str, nbgrader: dict[str, Any] = NBGRADER) -> dict[str, Any]:
    empty: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**copy.deepcopy(empty), "id": "setup", "source": SETUP}]
    for number, source in enumerate(exercises, start=1):
        metadata = {"nbgrader": nbgrader}
        cells.append({**copy.deepcopy(empty), "id": f"exercise-{number}", "source": source, "metadata": metadata})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_the_lesson_s_source_is_complete() -> None:
    source = json.loads((ROOT / f"source/{NOTEBOOK}").read_text(encoding="utf-8"))
    assert check(source, LESSON) == []


def test_a_complete_exercise_has_no_findings() -> None:
    assert check(notebook(EXERCISE), "small") == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('hint="Add."', 'hint=""', "it has no hint: add hint=, "),
        ("number=1,", "", "it has no number: add number=, "),
        (
            "number=1,",
            'number=1, again="sums-easy",',
            "again= names 'sums-easy', which is no template of the bank's: see",
        ),
        ('solution="Add them.",', "", "it has no solution: add solution= to the KEY region."),
        (', "Adding twice."', "", "it needs at least two common mistakes: add to mistakes=."),
        ('{"max": "It takes the largest."}', "{}", "why_not does not say why 'max' is wrong: add a sentence for it."),
        ("    ### BEGIN KEY\n", "", "it needs one region between the lines `### BEGIN KEY` and `### END KEY`."),
        ("== 4", "> 0", "its hidden tests give 1 points for the wrong filling max: "),
        ("== 4", "== 5", "its hidden tests refuse the key: AssertionError; mend"),
        ("\n1\n", "\n", "its hidden tests refuse the key: they end in None; end them with answer.points(1)."),
        (HIDDEN_TESTS, "", "it needs lines between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`."),
        (
            "== 4\n1\n",
            "> 0\nanswer.points(1)\n",
            "its hidden tests assert nothing that the wrong filling max fails: assert what the key does.",
        ),
        ('"Add."', '"Use `sum`."', "its hint gives the key 'sum' away: say it in other words, or name a wrong option"),
        ('"Add the numbers."', '"Use `sum`."', "its prompt gives the key 'sum' away: "),
        ('"Not adding."', '"Not using `sum()`."', "its mistakes gives the key 'sum' away: "),
        ("[1]((2, 2))", "[1](2)", "its program raises TypeError: 'int' object is not iterable with the key: mend"),
        ("[[float(total)]]", "nothing", "its picture cannot be drawn with the key: There is nothing to draw: "),
    ],
)
def test_what_is_missing_or_wrong_is_named(old: str, new: str, finding: str) -> None:
    assert old in EXERCISE
    findings = check(notebook(EXERCISE.replace(old, new)), "small")
    assert len(findings) == 1
    assert findings[0].startswith(f"Cell exercise-1: {finding}")


@pytest.mark.parametrize(
    "harmless",
    [
        "Add it all to one sum.",  # a word, not the option
        "Is it `sum` or `max`?",
        "`summary` is another function.",
    ],
)
def test_what_gives_nothing_away_is_no_finding(harmless: str) -> None:
    assert check(notebook(EXERCISE.replace('hint="Add."', f'hint="{harmless}"')), "small") == []


@pytest.mark.parametrize(
    ("hint", "options", "gives_away"),
    [
        ("Think of the  Softmax function.", ["softmax", "relu"], True),
        ("Is it softmax, or relu?", ["softmax", "relu"], False),
        ("No, not at all.", ["no", "yes"], False),
        ("There are 4 heads.", ["4", "8"], False),
        ("The answer is `4`.", ["4", "8"], True),
        ("It is [[1, 0]].", ["[[1, 0]]", "[[0, 1]]"], True),
        ("It is 1 / n.", ["1 / n", "n"], True),
        ("It is not `n.T`.", ["n", "n.T"], False),
        ("K is [[1, 0], [2, 3]].", ["[[1, 0]]", "[[0, 1]]"], False),
        ("They let the model focus on what matters.", ["let the model focus", "shuffle the tokens"], True),
        ("Divide by 64 ** 0.5.", ["64**0.5", "64**2"], True),
        ("It is SOFTMAX(Q×Kᵀ) of course.", ["softmax(Q × Kᵀ)", "Q + K"], True),
        ("Sixty-four**0.5 says nothing.", ["4**0.5", "4**2"], False),
    ],
)
def test_a_choice_is_given_away_by_its_option_s_text(hint: str, options: list[str], gives_away: bool) -> None:
    choice = Choice("q", "easy", prompt="?", options=options, hint=hint, key="A")
    assert bool(list(words.giveaways(choice))) == gives_away


@pytest.mark.parametrize(
    ("key", "answer", "contradicts"),
    [
        ("B", "B: (3, 5)", False),
        ("C", "B: (3, 5)", True),
        ("C", "(3, 5)", True),
        ("C", "(5, 3)", False),
        ("C", "B) whatever it is", True),
        ("C", "Between the two it is the second.", False),
    ],
)
def test_a_choice_whose_solution_answers_otherwise_than_its_key_is_named(
    key: str, answer: str, contradicts: bool
) -> None:
    solution = {"steps": ["Count."], "answer": answer, "check": "Count again."}
    choice = Choice("q", "easy", prompt="?", options=["(5, 5)", "(3, 5)", "(5, 3)"], key=key, solution=solution)
    assert bool(choice.contradiction()) == contradicts


def test_two_options_that_read_the_same_are_named() -> None:
    choice = Choice("q", "easy", prompt="?", options=["[[10, 20]]", "[[10,20]]", "[[1, 2]]"], key="A")
    assert list(words.twins(choice)) == ["its options '[[10, 20]]' and '[[10,20]]' say the same: change one of them."]


def test_a_filling_whose_program_never_ends_is_named_and_the_others_are_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fillings, "LONGEST", 0.5)
    endless = EXERCISE.replace("total = [1]((2, 2))", "total = [1]((2, 2))\n        while total < 4: pass")
    assert check(notebook(endless), "small") == [
        "Cell exercise-1: with the filling max its program does not end within 0.5 seconds, and would hold up a "
        "student's kernel: offer another option, or change the program."
    ]


def test_a_key_whose_program_never_ends_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fillings, "LONGEST", 0.5)
    endless = EXERCISE.replace("total = [1]((2, 2))", "total = [1]((2, 2))\n        while total > 2: pass")
    assert check(notebook(endless), "small") == [
        "Cell exercise-1: its program or its picture does not end within 0.5 seconds with the key: mend it."
    ]


CHOICE = """answer = lesson.ask(Choice(
    "total", "easy", number=1,
    prompt="How much is 2 + 2?",
    options={"four": "4", "five": "5"},
    hint="Count.",
    mistakes=["Not adding.", "Adding twice."],
    SHOWN
    ### BEGIN KEY
    key="four",
    why_not={"five": "It is one too many."},
    solution={"steps": ["2 and 2 are 4."], "check": "4 - 2 is 2."},
    SEALED
    ### END KEY
))
### BEGIN HIDDEN TESTS
answer.points(1)
### END HIDDEN TESTS"""


def test_what_the_release_would_refuse_is_found_before_it() -> None:
    choice = SETUP.replace("Blanks", "Choice")
    for shown, sealed, findings in (
        ("", 'draw="[[4.0]]",', []),
        ('draw="[[4.0]]",', "", ["Cell exercise-1: draw= would be released; move it into the KEY region."]),
    ):
        made = notebook(CHOICE.replace("SHOWN", shown).replace("SEALED", sealed))
        made["cells"][0]["source"] = choice
        assert check(made, "small") == findings


def test_where_every_option_is_right_somewhere_none_is_given_away() -> None:
    task = Blanks(
        "q", "easy", prompt="?", program="y = [1] + [2]", options=["a_1", "b_1"], hint="a_1", key=["a_1", "b_1"]
    )
    assert list(words.giveaways(task)) == []


def test_a_lesson_with_partial_credit_is_checked_as_strictly() -> None:
    two = EXERCISE.replace("[1]((2, 2))", "[1]([[2]((2, 2)), 3])").replace('key=["sum"]', 'key=["sum", "max"]')
    two = two.replace('why_not={"max": "It takes the largest."}', 'why_not=[{"max": "Largest."}, {"sum": "All."}]')
    two = two.replace("== 4\n1\n", "== 5\nanswer.points(1)\n")
    lesson = notebook(two)
    lesson["cells"][0]["source"] = SETUP.replace("'small'", "'small', partial=True")
    assert check(lesson, "small") == []
    lesson["cells"][1]["source"] = two.replace("== 5", "> 0")
    assert len(check(lesson, "small")) == 3


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_files([str(tmp_path / "none.ipynb")]) == 1
    assert "none.ipynb cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damaged", "sentence"),
    [
        ({"metadata": 3, "cells": []}, "small.ipynb is damaged: it has no metadata."),
        ({"metadata": {}, "cells": ["x"]}, "small.ipynb is damaged: its cell 1 is none."),
        ({"metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "source": None}]}, "its cell 1 is none."),
        ({"metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "source": [1]}]}, "its cell 1 is none."),
        ({"metadata": {}, "cells": [{"cell_type": "code", "metadata": [], "source": ""}]}, "its cell 1 is none."),
        ({"metadata": {}, "cells": [{"metadata": {"nbgrader": 5}, "source": ""}]}, "its cell 1 is none."),
    ],
)
def test_a_notebook_that_is_damaged_is_named(
    damaged: Any, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "small.ipynb").write_text(json.dumps(damaged), encoding="utf-8")
    assert check_files([str(tmp_path / "small.ipynb")]) == 1
    assert sentence in capsys.readouterr().out


def test_a_cell_that_raises_is_named() -> None:
    failing = notebook(EXERCISE, "nothing_of_this_name")
    failing["cells"][2]["metadata"] = {}
    findings = check(failing, "small")
    assert findings == ["Cell exercise-2: it raises NameError: name 'nothing_of_this_name' is not defined."]


def test_two_questions_of_one_title_are_found() -> None:
    findings = check(notebook(EXERCISE, EXERCISE.replace('"total"', '"sum"')), "small")
    assert findings[-1] == "2 questions are called Task 1: give each a number= of its own."


def test_two_questions_of_one_name_are_found() -> None:
    findings = check(notebook(EXERCISE, EXERCISE), "small")
    assert findings == [
        "The nbgrader ID 'total' is that of 2 cells: give each one of its own.",
        "Cell exercise-2: a graded cell asks one question with a name of its own, this one asks 0.",
    ]


@pytest.mark.parametrize(("key", "value"), [("points", 2), ("locked", False), ("grade_id", "cell-1"), ("grade", False)])
def test_what_nbgrader_is_told_wrongly_is_found(key: str, value: Any) -> None:
    findings = check(notebook(EXERCISE, nbgrader={**NBGRADER, key: value}), "small")
    expected = NBGRADER[key]
    assert findings == [
        f"Cell exercise-1: nbgrader's {key!r} is {value!r} where it must be {expected!r}: make the cell "
        "“Autograder tests” with 1 point and the question's name as its ID."
    ]


def test_a_notebook_without_questions_is_no_lesson() -> None:
    assert check(notebook(), "small") == ["No cell asks a question with `lesson.ask(…)`, where `lesson` is a Lesson."]


def test_a_lesson_is_named_after_its_file() -> None:
    assert check(notebook(EXERCISE), "large") == [
        "The lesson is named 'small', but its file 'large': give both one name."
    ]


def test_what_trying_the_notebook_left_is_found() -> None:
    tried = notebook(EXERCISE)
    tried["metadata"]["attention_course"] = {}
    tried["cells"][1].update(execution_count=3, outputs=[{"output_type": "stream", "name": "stdout", "text": "4"}])
    assert check(tried, "small") == [
        "the notebook's metadata holds 'attention_course'; `make clean` removes it.",
        "cell exercise-1 holds outputs; `make clean` removes it.",
        "cell exercise-1 holds an execution count; `make clean` removes it.",
    ]


def test_the_command_exits_with_1_where_something_is_to_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.ipynb"
    path.write_text(json.dumps(notebook(EXERCISE.replace("== 4", "== 5"))), encoding="utf-8")
    assert check_files([str(path)]) == 1
    finding = "its hidden tests refuse the key: AssertionError; mend the tests, or the key."
    assert capsys.readouterr().out == f"{path}: Cell exercise-1: {finding}\n"
    path.write_text(json.dumps(notebook(EXERCISE)), encoding="utf-8")
    assert check_files([str(path)]) == 0
