"""nbgrader's exchange, played with nbgrader's own commands."""

from pathlib import Path

import classroom
import pytest
from classroom import EXERCISES, LESSON, NOTEBOOK, ROOT

from attention_course.instructor.demo import exchange

pytestmark = pytest.mark.usefixtures("at_once")


def test_every_attempt_comes_through_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert exchange.main([str(tmp_path / "played")]) == 0
    assert "Every attempt has arrived." in capsys.readouterr().out
    collected = sorted(path.parent.name for path in (tmp_path / "played/course/submitted").glob(f"*/{LESSON}"))
    assert collected == ["bjorn", "fatima", "hana"]
    (tmp_path / f"played/course/submitted/hana/{NOTEBOOK}").write_text('{"cells": [], "metadata": {}}')
    played = exchange.Exchange.__new__(exchange.Exchange)
    played.course = type("Course", (), {"folder": tmp_path / "played/course"})()
    played.homes = tmp_path / "played/homes"
    assert [played.is_intact(student) for student in exchange.PLAYERS] == [True, True, False]


def test_who_submits_again_is_graded_by_the_later_notebook_and_gets_its_feedback(tmp_path: Path) -> None:
    played, student = exchange.Exchange(tmp_path / "played", ROOT), exchange.PLAYERS[0]
    home, course = played.homes / student.id, played.course
    played.release()
    played.fetch(student)
    played.hand_in(student)  # nothing answered yet
    played.collect()
    classroom.grade(course.folder)
    assert sum(classroom.scores(course.folder)[student.id].values()) == 0

    played.submit(student)
    played.collect("--update")
    assert played.is_intact(student)
    assert f"{student.id}: graded" in classroom.grade(course.folder)
    points = sum(classroom.scores(course.folder)[student.id].values())
    assert points == sum(student.expected) > 0
    course.nbgrader("generate_feedback", LESSON)
    course.nbgrader("release_feedback", LESSON)
    classroom.nbgrader(home, "fetch_feedback", LESSON, f"--CourseDirectory.student_id={student.id}")
    (page,) = home.glob(f"{LESSON}/feedback/*/{LESSON}.html")
    assert f"<strong>{points:g}</strong> of {EXERCISES} points" in page.read_text(encoding="utf-8")


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("mine")
    assert exchange.main([str(tmp_path)]) == 1
    assert "is not empty: name a folder that is new." in capsys.readouterr().out
