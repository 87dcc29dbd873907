"""Signs that would harm a page, and folders whose names no student's id can be."""

import os
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from attention_course.instructor.changes import before_after
from attention_course.instructor.changes.before_after import Regraded
from attention_course.instructor.runner.submissions import NothingToGrade, strays, students_in, submissions_of

CODE = "return '\x00\x1b[31m\x7f\x85' # \u202e\u2066 \ud800 <script>"


def course(root: Path) -> SimpleNamespace:
    """Return as much of nbgrader's course as is asked for here."""
    return SimpleNamespace(
        root=str(root),
        submitted_directory="submitted",
        assignment_id="practice",
        student_id_exclude="",
        format_path=lambda step, student, lesson: os.path.join(root, step, student, lesson),
    )


def test_no_page_holds_a_sign_that_would_harm_it() -> None:
    page = before_after.page(Regraded("practice", [], [], {"kim": CODE}), datetime(2026, 3, 5))
    assert "return &#39;��[31m��&#39; # �� � &lt;script&gt;" in page
    page.encode("utf-8")
    assert "\n" in page


@pytest.mark.parametrize("name", [b"new\nline", b"half\xff", b"\xe2\x80\xaeada", b"[a]", b"esc\x1b[2J"])
def test_a_folder_that_no_students_id_can_name_is_said_and_not_graded(name: bytes, tmp_path: Path) -> None:
    for folder in (os.fsencode(tmp_path) + b"/submitted/" + name, os.fsencode(tmp_path) + b"/submitted/kim"):
        os.makedirs(folder + b"/practice")
    assert students_in(tmp_path / "submitted") == ["kim"]
    assert [one.student for one in submissions_of(course(tmp_path), [])] == ["kim"]
    (sentence,) = strays(course(tmp_path))
    assert sentence.endswith("has a name that no student's id can be, and is not graded: give the folder another one.")
    assert sentence.isprintable()
    sentence.encode("utf-8")
    with pytest.raises(NothingToGrade):
        submissions_of(course(tmp_path), [os.fsdecode(name)])
