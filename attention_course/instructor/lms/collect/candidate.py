"""A notebook that may be a student's submission: how new it is, and whether it is the lesson's at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from attention_course.answers import notebook, record
from attention_course.errors import NotebookError
from attention_course.instructor.formatting import printable
from attention_course.instructor.lms.collect.file_names import Sender, is_named
from attention_course.instructor.lms.collect.ledger import Age
from attention_course.instructor.lms.collect.unpack import Found

LARGEST_READ = 20_000_000  # bytes; a larger notebook is collected, but not looked into


@dataclass(frozen=True)
class Candidate:
    """An unpacked notebook of one student."""

    file: Found
    path: Path
    age: Age
    digest: str
    is_checkpoint: bool  # JupyterLab's own older copy

    @property
    def origin(self) -> str:
        """Where it comes from, for a person."""
        return printable(self.file.parts)


def candidate(file: Found, path: Path, who: Sender | None, lesson: str) -> Candidate | None:
    """Return a notebook as a candidate; None where neither its name nor its content is the lesson's."""
    name = file.parts[-1]
    if who and who.file and len(file.parts) == file.given:
        name = who.file
    attempts = _attempts(path, lesson)
    if attempts is None and not is_named(name, lesson):
        return None
    age = Age(who.order if who else 0, file.time, max(attempts or [""]))
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Candidate(file, path, age, digest, ".ipynb_checkpoints" in file.parts or "-checkpoint" in name)


def _attempts(path: Path, lesson: str) -> list[str] | None:
    """Return when the lesson's questions were answered in a notebook; None where it does not belong to the lesson."""
    if path.stat().st_size > LARGEST_READ:
        return None
    try:
        whole = notebook.load(path)
        records, _ = record.read(whole, lesson)
    except (NotebookError, RecursionError):
        return None
    metadata = whole.get("metadata")
    ours = metadata.get(record.METADATA_KEY) if isinstance(metadata, dict) else None
    if not records and not (isinstance(ours, dict) and ours.get("lesson") == lesson):
        return None
    return [_utc(attempt.at) for answered in records.values() for attempt in answered.attempts]


def _utc(at: str) -> str:
    time = datetime.fromisoformat(at)
    try:
        return (time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()
    except OverflowError:
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
