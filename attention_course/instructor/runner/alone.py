"""One process at a time changes a course: whoever grades, or moves what is graded, is alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from attention_course.errors import CourseError

WORKING_FOLDER = ".grading"  # in the course's folder; of use only while a class is graded


class AlreadyGrading(CourseError):
    """Another process grades in this course."""


@contextmanager
def alone(root: Path) -> Iterator[Path]:
    """Give out the working folder, empty, to one process at a time; raise AlreadyGrading to any other."""
    folder = root / WORKING_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            shutil.rmtree(folder / "prepared", ignore_errors=True)  # a run that was killed leaves some
            try:
                yield folder
            finally:
                shutil.rmtree(folder / "prepared", ignore_errors=True)
    except Timeout as error:
        raise AlreadyGrading(
            "Another `attention-course grade` is at work in this course; wait until it is done."
        ) from error
