"""A notebook that may be a student's submission: how new it is, and whether it is the lesson's at all."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from attention_course.errors import NotebookError
from attention_course.instructor.handed_in.notebook_names import is_named
from attention_course.instructor.handed_in.read_notebook import read_notebook
from attention_course.instructor.handed_in.unpack import Found
from attention_course.instructor.lms.collect.file_names import Sender
from attention_course.instructor.lms.collect.ledger import Age

SILENT = logging.Logger("collect", logging.CRITICAL + 1)  # what is broken in parts is said when it is graded


@dataclass(frozen=True)
class Candidate:
    """An unpacked notebook of one student."""

    file: Found
    path: Path
    age: Age
    digest: str
    is_checkpoint: bool  # JupyterLab's own older copy
    is_named: bool  # as the lesson, or as a copy of it
    trouble: str = ""  # why it cannot be read
    is_late: bool = False  # does Canvas say so?

    @property
    def origin(self) -> str:
        """Where it comes from, for a person."""
        return self.file.name


def candidate(file: Found, path: Path, who: Sender | None, lesson: str) -> Candidate | None:
    """Return a notebook as a candidate; None for another one. One that cannot be read may well be the lesson's."""
    name = file.parts[-1]
    if who and who.file and len(file.parts) == file.given:
        name = who.file
    named = is_named(name, lesson)
    last_attempt, trouble = 0.0, ""
    try:
        read = read_notebook(path, lesson, SILENT)
        last_attempt = read.last_attempt
        if not read.is_lesson and not named:
            return None
    except (NotebookError, OSError) as error:
        trouble = str(error)
    age = Age(who.order if who else 0, file.time, _utc(last_attempt))
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    is_checkpoint = ".ipynb_checkpoints" in file.parts or "-checkpoint" in name
    return Candidate(file, path, age, digest, is_checkpoint, named, trouble, who is not None and who.is_late)


def _utc(attempt: float) -> str:
    try:
        return datetime.fromtimestamp(attempt, UTC).isoformat() if attempt else ""
    except (ValueError, OverflowError):  # in the year 10000
        return ""


def newest(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the newest of a student's notebooks; None where nothing tells which it is."""
    own = [each for each in candidates if not each.is_checkpoint] or list(candidates)
    best = own[0]
    for other in own[1:]:
        if other.age.is_newer_than(best.age):
            best = other
    rivals = [each for each in own if each.digest != best.digest]
    return best if all(best.age.is_newer_than(rival.age) for rival in rivals) else None
