"""Forker: forks a locked child for whoever asks.

Whoever does connects to a socket and sends the limits, a line of JSON, with the child's end of a socket pair. Back come
the child's process id at once, and at its end its exit code and what it used. When the connection is closed, by
whatever, the child is killed. No byte of a student's goes through this process.
"""

import json
import os
import select
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from attention_course.instructor.sandbox.handshake import is_own
from attention_course.instructor.sandbox.limits import Limits

LEASH = 0  # standard input: whoever started this process holds the other end, and it ends with them
LONGEST_REQUEST = 4096  # bytes
PATIENCE = 2.0  # seconds that somebody who has connected has to ask


@dataclass(frozen=True)
class Birth:
    """What a process just forked needs to know."""

    channel: int
    limits: Limits


class Forker:
    """Forks children and reports their ends, until its user is gone."""

    def __init__(self, listener: socket.socket, files: str) -> None:
        self.listener, self.files = listener, files
        self.children: dict[int, socket.socket] = {}  # process id -> whoever asked for it
        self.wakeup, self.alarm = socket.socketpair()  # readable when a child has ended
        for end in (self.wakeup, self.alarm):
            end.setblocking(False)
        self.poll = select.poll()
        self.poll.register(LEASH, 0)  # its end alone
        for socket_ in (self.listener, self.wakeup):
            self.poll.register(socket_, select.POLLIN)

    def serve(self) -> Birth | None:
        """Serve; return None at the end, and in each forked process what it has to become."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.alarm.fileno(), warn_on_full_buffer=False)
        while True:
            ready = {number for number, _ in self.poll.poll()}
            if LEASH in ready:
                return None
            # Ends first, newcomers last: a handle's number that is closed here may be given out anew.
            for pid in [pid for pid, user in self.children.items() if user.fileno() in ready]:
                os.kill(pid, signal.SIGKILL)
                self.poll.unregister(self.children[pid])  # or it would be ready for ever
            if self.wakeup.fileno() in ready:
                self._report_ends()
            if self.listener.fileno() in ready:
                birth = self._accept()
                if birth:
                    return birth

    def _accept(self) -> Birth | None:
        """Fork a child for whoever connects; who asks wrongly, or is another user, is told nothing."""
        user: socket.socket | None = None
        handles: list[int] = []
        with suppress(OSError, ValueError, TypeError, IndexError):
            user, _ = self.listener.accept()
            user.settimeout(PATIENCE)
            if is_own(user):
                text, handles, _, _ = socket.recv_fds(user, LONGEST_REQUEST, 1)
                birth = Birth(handles[0], Limits(**json.loads(text)))
                pid = os.fork()
                if pid == 0:
                    return birth
                self._remember(pid, user)
                user = None
        for handle in handles:
            os.close(handle)
        if user:
            user.close()
        return None

    def _remember(self, pid: int, user: socket.socket) -> None:
        self.children[pid] = user
        self.poll.register(user, 0)  # its end alone
        tell(user, {"pid": pid, "files": self.files})

    def _report_ends(self) -> None:
        with suppress(BlockingIOError):
            self.wakeup.recv(1024)
        while self.children:
            pid, status, used = os.wait4(-1, os.WNOHANG)
            if not pid:
                return
            user = self.children.pop(pid)
            with suppress(KeyError):  # it is gone
                self.poll.unregister(user)
            cpu = used.ru_utime + used.ru_stime
            tell(user, {"exit": os.waitstatus_to_exitcode(status), "cpu": cpu})
            user.close()

    def close(self) -> None:
        """Kill the children that are left."""
        signal.set_wakeup_fd(-1)
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)


def tell(connection: socket.socket, about: dict[str, Any]) -> None:
    """Send a line of JSON; whoever it is for may be gone, or not be reading."""
    with suppress(OSError):
        connection.sendall(json.dumps(about).encode() + b"\n")
