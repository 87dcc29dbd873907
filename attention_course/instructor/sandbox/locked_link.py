"""LockedLink: the trusted end of one locked child. What comes from there may be anything, or nothing."""

import json
import select
import socket
import time
from contextlib import suppress
from typing import Any

from attention_course.errors import Garbled, NoSandbox, StudentError
from attention_course.instructor.sandbox.fate import fate
from attention_course.instructor.sandbox.handshake import LOCKED
from attention_course.instructor.sandbox.limits import Limits
from attention_course.student_code.frames import HEAD, lengths

# A call may take this many times its seconds where the machine is so busy that it could not compute in them.
PATIENCE = 4
CHUNK = 1 << 20  # bytes read at once
# Seconds until a child must be locked in, and until its end must be reported: limits for what never comes.
LONGEST_BIRTH, LONGEST_END = 60.0, 5.0
NOT_LOCKED = "Student-written code is not run: its process could not be locked in."


class LockedLink:
    """Talks to a child over `channel`; over `control` comes what the warm process knows of it.

    Raises NoSandbox, before anything is sent, where the child does not say that it is locked in.
    """

    def __init__(self, control: socket.socket, channel: socket.socket, limits: Limits) -> None:
        self._control, self._channel, self._limits = control, channel, limits
        self._pid = self._line(LONGEST_BIRTH).get("pid", 0)
        if not self._pid or not self._is_locked():
            self.close()
            raise NoSandbox(NOT_LOCKED)
        self._began_with = self._most_held()

    def _is_locked(self) -> bool:
        self._channel.settimeout(LONGEST_BIRTH)
        try:
            return self._channel.recv(1) == LOCKED
        except OSError:
            return False
        finally:
            self._channel.setblocking(False)

    def exchange(self, frame: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Send a question and return what comes back; see `Link`."""
        end = _End(self, seconds)
        try:
            self._hear_nothing()
            self._send(frame, end)
            text, data = lengths(self._receive(HEAD.size, end))
            return self._receive(text, end), self._receive(data, end)
        except (ConnectionError, EOFError):
            raise fate(self._line(LONGEST_END), self._limits) from None

    def _hear_nothing(self) -> None:
        with suppress(BlockingIOError):
            if self._channel.recv(1, socket.MSG_PEEK):
                raise Garbled("something that nobody asked for")
            raise EOFError

    def _send(self, frame: bytes, end: "_End") -> None:
        rest = memoryview(frame)
        while rest:
            end.wait(select.POLLOUT)
            with suppress(BlockingIOError):
                rest = rest[self._channel.send(rest, socket.MSG_NOSIGNAL) :]

    def _receive(self, length: int, end: "_End") -> bytes:
        parts = bytearray()
        while len(parts) < length:
            end.wait(select.POLLIN)
            part = self._channel.recv(min(length - len(parts), CHUNK))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def cpu(self) -> float:
        """Return the child's computing time as the kernel counts it."""
        with suppress(OSError):  # it is gone
            return time.clock_gettime((~self._pid << 3) | 2)  # the clock of a process: clock_getcpuclockid(3)
        return 0.0

    def memory(self) -> int:
        """Return how many bytes the child has held at most, as the kernel counts them, beside those it began with."""
        return max(0, self._most_held() - self._began_with)

    def _most_held(self) -> int:
        with suppress(OSError), open(f"/proc/{self._pid}/status") as file:
            return next((int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM:")), 0)
        return 0

    def _line(self, seconds: float) -> dict[str, Any]:
        """Receive a line that the warm process sends; nothing where none comes."""
        self._control.settimeout(seconds)
        line = b""
        with suppress(OSError):
            while not line.endswith(b"\n") and (byte := self._control.recv(1)):
                line += byte
        return json.loads(line) if line.endswith(b"\n") else {}

    def close(self) -> None:
        """Have the child killed, also where a copy of this handle is held by somebody who was forked meanwhile."""
        for end in (self._channel, self._control):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    __del__ = close


class _End:
    """When a call has to be done: when the child has computed for some seconds, or much time has passed."""

    def __init__(self, link: LockedLink, seconds: float) -> None:
        self.link, self.seconds = link, seconds
        self.cpu, self.time = link.cpu() + seconds, time.monotonic() + seconds * PATIENCE
        self.poll = select.poll()

    def wait(self, event: int) -> None:
        """Wait until something can be done; raise StudentError where the call has to be done before."""
        self.poll.register(self.link._channel, event)
        while True:
            left = min(self.cpu - self.link.cpu(), self.time - time.monotonic())
            if self.poll.poll(max(left, 0) * 1000 + 1):
                return
            if left <= 0:
                sentence = f"it took longer than {self.seconds:g} seconds"
                raise StudentError("TooSlow", sentence, cause="too slow")
