"""What is not the student's fault never becomes zeros: a failure of the machine or of the course stops, and is said."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import FULL, LESSON, NOTEBOOK
from nbgrader.api import Gradebook
from rich.console import Console

from attention_course.errors import CourseFailure
from attention_course.instructor.runner.autograde import AutogradeInParts
from attention_course.instructor.runner.grade_class import Request, grade_class
from attention_course.instructor.runner.grading_report import GradingReport


@pytest.fixture(scope="module")
def graded_once(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which Ada has all points and Bo none; to look at, not to change."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("once") / "course"))
    classroom.hand_in(course, "ada", classroom.ALL_RIGHT)
    classroom.hand_in(course, "bo")
    classroom.grade(course)
    return course


@pytest.fixture
def course(graded_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded_once, tmp_path / "attention-course (1) C++"))


def grade_here(course: Path, monkeypatch: pytest.MonkeyPatch, **request: Any) -> GradingReport:
    """Grade in this process, where parts of the machine can be made to fail."""
    monkeypatch.chdir(course)
    report = GradingReport(Console(quiet=True))
    grade_class(Request(LESSON, **request), report)
    return report


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device", "autograded/x"), MemoryError()])
def test_a_full_disk_stops_the_run_and_every_earlier_grading_stays(
    error: Exception, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = classroom.read(course / f"autograded/ada/{NOTEBOOK}")

    def fails(*_: Any) -> None:
        raise error

    monkeypatch.setattr(AutogradeInParts, "score", fails)
    with pytest.raises(CourseFailure, match=r"^Stopped at (ada|bo): .*([Nn]o space|no memory)"):
        grade_here(course, monkeypatch, force=True)
    assert classroom.scores(course)["ada"] == FULL
    assert classroom.read(course / f"autograded/ada/{NOTEBOOK}") == before
    monkeypatch.undo()
    assert classroom.grade(course, "--force").endswith("2 graded, 0 failed, 0 unchanged and skipped.\n")
    assert not list(course.glob("autograded/*/.*"))


def test_what_nobody_foresaw_keeps_the_earlier_grading_and_goes_on(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = AutogradeInParts.score

    def fails_for_ada(self: AutogradeInParts, student: str, notebook: Any) -> None:
        if student == "ada":
            raise RuntimeError("a step that stumbles")
        score(self, student, notebook)

    monkeypatch.setattr(AutogradeInParts, "score", fails_for_ada)
    report = grade_here(course, monkeypatch, force=True)
    assert [result.student for result in report.failed] == ["ada"]
    assert report.failed[0].reason == "RuntimeError: a step that stumbles. What was graded earlier is kept."
    assert classroom.scores(course)["ada"] == FULL
    assert (course / f"autograded/ada/{NOTEBOOK}").exists()


def test_a_course_may_have_any_name_and_what_nbgrader_cannot_have_is_refused_at_the_start(
    course: Path, tmp_path: Path
) -> None:
    assert classroom.grade(course, "--force").startswith("1/2 ")
    assert classroom.scores(course)["ada"] == FULL
    odd = Path(shutil.copytree(course, tmp_path / "course [2]"))
    done = classroom.start_module(odd, "nbgrader", "autograde", LESSON)
    said = classroom.all_said(done)
    assert done.returncode == 1
    assert "has [ ] in its path, which nbgrader takes for a pattern" in said
    assert classroom.scores(odd)["ada"] == FULL


def test_a_moved_due_date_and_a_changed_configuration_are_graded_by(course: Path) -> None:
    assert classroom.grade(course) == "0 graded, 0 failed, 2 unchanged and skipped.\n"
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=datetime(2026, 3, 1, 12))
    assert classroom.grade(course).endswith("2 graded, 0 failed, 0 unchanged and skipped.\n")
    with (course / "course_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.Execute.timeout = 119\n")
    assert classroom.grade(course).endswith("2 graded, 0 failed, 0 unchanged and skipped.\n")


def test_whatever_lies_in_submitted_is_graded_or_named(course: Path) -> None:
    (course / f"submitted/{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    (course / "submitted/cleo").mkdir()
    (course / f"submitted/cleo/{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    (course / "submitted/dan/Practice").mkdir(parents=True)
    classroom.hand_in(course, "eve", classroom.ALL_RIGHT)
    said = classroom.grade(course)
    assert f"submitted/{LESSON}.ipynb lies in no student's folder, and is not graded.\n" in said
    assert f"submitted/cleo holds {LESSON}.ipynb, but no folder {LESSON}/: it is not graded as {LESSON}.\n" in said
    assert f"submitted/dan holds Practice, but no folder {LESSON}/: it is not graded as {LESSON}.\n" in said
    assert "eve is not on the roster, and is graded all the same.\n" in said
    assert classroom.scores(course)["eve"] == FULL


def test_a_gradebook_that_is_gone_is_said_and_no_empty_one_is_made(course: Path) -> None:
    (course / "gradebook.db").unlink()
    assert classroom.grade(course, exits=2).startswith("There is no gradebook ")
    assert not (course / "gradebook.db").exists()


def test_a_gradebook_of_an_older_nbgrader_is_said_with_the_cure(course: Path) -> None:
    (course / "gradebook.db").unlink()
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("create table notebook (id varchar(32) primary key, name varchar(128), assignment_id varchar(32))")
    said = classroom.grade(course, exits=2)
    assert said.count("\n") == 1
    assert "run `nbgrader db upgrade`, which keeps a copy" in said


def test_a_sign_that_the_terminal_cannot_show_never_ends_a_run(course: Path) -> None:
    classroom.hand_in(course, "李", classroom.ALL_RIGHT)
    command = [sys.executable, "-m", "attention_course.instructor.cli", "grade", LESSON]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert rb"\u674e: graded" in done.stdout
    assert classroom.scores(course)["李"] == FULL
