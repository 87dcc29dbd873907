"""Prepare: of what a student handed in, a clean copy that nbgrader can read."""

import shutil
from pathlib import Path
from typing import Any

from attention_course.grading.runner.submissions import Submission


def prepare(submission: Submission, target: Path, converter: Any) -> None:
    """Copy a submission."""
    folder = target / submission.student / converter.coursedir.assignment_id
    shutil.copytree(submission.folder, folder)
