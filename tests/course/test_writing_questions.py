"""docs/writing-questions.md, followed step by step; and the lesson that `attention-course new` makes."""

import json
import re
import shlex
import sqlite3
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import LESSON, NOTEBOOK, ROOT

from attention_course.answers import record
from attention_course.errors import LessonError
from attention_course.instructor.source.check import check
from attention_course.instructor.source.new_lesson import new_lesson

GUIDE = (ROOT / "docs/writing-questions.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)\n```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return classroom.make_course(tmp_path / "course")


def source(folder: Path) -> Path:
    return folder / "source/masks/masks.ipynb"


def run(folder: Path, command: str) -> str:
    """Run a command of the guide in a course's folder."""
    code, said = classroom.COMMANDS.run(folder, *shlex.split(command))
    assert code == 0, said
    return said


def add_cell(path: Path, text: str, nbgrader: dict[str, Any]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = classroom.code_cell(text, nbgrader=nbgrader)
    notebook["cells"].append({**cell, "id": nbgrader["grade_id"]})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_whoever_follows_the_guide_has_a_lesson_that_is_complete_and_released(folder: Path) -> None:
    about, answer = (json.loads(text) for kind, text in BLOCKS if kind == "json")
    said = ""
    for kind, text in BLOCKS:
        if kind == "console":
            said = run(folder, text)
        elif kind == "python" and "BEGIN SOLUTION" in text:
            add_cell(source(folder), text, answer)
        elif kind == "python":
            name, points = re.search(r'\(\n    "([a-z-]+)"', text), re.search(r"points=(\d)", text)
            assert name is not None
            add_cell(source(folder), text, {**about, "grade_id": name[1], "points": int(points[1]) if points else 1})
        elif kind == "text" and "every exercise is complete" in text:
            assert said == text + "\n"
    released = classroom.read(folder / "release/masks/masks.ipynb")
    cells = {cell["id"]: "".join(cell["source"]) for cell in released["cells"]}
    names = ("average-weights", "row-of-weights", "second-task", "row-shares", "first-function")
    assert all("sealed=" in cells[name] for name in names)
    assert "softmax(scores" not in cells["row-shares-code"]
    assert check(json.loads(source(folder).read_text(encoding="utf-8")), "masks") == []


@pytest.mark.parametrize(
    ("old", "new_text", "example"),
    [
        ('hint="What do the weights of one query add up to?"', 'hint="Use 1 / n_keys."', 1),
        (
            'torch.testing.assert_close(run["weights"], torch.full((2, 4), 0.25))',
            'assert run["weights"].shape == (2, 4)',
            2,
        ),
    ],
)
def test_the_check_says_of_each_slip_what_the_guide_says(folder: Path, old: str, new_text: str, example: int) -> None:
    text = next(text for kind, text in BLOCKS if kind == "python")
    assert old in text
    about = json.loads(next(text for kind, text in BLOCKS if kind == "json"))
    add_cell(new_lesson("masks", folder), text.replace(old, new_text), about)
    expected = [text for kind, text in BLOCKS if kind == "text"][example]
    assert check(json.loads(source(folder).read_text(encoding="utf-8")), "masks") == expected.split("\n")


def test_the_check_names_the_wrong_answer_that_tests_let_through(folder: Path) -> None:
    about, answer = (json.loads(text) for kind, text in BLOCKS if kind == "json")
    code, asked = (text for kind, text in BLOCKS if kind == "python" and "row_shares" in text)
    old = "torch.testing.assert_close(student.row_shares(scores), right.row_shares(scores))"
    assert old in asked
    path = new_lesson("masks", folder)
    add_cell(path, code, answer)
    slip = asked.replace(old, "assert student.row_shares(scores).shape == scores.shape")
    add_cell(path, slip, {**about, "grade_id": "row-shares", "points": 2})
    expected = [text for kind, text in BLOCKS if kind == "text"][3]
    assert check(json.loads(path.read_text(encoding="utf-8")), "masks") == expected.split("\n")


def test_every_part_of_a_question_that_the_guide_names_is_one() -> None:
    import inspect

    from attention_course.exercises.kinds import KINDS

    known = {"value", *(name for kind in KINDS.values() for name in inspect.signature(kind.__init__).parameters)}
    rows = [line.split("|")[1] for line in GUIDE.split("\n") if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} <= known


def test_a_new_lesson_is_complete_at_once_and_can_be_released_answered_and_graded(folder: Path) -> None:
    new_lesson("masks", folder)
    assert check(json.loads(source(folder).read_text(encoding="utf-8")), "masks") == []
    classroom.nbgrader(folder, "generate_assignment", "masks")
    notebook = classroom.read(folder / "release/masks/masks.ipynb")
    answers = {"first-task": [["-1"]], "second-task": [["values", "weights"]], "first-question": [["A"], ["B"]]}
    answers |= {"first-number": [["27 %"], ["0,731"]], "first-shapes": [["4, 6", "(S, d)"], ["(T, S)", "(T, d)"]]}
    lines = ["0:scores-query-key-t", "0:scores-scores-4-0-5", "0:weights-torch-softmax\t-1", "0:output-weights-value"]
    answers |= {"first-order": [lines[::-1], lines], "first-prediction": [["0.10", "0.20", "0.70"]]}
    answers |= {"first-words": [["Scores may be negative, <b>but</b> weights add up to 1.", "110"]]}
    answers |= {"first-explorer": [['{"d": 64, "scaled": true, "query": 3}']]}
    record.write(notebook, "masks", classroom.records(answers))
    written = "def average(values, keep):\n    return (values * keep[:, None]).sum(0) / keep.sum().clamp(min=1)"
    classroom.cell(notebook, "first-function-code")["source"] = written
    (folder / "submitted/ada/masks").mkdir(parents=True)
    (folder / "submitted/ada/masks/masks.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    classroom.nbgrader(folder, "autograde", "masks")
    classroom.nbgrader(folder, "export")
    assert ",9.0,0.0,9.0,10.0" in (folder / "grades.csv").read_text()
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        by_hand = "select name from grade join base_cell on cell_id = base_cell.id where needs_manual_grade"
        assert gradebook.execute(by_hand).fetchall() == [("first-words",)]
    classroom.nbgrader(folder, "generate_feedback", "masks")
    run(folder, "attention-course report masks")
    feedback = (folder / "feedback/ada/masks/masks.html").read_text(encoding="utf-8")
    report = (folder / "reports/masks.html").read_text(encoding="utf-8")
    for said in ("That is the weight of the first key.", "There is one output for each query", "first-order"):
        assert said in report
    assert "<code>0,731</code>" in feedback
    assert "<code>0.27</code>" in report, "a report counts a number, however it was written"
    assert "<code>(T, S)</code>" in report
    assert "Line 1, " in feedback
    assert "Farthest apart at" in feedback
    assert "d = 64, scores divided by √d. Query 4:" in feedback
    assert "Scores may be negative, &lt;b&gt;but&lt;/b&gt;" in feedback
    assert "<summary>Ticked: points 1, 2 (1)</summary>" in report
    assert "<td>0.7</td><td>0.7</td><td>0.7</td><td>0.665</td>" in report


@pytest.mark.parametrize("name", ["", "../x", "Masks", "two words", ".hidden", "x" * 65])
def test_a_name_that_is_none_makes_no_lesson(folder: Path, name: str) -> None:
    with pytest.raises(LessonError, match="A lesson's name has small letters"):
        new_lesson(name, folder)


def test_a_lesson_that_is_there_is_left_alone(folder: Path) -> None:
    before = (folder / f"source/{NOTEBOOK}").read_bytes()
    with pytest.raises(LessonError, match="is there: choose another name"):
        new_lesson(LESSON, folder)
    assert (folder / f"source/{NOTEBOOK}").read_bytes() == before


def test_a_lesson_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "source/masks").write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(LessonError, match=r"masks\.ipynb cannot be written: "):
        new_lesson("masks", folder)


def test_a_lesson_is_made_in_a_course_s_folder_only(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"There is no nbgrader_config\.py in"):
        new_lesson("masks", tmp_path)
