"""Stopwatch: ends a student's loop in the process of the test itself, where no other process can be ended for it."""

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")
AGAIN = 0.5  # seconds; the code may have caught the first one
BUSY = 4  # times as long it may take on a machine that computes other things meanwhile
SHORTEST = 0.05  # seconds between two looks at the time


class TimeIsUp(BaseException):
    """Raised in the student's code; not an Exception, which the code may be catching."""


class Clock:
    """Counts a time limit down: by the wall's clock, slower where this process gets less than that to compute."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._wall, self._cpu = seconds, time.monotonic(), time.process_time()

    def left(self) -> float:
        """Return how many seconds are left, at least `SHORTEST`; 0 where none are."""
        wall, cpu = time.monotonic() - self._wall, time.process_time() - self._cpu
        left = self._seconds - min(wall, max(cpu, wall / BUSY))
        return max(left, SHORTEST) if left > 0 else 0


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do some work; raise TimeIsUp in the midst of it when it takes too long, by the `Clock`.

    That happens between two steps of Python. A library's call that does not return cannot be ended, nor can a loop that
    goes on after whatever is raised in it.
    """
    watch = _Watch(seconds)
    try:
        try:
            watch.start()
            return work()
        finally:
            watch.stop()
    except TimeIsUp:  # it may have come while the watch was being stopped
        watch.stop()
        raise


class _Watch:
    def __init__(self, seconds: float) -> None:
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._waiting = threading.Thread(target=self._wait, args=(seconds,), name="stopwatch", daemon=True)

    def start(self) -> None:
        """Let the time begin."""
        self._waiting.start()

    def _wait(self, seconds: float) -> None:
        clock, left = Clock(seconds), seconds
        while not self._stopped.wait(left or AGAIN):
            left = clock.left()
            with self._lock:
                if not left and not self._stopped.is_set():
                    self._raise(ctypes.py_object(TimeIsUp))

    def stop(self) -> None:
        """Raise nothing from now on, not even what is about to be raised."""
        with self._lock:
            self._stopped.set()
            self._raise(None)

    def _raise(self, what: ctypes.py_object | None) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, what)
