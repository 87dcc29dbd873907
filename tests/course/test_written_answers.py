"""A class that hands in code, with the real nbgrader: what each earns, what each is told, and what nobody learns."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import classroom
import pytest
import written_class
import written_lesson
from nbgrader.api import Gradebook
from rich.console import Console
from written_lesson import LESSON

from attention_course.errors import CourseFailure, NoSandbox
from attention_course.instructor.demo.course import read_points
from attention_course.instructor.runner.grade_class import Request, grade_class
from attention_course.instructor.runner.grading_report import GradingReport
from attention_course.instructor.sandbox import offer, shared

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

SECRETS = (
    "secret_of_the_hidden_test",
    "assert_close",
    "AssertionError",
    "softmax as it is",
    "fill with 0",
    "Traceback",
)
OF_EACH_KIND = ("honest", "partly-right", "always-equal", "no-python", "stripped", "opens", "starter")


def run(course: Path, *command: str) -> str:
    code, said = classroom.COMMANDS.run(course, *command)
    assert code == 0, said
    return said


@pytest.fixture(scope="module")
def graded(shared: Any) -> Path:
    """A course in which the class is graded, with feedback and report; to look at, not to change."""

    def make(course: Path) -> None:
        written_lesson.make(course)
        for student, (edit, _) in written_class.CLASS.items():
            written_class.hand_in(course, student, edit)
        (course / "said.txt").write_text(run(course, "attention-course", "grade", LESSON), encoding="utf-8")
        run(course, "nbgrader", "generate_feedback", LESSON)
        run(course, "attention-course", "report", LESSON)

    return shared("graded-code", make)


def said(graded: Path) -> str:
    return (graded / "said.txt").read_text(encoding="utf-8")


def feedback(graded: Path, student: str) -> str:
    return (graded / f"feedback/{student}/{LESSON}/{LESSON}.html").read_text(encoding="utf-8")


def test_everybody_gets_what_their_code_earns_and_no_more(graded: Path) -> None:
    assert read_points(graded, LESSON) == written_class.expected()
    assert f"{len(written_class.CLASS)} graded, 0 failed" in said(graded)


def test_the_same_code_is_one_answer_and_is_shown_as_it_was_graded(graded: Path) -> None:
    listed = run(graded, "attention-course", "answers", LESSON, "shares")
    same = ("honest", "stripped", "deleted", "renamed")  # who handed in the very same
    assert re.search(rf"^\w+ +{len(same)} ×  ✓ right, 3 points: shares", listed, re.MULTILINE), listed
    page = (graded / f"reports/{LESSON}-shares-answers.html").read_text(encoding="utf-8")
    assert "What it did" in page
    assert "Checked " in page  # what the graded notebook says
    assert "<script>alert" not in page
    # Students' own code says "assert_close" there.
    assert not [secret for secret in ("secret_of_the_hidden_test", "Traceback", "fill with 0") if secret in page]


def test_where_an_answer_was_found_elsewhere_or_cannot_be_one_is_said(graded: Path) -> None:
    for student, sentence in {
        "renamed": "shares: The answer was found in another cell than the one that was meant for it.",
        "deleted": "shares: No cell of the notebook holds this answer any more: the text that was checked last counts.",
        "five-megabytes": "The answer to 'shares' has 5,000,",
        "null-byte": "The cell has a null byte in it",
        "returns-nothing": "shares: the test masked is exactly 0: TypeError: 'NoneType' object is not subscriptable.",
    }.items():
        assert f"{student}: " in said(graded)
        assert sentence in said(graded)
    assert "The answer was found in another cell" in feedback(graded, "renamed")


def test_feedback_says_which_tests_failed_and_why_and_what_each_gave(graded: Path) -> None:
    page = feedback(graded, "partly-right")
    assert "rows add up to 1 (1)" in page
    assert "a row that keeps none (0 of 1): A row in which nothing is kept must come out as zeros." in page
    assert "2 of 3 points" in page
    assert "softmax over the kept keys" in page  # the prompt
    assert "<h3>Worked solution</h3>" in page
    assert "What your code did" in page
    assert "masked_fill" in page
    assert '<h2 id="q-shares-code">' not in page  # the code stands within its question


def test_feedback_names_whose_code_ran_for_a_later_task(graded: Path) -> None:
    assert "shares is your own, from Task 1." in feedback(graded, "honest")
    page = feedback(graded, "partly-right")
    assert "shares is the course&#x27;s, since yours (Task 1) did not pass its tests." in page


def test_feedback_says_what_was_raised_in_whose_line_and_that_a_command_is_no_python(graded: Path) -> None:
    assert "invalid syntax" in feedback(graded, "no-python")
    assert "retrun 1" in feedback(graded, "no-python")
    assert "this line is a command for the notebook, not Python" in feedback(graded, "magic")
    assert "this line is a command for the notebook, not Python" in feedback(graded, "asks-command")
    assert "nobody is there who types, so take input() out of the answer" in feedback(graded, "asks-command")
    assert "&#x27;int&#x27; object is not callable" in feedback(graded, "unusual-overwritten")
    assert "&lt;script&gt;" in feedback(graded, "says")
    assert "<script>alert" not in feedback(graded, "says")


@pytest.mark.parametrize("student", written_class.CLASS)
def test_no_feedback_shows_a_hidden_test_or_a_wrong_answer(graded: Path, student: str) -> None:
    page = feedback(graded, student)
    own = classroom.cell(classroom.read(graded / f"autograded/{student}/{written_lesson.FILE}"), "shares-code")[
        "source"
    ]
    assert [secret for secret in SECRETS if secret in page and secret not in "".join(own)] == []


def test_what_the_sandbox_forbids_is_no_zero_but_waits_for_somebody(graded: Path, tmp_path: Path) -> None:
    assert "This could not be graded here, and it is not counted as wrong" in feedback(graded, "opens")
    assert "opens: shares could not be graded: in the test 'rows add up to 1'" in said(graded)
    assert "? Could not be graded" in feedback(graded, "opens")
    assert "✗ Not right" not in feedback(graded, "opens")
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    written_class.hand_in(course, "honest", written_class.CLASS["opens"][0])
    again = run(course, "attention-course", "grade", LESSON, "--student=honest")
    assert "Its earlier score, 3, is kept, and it waits to be graded by hand." in again
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("shares", LESSON, LESSON, "honest")
        assert (grade.auto_score, bool(grade.needs_manual_grade)) == (3, True)


@pytest.mark.parametrize("options", [[], ["--Execute.kernel_name=python3"]], ids=["forked", "kernels"])
def test_plain_nbgrader_gives_the_same(graded: Path, tmp_path: Path, options: list[str]) -> None:
    course = Path(
        shutil.copytree(graded, tmp_path / "course", ignore=shutil.ignore_patterns("autograded", "gradebook*"))
    )
    run(course, "nbgrader", "generate_assignment", LESSON, "--force")
    students = [student for student in OF_EACH_KIND if not options or student in OF_EACH_KIND[:3]]
    for student in written_class.CLASS.keys() - {*students}:
        shutil.rmtree(course / "submitted" / student)
    run(course, "nbgrader", "autograde", LESSON, *options)
    expected = written_class.expected()
    assert read_points(course, LESSON) == {student: expected[student] for student in students}


def test_where_nothing_can_be_locked_in_the_run_stops_and_every_score_stays(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    before = classroom.read(course / f"autograded/honest/{written_lesson.FILE}")

    def none() -> str:
        raise NoSandbox("Student-written code is not run here: this is no Linux.")

    monkeypatch.setattr(shared, "path", none)
    monkeypatch.setattr(offer.shared, "begin", lambda: None)
    monkeypatch.chdir(course)
    with pytest.raises(CourseFailure, match=r"^Student-written code is not run here: this is no Linux\.$"):
        grade_class(Request(LESSON, force=True), GradingReport(Console(quiet=True)))
    assert read_points(course, LESSON) == written_class.expected()
    assert classroom.read(course / f"autograded/honest/{written_lesson.FILE}") == before


def test_the_class_report_names_the_commonest_failing_tests_and_groups_the_same_code(graded: Path) -> None:
    page = (graded / f"reports/{LESSON}.html").read_text(encoding="utf-8")
    assert "Tests that were failed" in page
    assert "1 could not be graded" in page  # who opens a file
    assert "<strong>? could not be graded</strong>" in page
    assert "What was handed in; the same code is one row" in page
    assert not [secret for secret in SECRETS[:1] if secret in page]
    assert "&lt;script&gt;" in page or "<script>alert" not in page


def test_points_reach_the_exported_grades(graded: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    run(course, "nbgrader", "export")
    rows = (course / "grades.csv").read_text(encoding="utf-8").splitlines()
    honest = next(row for row in rows if ",honest," in row)
    assert honest.endswith(",4.0,4.0")


def test_graded_notebooks_hold_the_text_that_counts_where_an_instructor_looks(graded: Path) -> None:
    notebook = classroom.read(graded / f"autograded/deleted/{written_lesson.FILE}")
    assert "".join(classroom.cell(notebook, "shares-code")["source"]) == written_class.RIGHT
    assert json.dumps(notebook["metadata"]).count("masked_fill") == 1
