"""The form of a remark on a student's submission in the log, where many students' remarks follow each other."""

from typing import Any


def remark(log: Any, resources: Any, sentence: str) -> None:
    """Warn of something in the submission that is being graded, naming the student."""
    log.warning("%s%s", _prefix(resources["nbgrader"]["student"]), sentence)


def without_student(said: str, student: str) -> str:
    """Return the sentence of a remark alone, for a report that names the student itself."""
    return said.removeprefix(_prefix(student))


def _prefix(student: str) -> str:
    return f"{student}: "
