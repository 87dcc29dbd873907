"""Which lessons are due to be released: told by content, so that the time of a file says nothing."""

import json
import os
from pathlib import Path

import pytest

from attention_course.instructor.changes import due


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a package of its own, whose lesson `sums` is released."""
    monkeypatch.setattr(due, "PACKAGE", tmp_path / "package")
    due._of_package.cache_clear()
    for name in ("source/sums/sums.ipynb", "source/sums/data.csv", "release/sums/sums.ipynb", "course_config.py"):
        write(tmp_path / name, name)
    for name in ("lesson.py", "page/widget.js", "page/look.css", "bank/items.json", "instructor/release/seal.py"):
        write(tmp_path / "package" / name, name)
    due.note(tmp_path, "sums", due.inputs(tmp_path, "sums"))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def is_due(root: Path, *, here: bool = False) -> bool:
    due._of_package.cache_clear()
    return due.due(root, ["sums"], here=here) == ["sums"]


def test_in_a_fresh_clone_with_other_times_nothing_is_due(root: Path) -> None:
    os.utime(root / "release/sums/sums.ipynb", (0, 0))
    write(root / "package/__pycache__/lesson.pyc", "compiled")
    write(root / "source/sums/.ipynb_checkpoints/sums-checkpoint.ipynb", "opened")
    write(root / "package/instructor/report/page.py", "makes no release")
    assert not is_due(root)


@pytest.mark.parametrize(
    "changed",
    [
        "source/sums/sums.ipynb",
        "source/sums/data.csv",
        "source/sums/new.csv",
        "release/sums/sums.ipynb",
        "course_config.py",
        "nbgrader_config.py",
        "package/lesson.py",
        "package/page/widget.js",
        "package/page/new.css",
        "package/bank/items.json",
        "package/instructor/release/seal.py",
    ],
)
def test_what_a_release_is_made_of_makes_it_due(root: Path, changed: str) -> None:
    write(root / changed, "something else")
    assert is_due(root)


def test_a_release_that_is_gone_or_was_never_noted_is_due(root: Path) -> None:
    (root / "release/sums/sums.ipynb").unlink()
    assert is_due(root)
    assert due.due(root, ["other"]) == ["other"]


@pytest.mark.parametrize("notes", ["<<<<<<< a conflict", "[1, 2]", "", '"text"'])
def test_where_the_notes_are_damaged_all_is_due_and_they_are_written_anew(root: Path, notes: str) -> None:
    write(root / due.NOTES, notes)
    assert is_due(root)
    due.note(root, "sums", due.inputs(root, "sums"))
    assert list(json.loads((root / due.NOTES).read_text())) == ["sums"]
    assert not is_due(root)


def test_a_release_that_came_with_git_is_due_where_the_gradebook_is_to_know_it(root: Path) -> None:
    assert not is_due(root, here=True)
    (root / due.NOTES_HERE).unlink()
    assert is_due(root, here=True)
    assert not is_due(root)


def test_the_bank_is_written_where_a_template_has_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    monkeypatch.setattr(due.subprocess, "run", lambda command, **about: ran.append(command[-1]))
    for _ in range(2):
        due.bring_up_to_date(root, due.BANK, due.bank_files(), "templates")
    assert ran == ["attention_course.instructor.templates"]
    write(root / "package/instructor/templates/sums.py", "numbers")
    due.bring_up_to_date(root, due.BANK, due.bank_files(), "templates")
    assert len(ran) == 2


def test_where_releases_lie_in_another_place_nothing_is_noted(tmp_path: Path) -> None:
    due.note(tmp_path, "sums", "…")
    assert list(tmp_path.iterdir()) == []
