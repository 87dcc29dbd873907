"""All signals of a class."""

from collections.abc import Mapping, Sequence

from attention_course.instructor.signals.foreign_code import foreign_code
from attention_course.instructor.signals.older_than_release import older_than_release
from attention_course.instructor.signals.same_records import same_records
from attention_course.instructor.signals.same_shape import same_shape
from attention_course.instructor.signals.trace import Kind, Trace

INTRODUCTION = (
    "To look at; says nothing by itself. People learn together, share a machine, hand in twice, and clocks are wrong. "
    "Look at both notebooks and ask before you conclude anything."
)


def all_signals(traces: Sequence[Trace], given: Mapping[str, Sequence[str]], released: float) -> list[Kind]:
    """Return the kinds of which there is anything; `released` is in seconds since 1970, 0 where nobody knows."""
    kinds = (
        same_records(traces),
        foreign_code(traces),
        older_than_release(traces, released),
        same_shape(traces, given),
    )
    return [kind for kind in kinds if kind.signals]
