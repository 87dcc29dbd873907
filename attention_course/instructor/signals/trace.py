"""Trace: what a graded notebook tells of when and how it came about; and Signal: what is to be looked at."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from attention_course.answers.record import Record

Seen = tuple[str, str, tuple[str, ...]]  # an attempt: question, time, picks


@dataclass(frozen=True)
class Trace:
    """One student's records by question, and digests of the attempts that came with an answer code."""

    student: str
    records: Mapping[str, Record]
    coded: frozenset[str] = frozenset()

    def attempts(self) -> Iterator[Seen]:
        """Yield every attempt whose time is known."""
        for name, record in self.records.items():
            for attempt in record.attempts:
                if moment(attempt.at):
                    yield name, attempt.at, attempt.picks


@dataclass(frozen=True)
class Signal:
    """Students, and a sentence on what is to be looked at in their notebooks."""

    students: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Kind:
    """The signals of one kind, with what they may mean and need not mean."""

    title: str
    meaning: str
    signals: list[Signal] = field(default_factory=list)


def digest(name: str, at: str) -> str:
    """Return what tells an attempt at a question from others, short enough to be noted in a graded notebook."""
    return hashlib.sha256(f"{name} {at}".encode()).hexdigest()[:16]


def moment(at: str) -> float:
    """Return a time in seconds since 1970; 0 where it says nothing."""
    try:
        time = datetime.fromisoformat(at)
        return max(time.timestamp(), 0.0) if time.year > 1970 else 0.0
    except (ValueError, OverflowError, OSError):
        return 0.0
