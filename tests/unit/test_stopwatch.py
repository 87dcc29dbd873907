"""A time limit counts what this process computes: on a busy machine nothing is stopped that would have been in time."""

import time

import pytest

from attention_course.instructor.source.time_limit import TooLong, time_limit
from attention_course.student_code import stopwatch
from attention_course.student_code.stopwatch import Clock, TimeIsUp, within


def busy(seconds):
    """Compute for so long, by the wall's clock."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


@pytest.mark.parametrize(
    ("wall", "cpu", "left"),
    [
        (4.0, 4.0, 6.0),  # a machine of its own
        (9.0, 3.0, 7.0),  # a busy one
        (9.0, 18.0, 1.0),  # two threads: no less than by the wall's clock
        (36.0, 0.0, 1.0),  # asleep: four times as long, and no longer
        (40.0, 0.0, 0.0),
        (9.99, 9.99, stopwatch.SHORTEST),
        (11.0, 11.0, 0.0),
    ],
)
def test_the_clock_counts_what_is_computed(monkeypatch, wall, cpu, left):
    clock = Clock(10)
    start, begun = clock._wall, clock._cpu
    monkeypatch.setattr(stopwatch.time, "monotonic", lambda: start + wall)
    monkeypatch.setattr(stopwatch.time, "process_time", lambda: begun + cpu)
    assert clock.left() == pytest.approx(left)


def test_who_waits_for_others_is_not_stopped_as_if_it_had_computed():
    assert within(0.1, lambda: time.sleep(0.25) or "done") == "done"
    with time_limit(0.1):
        time.sleep(0.25)


def test_a_loop_that_computes_is_stopped():
    with pytest.raises(TimeIsUp):
        within(0.1, lambda: busy(5))
    with pytest.raises(TooLong), time_limit(0.1):
        busy(5)
