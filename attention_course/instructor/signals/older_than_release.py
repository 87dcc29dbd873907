"""A record older than the release that it is an answer to."""

from collections.abc import Sequence
from datetime import UTC, datetime

from attention_course.instructor.formatting import counted
from attention_course.instructor.signals.trace import Kind, Signal, Trace, moment

DAY = 86_400.0  # seconds; clocks of students' machines are wrong by hours, and so are their zones
MOST = 0.1  # of the class: where more records are older, it is the release that is newer
TITLE = "Answered before the release"
MEANING = (
    "Answers may come from an earlier term's notebook. Or the machine's clock was wrong, or the lesson was tried out, "
    "or taken over from an older file."
)
NEWER = (
    "{count} of {all} notebooks hold answers from before the release of {day}, so that was probably made anew since, "
    "and nobody is listed."
)


def older_than_release(traces: Sequence[Trace], released: float) -> Kind:
    """Return a signal for each student with answers from a day or more before the release (seconds since 1970)."""
    older: dict[str, tuple[str, int]] = {}
    for trace in traces:
        times = sorted((moment(at), at) for _, at, _ in trace.attempts() if moment(at) < released - DAY)
        if times and released:
            older[trace.student] = times[0][1][:10], len(times)
    if len(older) > max(MOST * len(traces), 2):
        return Kind(TITLE, MEANING, [Signal((), NEWER.format(count=len(older), all=len(traces), day=_day(released)))])
    found = [
        Signal(
            (student,),
            f"{counted(count, 'attempt')} from before the release of {_day(released)}, the first of {first}.",
        )
        for student, (first, count) in older.items()
    ]
    return Kind(TITLE, MEANING, found)


def _day(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).date().isoformat()
