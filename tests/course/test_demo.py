"""The made-up class: what it hands in is what the widget's page would have saved."""

import json
from pathlib import Path

import pytest
from classroom import LESSON, NOTEBOOK, RIGHT

from attention_course.answers import record
from attention_course.instructor.demo import CLASS, MadeUpStudent, exchange, make_class
from attention_course.instructor.demo.__main__ import main
from attention_course.instructor.demo.course import nbgrader
from attention_course.instructor.demo.grades import differences, grade_table

PLAN = "R WR WWW - W R R R R R"


def handed_in(course: Path, hands_in: str) -> dict:
    make_class(course, [MadeUpStudent("someone", "Some", "One", PLAN, hands_in)])
    return json.loads((course / f"submitted/someone/{NOTEBOOK}").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hands_in", ["everything", "receipts", "metadata"])
def test_every_press_of_check_is_in_the_notebook_that_is_handed_in(course: Path, hands_in: str) -> None:
    notebook = handed_in(course, hands_in)
    records, problems = record.read(notebook, LESSON)
    counts = [len(records[name].attempts) if name in records else 0 for name in RIGHT]
    expected = [1, 2, 3, 0, 1, 1, 1, 1, 1, 1]
    assert counts == expected + [0] * (len(RIGHT) - len(expected))
    assert problems == {}


def test_an_answer_is_carried_only_by_what_is_handed_in(course: Path) -> None:
    receipts = handed_in(course, "receipts")
    assert record.METADATA_KEY not in receipts["metadata"]
    metadata = handed_in(course, "metadata")
    assert [cell for cell in metadata["cells"] if cell.get("outputs")] == []


def test_the_class_has_twelve_different_students() -> None:
    assert len({student.id for student in CLASS}) == len({student.plan for student in CLASS}) == 12


def test_the_points_expected_are_those_of_the_last_answers() -> None:
    assert MadeUpStudent("someone", "Some", "One", PLAN).expected == [1, 1, 0, 0, 0, 1, 1, 1, 1, 1]


def test_what_a_lesson_asks_beyond_the_plan_is_not_answered_and_expected_to_give_nothing() -> None:
    student = MadeUpStudent("someone", "Some", "One", "R W")
    assert student.words_for(4) == ["R", "W", "-", "-"]
    names = {name: name for name in ("first", "second", "third")}
    assert differences([student], names, {"someone": {"first": 1, "second": 0, "third": 0}}, {"someone": 1}) == []


def test_a_grade_that_is_not_the_expected_one_is_said() -> None:
    student = MadeUpStudent("someone", "Some", "One", "R W")
    names, points, totals = (
        {"first": "T1", "second": "T2"},
        {"someone": {"first": 0.0, "second": 0.0}},
        {"someone": 0.0},
    )
    assert differences([student], names, points, totals) == [
        "Some One, T1: 0.0 where 1 was expected.",
        "Some One, total: 0.0 where 1 was expected.",
    ]
    assert grade_table([student], names, points, totals) == ["          T1  T2  total", "Some One   0   0      0"]


def test_a_student_without_a_grade_stands_in_the_table_as_such() -> None:
    student = MadeUpStudent("someone", "Some", "One", "R")
    assert grade_table([student], {"first": "T1"}, {}, {})[1] == "Some One  nan    nan"
    assert differences([student], {"first": "T1"}, {}, {})[0] == "Some One, T1: None where 1 was expected."


def test_a_command_of_the_demo_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)^nbgrader generate_assignment zzz failed:\n.*zzz"):
        nbgrader(tmp_path, "generate_assignment", "zzz")


@pytest.mark.parametrize("main", [main, exchange.main], ids=["demo", "exchange"])
def test_outside_of_a_course_a_demo_says_where_to_run_it(tmp_path, monkeypatch, capsys, main):
    monkeypatch.chdir(tmp_path)
    assert main([str(tmp_path / "new")]) == 1
    assert capsys.readouterr().out == "No course is here: run this in the folder of course_config.py.\n"
