"""The Makefile's commands, in a copy of the project that uses this environment."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from classroom import LESSON, NOTEBOOK, PAGE, ROOT, read
from project import copy, files, make

from attention_course.instructor.changes import due

WORK = f"work/{LESSON}.ipynb"
SOURCE = f"source/{NOTEBOOK}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy(tmp_path / "project")


def test_help_tells_every_command() -> None:
    commands = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert commands is not None
    told = re.findall(r"^make ([\w-]+) ", make(ROOT, "help"), re.MULTILINE)
    assert sorted(told) == sorted(set(commands[1].split()) - {"browser", "page-test", "due", "known"})


def test_demo_and_exchange_are_played_in_a_folder_that_can_be_named() -> None:
    for what, module in {"demo": "demo", "exchange": "demo.exchange"}.items():
        said = make(ROOT, "-n", what, f"{what.upper()}=here")
        assert said.strip() == f"python -m attention_course.instructor.{module} here"


def test_make_lab_opens_a_fresh_clone_at_once_and_keeps_the_work_done_there(project: Path) -> None:
    release = project / f"release/{NOTEBOOK}"
    release.parent.mkdir(parents=True)
    release.write_text("the release")
    due.note(project, LESSON, due.inputs(project, LESSON))
    due.note_written(project, due.BANK, due.bank_files())
    os.utime(release, (0, 0))  # git gives the files of a clone no order
    said = make(project, "lab", f"LESSON={LESSON}", "LAB_ARGS=--version")  # JupyterLab says its version, and ends
    assert "Released" not in said
    assert (project / WORK).read_text() == "the release"
    (project / WORK).write_text("my answers")
    (project / "course_config.py").write_text((project / "course_config.py").read_text() + "# changed")
    assert f"Released {LESSON}: " in make(project, f"LESSON={LESSON}", WORK)  # the part of `make lab` before JupyterLab
    assert (project / WORK).read_text() == "my answers"
    assert read(release)["cells"], "it is made anew, since it was due"
    assert make(project, "release", f"LESSON={LESSON}").strip() == f"Up to date: release/{NOTEBOOK}"


def test_clean_keeps_the_work_of_students_and_the_release(project: Path) -> None:
    kept = [
        WORK,
        f"work/.ipynb_checkpoints/{LESSON}-checkpoint.ipynb",
        f"submitted/amara/{NOTEBOOK}",
        f"autograded/amara/{NOTEBOOK}",
        f"feedback/amara/{PAGE}",
        f"release/{NOTEBOOK}",
        "gradebook.db",
        "grades.csv",
    ]
    gone = [".mypy_cache/x", "attention_course/__pycache__/x.pyc", f"source/{LESSON}/.ipynb_checkpoints/{LESSON}.ipynb"]
    for name in kept + gone:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("{}")
    make(project, "clean")
    assert [name for name in kept if not (project / name).exists()] == []
    assert [name for name in gone if (project / name).exists()] == []


def test_clean_removes_what_trying_the_source_notebook_left(project: Path) -> None:
    before = (project / SOURCE).read_bytes()
    notebook = json.loads(before)
    notebook["metadata"]["attention_course"] = {"version": 1, "lesson": LESSON, "answers": {}}
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code.update(execution_count=7, outputs=[{"output_type": "stream", "name": "stdout", "text": "tried"}])
    (project / SOURCE).write_text(json.dumps(notebook))
    make(project, "clean")
    assert (project / SOURCE).read_bytes() == before


def test_a_python_that_is_too_old_is_refused_with_a_sentence(project: Path) -> None:
    old = project / "old-python"
    pretend = "import sys; sys.version_info = (3, 9); sys.version = '3.9.2'; exec(sys.argv[1])"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{pretend}" "$2"\n')
    old.chmod(0o755)
    said = make(project, "release", f"PYTHON={old}", "VENV=new", fails=True)
    assert f"Python 3.11 or later is needed, and {old} is 3.9.2" in said
    assert not (project / "new").exists()


def test_the_demo_gives_the_expected_grades_and_leaves_the_project_alone(played: Path) -> None:
    said = (played / "said.txt").read_text(encoding="utf-8")
    totals = dict(re.findall(r"^(\w+) \w+ .* (\d+)$", said, re.MULTILINE))
    expected = "Amara 10, Björn 10, Chiara 5, Dmitri 0, Esperanza 0, Fatima 10, Giorgos 2, Hana 10, Ishaan 5, "
    expected += "Jaroslava 5, Keala 0, Linh 6"
    assert totals == dict(pair.split() for pair in expected.split(", "))
    assert len(list((played / "demo/feedback").glob(f"*/{PAGE}"))) == 12
    assert files(played / "after") == files(played / "before")


def test_the_project_passes_its_own_checks() -> None:
    assert "every exercise is complete" in make(ROOT, "check", f"LESSON={LESSON}")  # the others: test_lessons_check.py
