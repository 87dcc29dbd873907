"""Every lesson passes the authoring check, as `make check` has it; `practice` does so in test_commands.py."""

import subprocess
import sys

import pytest
from classroom import LESSON, ROOT

LESSONS = sorted({path.stem for path in ROOT.glob("source/*/*.ipynb")} - {LESSON})


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_is_complete(lesson: str) -> None:
    command = [sys.executable, "-m", "attention_course.instructor.source", f"source/{lesson}/{lesson}.ipynb"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, f"{command[-1]}: every exercise is complete.")
