"""What lets grading start quickly: a guess at what is new, pictures kept on disk, nbgrader without its pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from attention_course.instructor.forkserver.kept_pictures import KeptPictures
from attention_course.instructor.runner.looks_new import MARKER, looks_new

WITHOUT_PAGES = """
import sys
from attention_course.instructor.light_nbgrader import import_nbgrader
import_nbgrader()
assert "nbgrader" in sys.modules and "jupyter_server" not in sys.modules
from nbgrader.server_extensions.formgrader import load_jupyter_server_extension
assert callable(load_jupyter_server_extension)
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "course_config.py", at=100)
    write(tmp_path / "submitted/dora/learn/learn.ipynb", at=200)
    os.utime(tmp_path / "submitted/dora/learn", (200, 200))
    return tmp_path


def write(path: Path, at: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    os.utime(path, (at, at))


def test_what_is_not_graded_looks_new_and_what_is_graded_does_not(course):
    assert looks_new("learn")
    assert not looks_new("code")
    write(course / "autograded/dora/learn" / MARKER, at=300)
    assert not looks_new("learn")


@pytest.mark.parametrize("changed", ["submitted/dora/learn/learn.ipynb", "course_config.py"])
def test_what_changed_after_it_was_graded_looks_new(course, changed):
    write(course / "autograded/dora/learn" / MARKER, at=300)
    write(course / changed, at=400)
    assert looks_new("learn")


def test_a_picture_is_kept_for_the_next_time_and_not_for_other_settings(tmp_path):
    answer = ("print(1)", None, ("one",))
    KeptPictures(tmp_path, "settings").put(answer, "<p>½ drawn</p>")
    assert KeptPictures(tmp_path, "settings").get(answer) == "<p>½ drawn</p>"
    assert KeptPictures(tmp_path, "settings").get(("print(2)", None, ("one",))) is None
    assert KeptPictures(tmp_path, "others").get(answer) is None
    assert KeptPictures(tmp_path, "settings").get(answer) is None  # what is out of date is removed


def test_where_nothing_can_be_written_a_picture_is_not_kept(tmp_path):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    kept = KeptPictures(nowhere, "settings")
    kept.put(("", None, ()), "<p></p>")
    assert kept.get(("", None, ())) is None


def test_nbgrader_is_imported_without_its_pages_which_can_be_imported_later():
    subprocess.run([sys.executable, "-c", WITHOUT_PAGES], check=True, timeout=120)
