"""RunningCells: cells that run in a forked process, for whoever waits for their outputs."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from attention_course.errors import CourseError

Message = dict[str, Any]


class TooSlow(CourseError):
    """No message came in time."""


class RunningCells:
    """The messages of a forked process, one a line, and a socket over which the fork server interrupts or ends it."""

    def __init__(self, control: socket.socket, outputs: socket.socket) -> None:
        self._control, self._outputs = control, outputs
        self._text = b""
        self.reply: Message = {}

    def next(self, timeout: float | None) -> Message:
        """Return the next message; raise TooSlow where none comes in time, EOFError at the end."""
        self._outputs.settimeout(timeout)
        parts = [self._text]
        while b"\n" not in parts[-1]:
            try:
                parts.append(self._outputs.recv(1 << 20))
            except TimeoutError as error:
                self._text = b"".join(parts)
                raise TooSlow("A cell took too long, and went on when it was interrupted.") from error
            if not parts[-1]:
                raise EOFError("The process that runs the cells has ended.")
        line, _, self._text = b"".join(parts).partition(b"\n")
        return json.loads(line)

    def until_reply(self, timeout: float | None) -> Iterator[Message]:
        """Yield the messages of one cell; then `reply` is the reply to it. Raises as `next` does."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            left = end - time.monotonic()
            message = self.next(None if left == float("inf") else max(left, 0.001))
            if message["msg_type"] == "execute_reply":
                self.reply = message
                return
            yield message

    def interrupt(self) -> None:
        """Interrupt the cell that is running."""
        with suppress(OSError):  # the server may have ended, and the process with it
            self._control.sendall(b"i")

    def close(self) -> None:
        """End the process, whatever it does."""
        self._control.close()
        self._outputs.close()
