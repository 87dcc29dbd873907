"""Local: a link to student-written code in this very process; it has no lock, and the codec all the same."""

import time
from typing import Any

from attention_course.errors import StudentError
from attention_course.student_code.frames import HEAD, lengths, unpack
from attention_course.student_code.host import Host
from attention_course.student_code.stopwatch import TimeIsUp, within


class Local:
    """Answers in this process, with the names of a kernel, or without any as yet."""

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        own: dict[str, Any] = {"__name__": "__main__"}
        not_caught = (TimeIsUp, KeyboardInterrupt)
        self._host = Host(own if names is None else names, has_run=names is not None, not_caught=not_caught)

    def exchange(self, frame: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Answer a frame; raise StudentError where that takes too long."""
        request, data = unpack(frame)
        try:
            reply = within(seconds, lambda: self._host.answer(request, data))
        except TimeIsUp:
            raise StudentError("TooSlow", f"it took longer than {seconds:g} seconds", cause="too slow") from None
        end = HEAD.size + lengths(reply[: HEAD.size])[0]
        return reply[HEAD.size : end], reply[end:]

    def cpu(self) -> float:
        """Return this process's computing time in seconds."""
        return time.process_time()

    def memory(self) -> int:
        """Return 0: here it cannot be told whose memory is whose."""
        return 0

    def close(self) -> None:
        """Do nothing: the names are the kernel's."""
