"""Prepare: of what a student handed in, a clean copy that nbgrader can read."""

import json
import os
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from attention_course.grading.runner.choose import choose
from attention_course.grading.runner.submissions import Submission

TIME = "timestamp.txt"
LONGEST_TIME = 100  # characters


def prepare(submission: Submission, target: Path, lesson: str, log: Any) -> None:
    """Write the copy to a folder: the notebook, under its right name, and when it was handed in.

    What was handed in is not changed. The log says what is doubtful; NotebookError is raised where no notebook can be
    read, after the time is written.
    """
    target.mkdir(parents=True, exist_ok=True)
    time = _handed_in_at(submission.folder / TIME, log)
    if time:
        (target / TIME).write_text(time, encoding="utf-8")
    notebook = choose(submission.folder, lesson, log)
    (target / f"{lesson}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _handed_in_at(path: Path, log: Any) -> str:
    """Return the time that a file says; "" where there is no such file, or no time in it."""
    if not os.path.lexists(path):
        return ""
    try:
        if path.is_symlink() or not path.is_file():  # to open a pipe would wait for its writer
            raise ValueError("only a file of the student's own is read")
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LONGEST_TIME).strip()
        parse_utc(text).isoformat()
        return text
    except (OSError, ValueError, OverflowError, TypeError, AttributeError):
        log.warning("%s does not say when it was handed in, so it does not count as late.", TIME)
        return ""
