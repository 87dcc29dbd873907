"""Sittings: which of a lesson's records belong together, and which of them count."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Attempt, Record


@dataclass
class Answered:
    """What was answered in one sitting: to each question's name what was drawn, and the attempt."""

    of: tuple[int, int]
    answers: dict[str, tuple[Drawn, Attempt]] = field(default_factory=dict)

    def is_complete(self, names: Collection[str]) -> bool:
        """Are all of these questions answered?"""
        return set(names) <= set(self.answers)

    @property
    def at(self) -> str:
        """When the last of its answers was given (ISO 8601), "" before the first."""
        return max((attempt.at for _, attempt in self.answers.values()), key=moment, default="")


def moment(at: str) -> float:
    """Return a time of a record in seconds, 0 for a year that no clock shows."""
    try:
        return datetime.fromisoformat(at).timestamp()
    except (OverflowError, OSError, ValueError):
        return 0.0


def gathered(records: Mapping[str, Record]) -> list[Answered]:
    """Return the sittings in which something was answered, the latest last."""
    found: dict[tuple[int, int], Answered] = {}
    for name, record in records.items():
        sat = [(one.drawn, one.attempt) for one in record.sat]
        now = [(record.drawn, attempt) for attempt in record.attempts[-1:] if record.drawn]
        for drawn, attempt in [*sat, *now]:
            found.setdefault(drawn.of, Answered(drawn.of)).answers[name] = drawn, attempt
    return sorted(found.values(), key=lambda one: (moment(one.at), one.of))


def leading(records: Iterable[Record]) -> tuple[int, int] | None:
    """Return which sitting is the one that goes on: the latest of what was stored, else what was drawn here; or None.

    What was drawn and never answered gives way to what another copy of the records holds.
    """
    drawn = [record for record in records if record.drawn]
    return max(drawn, key=_rank).drawn.of if drawn else None  # type: ignore[union-attr]


def _rank(record: Record) -> tuple[bool, int, float]:
    times = [moment(attempt.at) for attempt in (*record.attempts, *(one.attempt for one in record.sat))]
    return record.revision > 0, record.drawn.sitting if record.drawn else 0, max(times, default=0.0)


def counting(records: Mapping[str, Record], names: Collection[str]) -> dict[str, Record]:
    """Return the records as they count: the latest sitting that is complete, else what is answered in the one begun.

    `names` are all questions of a sitting; records of others stay as they are.
    """
    asked = {name: record for name, record in records.items() if name in names}
    complete = [one for one in gathered(asked) if one.is_complete(names)]
    of = complete[-1].of if complete else leading(asked.values())
    others = {name: record for name, record in records.items() if name not in names}
    return {**others, **{name: found for name, record in asked.items() if (found := _as_of(record, of))}}


def _as_of(record: Record, of: tuple[int, int] | None) -> Record | None:
    """Return a record with what was answered in one sitting, None where it holds nothing of it."""
    if record.drawn and record.drawn.of == of:
        return record
    for one in record.sat:
        if one.drawn.of == of:
            return replace(record, drawn=one.drawn, attempts=(one.attempt,), order=())
    return None
