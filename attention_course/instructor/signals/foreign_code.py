"""An answer code whose answers are somebody else's, to the second."""

from collections import defaultdict
from collections.abc import Sequence

from attention_course.instructor.signals.same_records import ENOUGH
from attention_course.instructor.signals.trace import Kind, Signal, Trace, digest

FEW = 20  # holders of one attempt: what more have was handed out
TITLE = "An answer code with somebody else’s answers"
MEANING = (
    "An answer code was passed on. Or two people worked on one machine, and one of them pasted the code of the other’s "
    "lesson."
)


def foreign_code(traces: Sequence[Trace]) -> Kind:
    """Return a signal for each pair of a notebook with an answer code, and one in which its answers were given."""
    holders: dict[str, list[Trace]] = defaultdict(list)
    coded = frozenset[str]().union(*(trace.coded for trace in traces))
    if not coded:
        return Kind(TITLE, MEANING)
    for trace in traces:
        for seen in {digest(name, at) for name, at, _ in trace.attempts()} & coded:
            holders[seen].append(trace)
    found = []
    for trace in traces:
        others: dict[str, int] = defaultdict(int)
        for seen in trace.coded:
            for other in holders[seen] if len(holders[seen]) <= FEW else ():
                others[other.student] += seen not in other.coded
        found += [
            Signal((trace.student, other), f"{count} attempts in the answer code of {trace.student} are {other}’s.")
            for other, count in sorted(others.items())
            if other != trace.student and count >= ENOUGH
        ]
    return Kind(TITLE, MEANING, found)
