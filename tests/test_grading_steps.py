"""The steps of grading by themselves: what they do to single cells and to a notebook's text."""

import json
import logging
from pathlib import Path
from typing import Any

import classroom
import nbformat
import pytest
from nbgrader.utils import determine_grade

from attention_course.errors import NotebookError
from attention_course.grading.hide_keys import HideKeys
from attention_course.grading.json_text import trimmed
from attention_course.grading.read_submission import mended
from attention_course.grading.require_score import RequireScore


def graded_cell(*outputs: Any, points: float = 2) -> Any:
    about = {"grade": True, "grade_id": "a", "locked": True, "points": points, "schema_version": 3, "solution": False}
    return nbformat.v4.new_code_cell("answer.points(2)", metadata={"nbgrader": about}, outputs=list(outputs))


def result(text: Any) -> Any:
    return nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=1)


def stream(name: str) -> Any:
    return nbformat.v4.new_output("stream", name=name, text="a warning\n")


ERROR = nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=["assert hidden == 3"])
PICTURE = nbformat.v4.new_output("display_data", data={"text/plain": "1"})


@pytest.mark.parametrize(
    ("outputs", "score"),
    [
        ([result("1")], 1),
        ([result("2.0")], 2),
        ([result("0.5")], 0.5),
        ([PICTURE, stream("stdout"), result("2")], 2),
        ([stream("stderr"), result("2")], 2),  # a library's warning is not the student's fault
        ([], 0),
        ([PICTURE], 0),
        ([stream("stdout")], 0),
        ([ERROR], 0),
        ([result("2"), ERROR], 0),
        ([result("2"), result("2")], 0),
        *(([result(text)], 0) for text in ("True", "nan", "inf", "-1", "2.1", "1_0", "None", "'2'", "", "[2]", ["2"])),
        ([nbformat.v4.new_output("execute_result", data={"text/html": "2"})], 0),
    ],
)
def test_a_graded_cell_scores_the_number_it_ends_in_or_zero(outputs: list[Any], score: float) -> None:
    cell, _ = RequireScore().preprocess_cell(graded_cell(*outputs), {}, 0)
    assert determine_grade(cell, logging.getLogger()) == (score, 2)


def test_feedback_says_that_a_cell_had_no_score() -> None:
    cell, _ = RequireScore().preprocess_cell(graded_cell(), {}, 0)
    cell, _ = HideKeys().preprocess_cell(cell, {}, 0)
    assert cell.outputs[0].traceback == ["This cell did not come to its score, so it counts 0 points."]


def test_feedback_hides_hidden_tests_and_what_their_traceback_quotes() -> None:
    cell = graded_cell(ERROR.copy())
    cell.source = "x = solve()\n### BEGIN HIDDEN TESTS\nassert x == 3\n### END HIDDEN TESTS"
    cell, _ = HideKeys().preprocess_cell(cell, {}, 0)
    assert cell.source == "x = solve()"
    assert "hidden" not in str(cell.outputs)


def test_feedback_shows_a_question_by_its_title() -> None:
    source = '#@title Task 1 · sums { display-mode: "form" }\nask(Blanks(\n### BEGIN KEY\nkey=["a"],\n### END KEY\n))'
    cell, _ = HideKeys().preprocess_cell(nbformat.v4.new_code_cell(source), {}, 0)
    assert cell.source == "# Task 1 · sums"


def test_deep_nesting_is_cut_out_and_the_rest_is_read() -> None:
    text = json.dumps({"a": '[[[ \\" {', "b": [1, {"c": 2}], "deep": "DEEP", "after": []})
    read = json.loads(trimmed(text.replace('"DEEP"', classroom.DEEP).encode()))
    assert read.pop("deep") is not None
    assert read == {"a": '[[[ \\" {', "b": [1, {"c": 2}], "after": []}
    assert trimmed(text.encode()) == text.encode()


def test_an_honest_notebook_is_read_as_it_is(released_course: Path) -> None:
    notebook = classroom.notebook_with(released_course, classroom.ALL_RIGHT)
    assert mended(json.dumps(notebook), logging.getLogger()) == notebook


def test_what_is_no_notebook_is_refused() -> None:
    for text in classroom.UNREADABLE.values():
        with pytest.raises(NotebookError, match=r"is not a notebook.* ask for it again\."):
            mended(text, logging.getLogger())
