"""Identical records with identical times in several notebooks."""

from collections import defaultdict
from collections.abc import Sequence

from attention_course.instructor.signals.trace import Kind, Seen, Signal, Trace

ENOUGH = 3  # attempts: in a full room two people do press Check on the same pick in the same second, but not thrice
TITLE = "The same attempts at the same seconds"
MEANING = (
    "One notebook may have been handed on, or two people answered in one and each handed it in. Or it was handed in "
    "twice, under two ids."
)


def same_records(traces: Sequence[Trace]) -> Kind:
    """Return a signal for each group of students who share attempts, to the second."""
    holders: dict[Seen, list[str]] = defaultdict(list)
    for trace in traces:
        for attempt in {*trace.attempts()}:
            holders[attempt].append(trace.student)
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for (name, _, _), students in holders.items():
        if len(students) > 1:
            shared[tuple(sorted(students))].append(name)
    found = [
        Signal(students, f"{len(names)} attempts are the same to the second, at {', '.join(sorted({*names}))}.")
        for students, names in sorted(shared.items())
        if len(names) >= ENOUGH
    ]
    return Kind(TITLE, MEANING, found)
