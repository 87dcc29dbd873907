"""ForkServer: the grading process's side of the fork server; starts it, and has it run cells.

It imports little, so that the server can start before nbgrader is imported, which takes as long.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from typing import Any

from attention_course.errors import CourseError
from attention_course.instructor.forkserver.running_cells import RunningCells
from attention_course.instructor.one_thread import ONE_THREAD

SERVER = "attention_course.instructor.forkserver.server"
LONGEST_PREWARMING = 120  # seconds


class NoForkServer(CourseError):
    """Processes cannot be forked here; the message says why."""


class ForkServerEnded(CourseError):
    """The process to fork from has ended, however that came about."""

    def __init__(self) -> None:
        super().__init__("The process that submissions are forked from has ended; grade this one again.")


class ForkServer:
    """A fork server of one's own.

    It ends when its socket is closed: by `close()`, or by the system when the process that holds the other end is gone,
    however that came about.
    """

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise NoForkServer(f"Forking works on Linux alone, and this is {sys.platform}.")
        self._prewarmed: set[tuple[str, ...]] = set()
        self._prewarming = threading.Lock()
        self._user = os.getpid()
        self._start()

    def _start(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="forkserver-")  # the server removes it at its end
        self._socket, its_socket = socket.socketpair()
        with its_socket:
            self._process = subprocess.Popen(
                [sys.executable, "-m", SERVER, str(its_socket.fileno())],
                cwd=self.folder,  # nothing in the course's folder may pass for a module
                env={**os.environ, **ONE_THREAD},
                stdin=subprocess.DEVNULL,
                pass_fds=[its_socket.fileno()],
                start_new_session=True,
            )
        if not self._socket.recv(1):
            self.close()
            raise NoForkServer("The process that submissions are forked from could not be started (see above).")

    def is_usable(self) -> bool:
        """Does the server run, and is it this process's own?"""
        return self._user == os.getpid() and not self.has_died()

    def has_died(self) -> bool:
        """Was it this process's own, and does it run no longer?"""
        return self._user == os.getpid() and self._process.poll() is not None

    def prewarm(self, cells: Sequence[str], kept: Sequence[str] = ()) -> None:
        """Have an instructor's cells run once in the server: children find done what is the same for every student.

        Nothing of a student's may be among them. Should the cells leave behind what makes forking unsafe, such as a
        thread, the server is started anew without them. Whoever comes meanwhile with the same cells waits. `kept` are
        the arguments of KeptPictures, where what is drawn is to be kept for another time.
        """
        lesson = tuple(cells)
        with self._prewarming:
            if lesson in self._prewarmed:
                return
            self._prewarmed.add(lesson)
            reply = b""
            with (
                closing(self._ask({"prewarm": lesson, "kept": kept})) as connection,
                suppress(TimeoutError, ConnectionError),
            ):
                connection.settimeout(LONGEST_PREWARMING)
                reply = connection.recv(1)
            if reply != b"y":
                self.close()
                self._start()

    def run_cells(
        self,
        cells: Sequence[str],
        arguments: Sequence[str] = (),
        cwd: str | None = None,
        answers: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    ) -> RunningCells:
        """Fork a process that runs cells with IPython, and return it.

        `arguments` are those of a kernel's command line, such as "--InteractiveShell.xmode=Plain". `answers` are picks,
        by lesson and question, whose effect is drawn before the process is forked, once for all students who pick so.
        """
        about = {"cells": cells, "arguments": arguments, "cwd": cwd or os.getcwd(), "env": dict(os.environ)}
        outputs, its_outputs = socket.socketpair()
        with its_outputs:
            return RunningCells(self._ask({"run": about, "answers": answers or {}}, its_outputs.fileno()), outputs)

    def _ask(self, request: dict[str, Any], *handles: int) -> socket.socket:
        """Send a request over a socket of its own, and return that."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._socket, [b"r"], [theirs.fileno(), *handles])
            ours.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            ours.close()
            raise ForkServerEnded from error
        return ours

    def close(self) -> None:
        """End the server and every child that is left."""
        self._socket.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it runs something without an end
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def begin() -> None:
    """Start this process's fork server in the background: it takes as long to get ready as nbgrader does."""
    threading.Thread(target=_begin, name="fork server", daemon=True).start()


def _begin() -> None:
    with suppress(NoForkServer):  # whoever needs one is told
        shared()


_shared: ForkServer | None = None
_lock = threading.Lock()


def shared() -> ForkServer:
    """Return this process's fork server, started when first asked for; raise NoForkServer where there can be none."""
    global _shared
    with _lock:
        if _shared is not None and _shared.has_died():
            _shared.close()
        if _shared is None or not _shared.is_usable():
            _shared = ForkServer()
        return _shared
