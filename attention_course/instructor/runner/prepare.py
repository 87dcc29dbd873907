"""Prepare: of what a student handed in, a clean copy that nbgrader can read."""

import json
import os
from pathlib import Path
from typing import Any

from attention_course.instructor.grading.drop_files import LATE, LATE_BUT_WHEN, SECRET, TIME
from attention_course.instructor.runner.find_notebook import find_notebook
from attention_course.instructor.runner.submissions import Submission
from attention_course.instructor.times import UnknownZone, in_utc

LONGEST = 200  # characters of either; nbgrader's own have 32 and 128


def prepare(submission: Submission, target: Path, lesson: str, log: Any) -> None:
    """Write the copy to a folder: the notebook, under its right name, when it was handed in, and the exchange's secret.

    What was handed in is not changed. The log says what is doubtful; NotebookError is raised where no notebook can be
    read, after the rest is written.
    """
    copy_time_and_secret(submission, target, log)
    if os.path.lexists(submission.folder / LATE):
        log.warning(LATE_BUT_WHEN)
    notebook = find_notebook(submission.folder, lesson, log)
    (target / f"{lesson}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def copy_time_and_secret(submission: Submission, target: Path, log: Any) -> None:
    """Write to a folder what else nbgrader looks for there, as far as it is there and can be read."""
    target.mkdir(parents=True, exist_ok=True)
    said = {TIME: _handed_in_at(submission.folder / TIME, log), SECRET: _secret(submission.folder / SECRET, log)}
    for name, text in said.items():
        if text:
            (target / name).write_text(text, encoding="utf-8")


def _handed_in_at(path: Path, log: Any) -> str:
    """Return the time that a file says; "" where there is no such file, or no time in it."""
    if not os.path.lexists(path):
        return ""
    try:
        return f"{in_utc(_beginning(path)).isoformat(sep=' ')} UTC"
    except UnknownZone as error:
        log.warning("%s: %s, so it cannot be told when it was handed in, and it does not count as late.", TIME, error)
    except (OSError, ValueError):
        log.warning("%s does not say when it was handed in, so it does not count as late.", TIME)
    return ""


def _secret(path: Path, log: Any) -> str:
    """Return the secret that a file holds; "" where there is no such file, or it cannot be read."""
    if not os.path.lexists(path):
        return ""
    try:
        return _beginning(path)
    except (OSError, ValueError):
        log.warning("%s cannot be read, so the feedback cannot be released through nbgrader's exchange.", SECRET)
        return ""


def _beginning(path: Path) -> str:
    """Return the text of a small file; raise OSError or ValueError where it is no file of the student's own."""
    if path.is_symlink() or not path.is_file():  # to open a pipe would wait for its writer
        raise ValueError("only a file of the student's own is read")
    with path.open(encoding="utf-8-sig") as file:
        return file.read(LONGEST).strip()
