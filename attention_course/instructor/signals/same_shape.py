"""Code of the same shape in a few hands, beyond what the starter and the task itself force."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attention_course.instructor.signals.shape import beyond, shape, statements
from attention_course.instructor.signals.trace import Kind, Signal, Trace

HANDS = range(2, 5)  # who share it: what more have is a common solution, or stands in a book
ENOUGH = 8  # answers to a question, of which most must differ
MOST_DIFFER = 0.5
NODES = 60  # of the syntax tree beyond the reference: about five lines that are a choice
TITLE = "Code of the same shape"
MEANING = (
    "Names and comments aside, the code is the same, and more than the task and its starter force. People may have "
    "worked together, or used the same book, page or assistant."
)


def same_shape(traces: Sequence[Trace], given: Mapping[str, Sequence[str]]) -> Kind:
    """Return a signal for each group; `given` has, by question answered with code, its starter and its references."""
    found = []
    for name, sources in given.items():
        codes = {
            trace.student: trace.records[name].attempts[-1].picks[0]
            for trace in traces
            if name in trace.records and trace.records[name].attempts and trace.records[name].attempts[-1].picks
        }
        known = frozenset(told for source in sources for told, _ in statements(source))
        ours = {shape(source) for source in sources}
        groups: dict[str, list[str]] = defaultdict(list)
        for student, code in codes.items():
            groups[shape(code)].append(student)
        if len(codes) < ENOUGH or len(groups) < MOST_DIFFER * len(codes):
            continue
        found += [
            Signal(tuple(sorted(students)), f"{name}: {size} parts of it are no part of the course’s own.")
            for told, students in sorted(groups.items(), key=lambda group: min(group[1]))
            if told
            and told not in ours
            and len(students) in HANDS
            and (size := beyond(codes[students[0]], known)) >= NODES
        ]
    return Kind(TITLE, MEANING, found)
