"""A time limit for an author's programs while they are checked."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attention_course.student_code.stopwatch import Clock


class TooLong(BaseException):
    """Time is up; no `except Exception` of a program's own catches it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in what runs meanwhile when time is up, by the `Clock`, which waits on a busy machine.

    It works where there are alarms, in the main thread: elsewhere, as on Windows, there is no limit. A call into a
    library, such as one endless matrix product, is stopped only when it returns.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    clock = Clock(seconds)

    def time_is_up(*_: Any) -> None:
        if not (left := clock.left()):
            raise TooLong
        signal.setitimer(signal.ITIMER_REAL, left)

    before = signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
