"""The authoring check: each slip of an author is found, and told with the cell's name."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from attention_course import authoring

ROOT = Path(__file__).parent.parent
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
    source = json.loads((ROOT / "source/practice/practice.ipynb").read_text(encoding="utf-8"))
    assert authoring.check(source, "practice") == []


def test_a_complete_exercise_has_no_findings() -> None:
    assert authoring.check(notebook(EXERCISE), "small") == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('hint="Add."', 'hint=""', "it has no hint."),
        ("number=1,", "", "it has no number."),
        ('solution="Add them.",', "", "it has no solution."),
        (', "Adding twice."', "", "it needs at least two common mistakes."),
        ('{"max": "It takes the largest."}', "{}", "why_not does not say why 'max' is wrong."),
        ("    ### BEGIN KEY\n", "", "it needs one region between the lines `### BEGIN KEY` and `### END KEY`."),
        ("== 4", "> 0", "its hidden tests give 1 points for the wrong filling max."),
        ("== 4", "== 5", "its hidden tests refuse the key: AssertionError."),
        ("\n1\n", "\n", "its hidden tests refuse the key: they end in None, not in 1 point."),
        (HIDDEN_TESTS, "", "it needs lines between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`."),
        ("[[float(total)]]", "nothing", "its picture cannot be drawn with the key: There is nothing to draw: "),
    ],
)
def test_what_is_missing_or_wrong_is_named(old: str, new: str, finding: str) -> None:
    assert old in EXERCISE
    findings = authoring.check(notebook(EXERCISE.replace(old, new)), "small")
    assert len(findings) == 1
    assert findings[0].startswith(f"Cell exercise-1: {finding}")


def test_a_cell_that_raises_is_named() -> None:
    findings = authoring.check(notebook(EXERCISE, "nothing_of_this_name"), "small")
    assert findings == ["Cell exercise-2: it raises NameError: name 'nothing_of_this_name' is not defined."]


def test_two_questions_of_one_name_are_found() -> None:
    findings = authoring.check(notebook(EXERCISE, EXERCISE), "small")
    assert findings == ["Cell exercise-2: a graded cell asks one question with a name of its own, this one asks 0."]


@pytest.mark.parametrize(("key", "value"), [("points", 2), ("locked", False), ("grade_id", "cell-1"), ("grade", False)])
def test_what_nbgrader_is_told_wrongly_is_found(key: str, value: Any) -> None:
    findings = authoring.check(notebook(EXERCISE, nbgrader={**NBGRADER, key: value}), "small")
    expected = NBGRADER[key]
    assert findings == [f"Cell exercise-1: nbgrader's {key!r} is {value!r} where it must be {expected!r}."]


def test_a_notebook_without_questions_is_no_lesson() -> None:
    assert authoring.check(notebook(), "small") == [
        "No cell asks a question with `lesson.ask(…)`, where `lesson` is a Lesson."
    ]


def test_a_lesson_is_named_after_its_file() -> None:
    assert authoring.check(notebook(EXERCISE), "large") == ["The lesson is named 'small', but its file 'large'."]


def test_what_trying_the_notebook_left_is_found() -> None:
    tried = notebook(EXERCISE)
    tried["metadata"]["attention_course"] = {}
    tried["cells"][1].update(execution_count=3, outputs=[{"output_type": "stream", "name": "stdout", "text": "4"}])
    assert authoring.check(tried, "small") == [
        "the notebook's metadata holds 'attention_course'; `make clean` removes it.",
        "cell exercise-1 holds outputs; `make clean` removes it.",
        "cell exercise-1 holds an execution count; `make clean` removes it.",
    ]


def test_the_command_exits_with_1_where_something_is_to_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.ipynb"
    path.write_text(json.dumps(notebook(EXERCISE.replace("== 4", "== 5"))), encoding="utf-8")
    assert authoring.main([str(path)]) == 1
    assert capsys.readouterr().out == f"{path}: Cell exercise-1: its hidden tests refuse the key: AssertionError.\n"
    path.write_text(json.dumps(notebook(EXERCISE)), encoding="utf-8")
    assert authoring.main([str(path)]) == 0
