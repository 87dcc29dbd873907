"""Beside: work that is done in a forked process, which leaves nothing behind but a text."""

import os
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn

LONGEST = 20  # seconds


class Beside:
    """Work that goes on while this process does something else."""

    def __init__(self, work: Callable[[], str]) -> None:
        self._reader, writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._reader)
            _work_into(writer, work)
        os.close(writer)

    def result(self) -> str | None:
        """Return what the work returned; None where it failed or takes too long, and is ended then."""
        result = _read(self._reader)
        if result is None:
            os.kill(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        return result.decode() if result and status == 0 else None  # the work itself may have ended the process


def _work_into(handle: int, work: Callable[[], str]) -> NoReturn:
    code = 1
    try:
        with open(handle, "wb") as file:
            file.write(work().encode(errors="replace"))
        code = 0
    finally:
        os._exit(code)


def _read(handle: int) -> bytes | None:
    """Return all that comes, None where its end does not come in time."""
    parts, end = [], time.monotonic() + LONGEST
    with open(handle, "rb", buffering=0) as file:
        while select.select([file], [], [], max(end - time.monotonic(), 0))[0]:
            parts.append(file.read(1 << 20))
            if not parts[-1]:
                return b"".join(parts)
    return None
