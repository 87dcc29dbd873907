"""The class report, from the gradebook and the graded notebooks to the page and the table."""

import contextlib
import csv
import html
import io
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import classroom
import fake_class
import pytest
from classroom import EXERCISES, LESSON, NOTEBOOK
from typer.testing import CliRunner

from attention_course.errors import CourseError
from attention_course.instructor import cli
from attention_course.instructor.demo import CLASS
from attention_course.instructor.report.write_report import write_report

Made = tuple[str, list[dict[str, str]], str]
Report = Callable[..., Made]


def report_of(course: Path, out: Path, anonymous: bool = False) -> Made:
    """Make a course's report in a folder, and return page, table and sentence."""
    with contextlib.chdir(course):
        page, table, sentence = write_report(LESSON, anonymous, out)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    return page.read_text(encoding="utf-8"), rows, sentence


@pytest.fixture
def reported(tmp_path: Path) -> Report:
    """Return a function that makes a course's report, and returns page, table and sentence."""
    return lambda course, anonymous=False: report_of(course, tmp_path / "reports", anonymous)


@pytest.fixture(scope="module")
def of_the_class(graded_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Page, table and sentence of the report of the class of twelve; to look at."""
    return report_of(graded_class, tmp_path_factory.mktemp("reports"))


def words(page: str) -> str:
    body = re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_the_table_tells_how_each_student_came_out_of_each_question(of_the_class: Made) -> None:
    _, rows, _ = of_the_class
    told = {row["student"]: [row[f"{name} result"] for name in classroom.RIGHT] for row in rows}
    standing = {"R": "right first time", "-": "not attempted"}
    for student in CLASS:
        words = student.words_for(EXERCISES)
        later = {word: "right later" if word.endswith("R") else "wrong" for word in words}
        assert told[student.id] == [standing.get(word, later[word]) for word in words]
    points = {row["student"]: row["points"] for row in rows}
    assert points["chiara"] == "5.5"  # half a point was given by hand
    assert points["bjorn"] == str(EXERCISES)


def test_the_page_holds_what_the_class_did(of_the_class: Made) -> None:
    page, _, sentence = of_the_class
    said = words(page)
    assert sentence == "12 graded, 0 handed in and not graded, 0 not handed in."
    assert "12 students on the roster, 12 graded" in said
    assert "Task 1: attention-scores 8 of 12 right (67 %)" in said
    assert "7 right first time, 1 right later, 2 wrong, 2 not attempted." in said
    assert said.count("too few students to tell") == 2 * EXERCISES
    assert "A bar holds the points from its number up to the next." in said  # one student has half a point
    assert page.count('role="img"') == 3
    assert re.search(
        rf'aria-label="12 students by {EXERCISES} questions, [^"]*Of all cells, \d+ right first time', page
    )


def test_the_commonest_wrong_answers_are_run_and_drawn(of_the_class: Made) -> None:
    page, _, _ = of_the_class
    assert words(page).count("What the commonest wrong answers did") == 5  # a task each; a choice runs nothing
    assert len(re.findall(r'<img src="data:image/png;base64,', page)) >= 5
    assert "NameError: name &#x27;weights&#x27; is not defined" in page


def test_the_page_loads_and_runs_nothing(of_the_class: Made) -> None:
    page, _, _ = of_the_class
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="(data:|#|[^"]*)', page)) == {"data:", "#"}


def test_without_names_nothing_tells_who_it_is(graded_class: Path, reported: Report) -> None:
    page, rows, _ = reported(graded_class, True)
    text = page + str(rows)
    for student in CLASS:
        assert student.last_name not in text
        assert student.first_name not in text
        assert f'"{student.id}"' not in text
    assert [row["name"] for row in rows] == [f"Student {i}" for i in range(1, 13)]


def test_a_class_of_a_thousand_takes_seconds(course: Path, reported: Report) -> None:
    first = Path(shutil.copytree(course, course.parent / "first"))
    fake_class.class_of(first, 30)
    reported(first)  # imports and the questions' pictures are not the class's
    fake_class.class_of(course, 1000)
    begun = time.process_time()
    page, rows, _ = reported(course)
    assert time.process_time() - begun < 10
    assert len(rows) == 1000
    said = words(page)
    assert said.count(" r = 0.") == said.count(" p = 0.") == EXERCISES
    assert len(page) < 2_000_000


def test_who_has_not_handed_in_is_named(course: Path, reported: Report) -> None:
    names = {"ada": ("Ada", "Lovelace"), "bob": ("", ""), "eve": ("李", "小龍 <i>"), "zoe": ("Zoë", "Z")}
    fake_class.enrol(course, names)
    fake_class.grade_all(course, {"ada": classroom.ALL_RIGHT})
    classroom.hand_in(course, "zoe", classroom.ALL_RIGHT)
    page, rows, sentence = reported(course)
    assert sentence == "1 graded, 1 handed in and not graded, 2 not handed in."
    said = words(page)
    assert "Not handed in: 2 bob 李 小龍 <i> Handed in, but not graded: 1 Zoë Z" in said
    assert "<i>" not in page
    assert len(rows) == 1
    anonymous, _, _ = reported(course, True)
    assert "Not handed in: 2 Handed in, but not graded: 1" in words(anonymous)
    assert "bob" not in anonymous


def test_an_empty_class_gets_a_page_that_says_so(course: Path, reported: Report) -> None:
    page, rows, _ = reported(course)
    assert "There is nobody on the roster yet" in words(page)
    assert rows == []
    fake_class.enrol(course, {"ada": ("Ada", "Lovelace")})
    assert "Nobody’s work is graded yet" in words(reported(course)[0])


def test_a_class_in_which_nobody_answered_gets_a_page(course: Path, reported: Report) -> None:
    fake_class.enrol(course, {f"s{i}": ("", "") for i in range(50)})
    fake_class.grade_all(course, {f"s{i}": {} for i in range(50)})
    said = words(reported(course)[0])
    assert "Nobody has answered anything" in said
    assert said.count("Nobody got it right.") == EXERCISES
    assert said.count("p = 0.00, very hard") == EXERCISES
    assert said.count("everybody has the same points here") == EXERCISES


def test_a_damaged_notebook_is_left_out_and_named(course: Path, reported: Report) -> None:
    fake_class.enrol(course, {"ada": ("Ada", "Lovelace"), "bob": ("Bob", "Ross")})
    fake_class.grade_all(course, {"ada": classroom.ALL_RIGHT, "bob": {}})
    (course / f"autograded/bob/{NOTEBOOK}").write_text("{", encoding="utf-8")
    page, rows, sentence = reported(course)
    assert "Bob Ross is left out: the graded notebook is damaged." in words(page)
    assert "2 students on the roster, 1 graded" in words(page)
    assert sentence == "1 graded, 0 handed in and not graded, 0 not handed in, 1 left out: see the page."
    assert len(rows) == 1
    anonymous = reported(course, True)[0]
    assert "1 left out: the graded notebook is damaged." in words(anonymous)
    assert "Bob" not in anonymous


def test_formulas_in_names_are_no_formulas_in_a_spreadsheet(course: Path, reported: Report) -> None:
    fake_class.enrol(course, {"=1+1": ('=HYPERLINK("http://x")', ""), "b": (" @SUM(A1)", "")})
    fake_class.grade_all(course, {"=1+1": {}, "b": {}})
    _, rows, _ = reported(course)
    assert {(row["student"], row["name"]) for row in rows} == {
        ("'=1+1", '\'=HYPERLINK("http://x")'),
        ("b", "'@SUM(A1)"),
    }


def refused(course: Path, monkeypatch: pytest.MonkeyPatch, lesson: str = LESSON) -> str:
    monkeypatch.chdir(course)
    with pytest.raises(CourseError) as error:
        write_report(lesson, False, None)
    return str(error.value)


def test_a_missing_gradebook_is_said_and_none_is_made(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "gradebook.db").unlink()
    assert "There is no gradebook" in refused(course, monkeypatch)
    assert not (course / "gradebook.db").exists()


def test_what_is_no_gradebook_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "gradebook.db").write_text("no database at all, but a text long enough to be one", encoding="utf-8")
    assert "cannot be read: file is not a database." in refused(course, monkeypatch)
    (course / "gradebook.db").write_bytes(b"")
    assert "cannot be read: no such table" in refused(course, monkeypatch)


def test_a_locked_gradebook_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attention_course.instructor.gradebook.LOCK_SECONDS", 0)
    with sqlite3.connect(course / "gradebook.db", isolation_level=None) as db:
        db.execute("begin exclusive")
        assert "it is in use by another program; try again when that is done." in refused(course, monkeypatch)


def test_a_gradebook_of_another_course_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("update base_cell set name = 'x' || name")
    assert "is it another course's?" in refused(course, monkeypatch)
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("update assignment set name = 'algebra'")
    assert f"knows no {LESSON}; it knows algebra." in refused(course, monkeypatch)


def test_a_damaged_source_notebook_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / f"source/{NOTEBOOK}").write_text('{"cells": [{}], "metadata": {}}', encoding="utf-8")
    assert f"{LESSON}.ipynb is damaged: its cell 1 is none." in refused(course, monkeypatch)


def test_a_folder_that_is_no_course_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "course's folder" in refused(tmp_path, monkeypatch)


def test_the_command_ends_with_a_sentence_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.app, ["report", LESSON])
    assert done.exit_code == 2
    assert re.fullmatch(r"\S+ is no course's folder: there is no source/ in it\.\n", done.output)


def test_the_command_writes_where_it_is_told(
    graded_class: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graded_class)
    done = CliRunner().invoke(cli.app, ["report", LESSON, "--anonymous", "--out", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [f"{LESSON}.csv", f"{LESSON}.html"]


def test_a_folder_that_cannot_be_written_to_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "reports").write_text("a file", encoding="utf-8")
    assert "cannot be written" in refused(course, monkeypatch)
