"""Every lesson passes the authoring check, as `make check` has it; `practice` does so in test_commands.py."""

import subprocess
import sys

import pytest
from classroom import LESSON, ROOT

LESSONS = sorted({path.stem for path in ROOT.glob("source/*/*.ipynb")} - {LESSON})


@pytest.fixture(scope="module")
def checked() -> subprocess.CompletedProcess[str]:
    """What the check of all lessons said, in one process: to import torch takes as long as to check a lesson."""
    sources = [f"source/{lesson}/{lesson}.ipynb" for lesson in LESSONS]
    command = [sys.executable, "-m", "attention_course.instructor.source", *sources]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_is_complete(lesson: str, checked: subprocess.CompletedProcess[str]) -> None:
    said = [line for line in checked.stdout.splitlines() if f"source/{lesson}/" in line]
    assert said == [f"source/{lesson}/{lesson}.ipynb: every exercise is complete."], checked.stdout + checked.stderr


def test_the_check_says_nothing_else(checked: subprocess.CompletedProcess[str]) -> None:
    assert (checked.returncode, len(checked.stdout.splitlines())) == (0, len(LESSONS)), checked.stdout
