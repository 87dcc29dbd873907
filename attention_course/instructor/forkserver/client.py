"""Nursery: the grading process's side of the nursery process; starts it and asks it for kernels."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any

from attention_course.instructor.forkserver.child_process import KernelProcess

PROCESS = "attention_course.instructor.forkserver.server"
LONGEST_REHEARSAL = 120  # seconds


class NoNursery(Exception):
    """Kernels cannot be forked here; the message says why."""


class Nursery:
    """A nursery process of one's own.

    It ends when its socket is closed: by `close()`, or by the system when the process that holds the other end is gone,
    however that came about.
    """

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise NoNursery(f"Forking kernels works on Linux alone, and this is {sys.platform}.")
        self._rehearsed: set[Hashable] = set()
        self._rehearsing = threading.Lock()
        self._user = os.getpid()
        self._start()

    def _start(self) -> None:
        self._drawn: set[tuple[str, str, tuple[str, ...]]] = set()
        self.folder = tempfile.mkdtemp(prefix="kernels-")  # the nursery process removes it at its end
        self._socket, its_socket = socket.socketpair()
        with its_socket:
            # frozen_modules: as ipykernel starts its kernels, for the debugger's sake.
            options = ["-Xfrozen_modules=off", "-m", PROCESS, str(its_socket.fileno())]
            self._process = subprocess.Popen(
                [sys.executable, *options],
                cwd=self.folder,  # nothing in the course's folder may pass for a module
                stdin=subprocess.DEVNULL,
                pass_fds=[its_socket.fileno()],
                start_new_session=True,
            )
        if not self._socket.recv(1):
            self.close()
            raise NoNursery("The process that kernels are forked from could not be started (see above).")

    def is_usable(self) -> bool:
        """Does the nursery process run, and is it this process's own?"""
        return self._user == os.getpid() and not self.has_died()

    def has_died(self) -> bool:
        """Was it this process's own, and does it run no longer?"""
        return self._user == os.getpid() and self._process.poll() is not None

    def rehearse(self, lesson: Hashable, cells: Callable[[], Sequence[str]]) -> None:
        """Have an instructor's cells run once in the nursery: kernels find done what is the same for every student.

        Nothing of a student's may be among them. Should the cells leave behind what makes forking unsafe, such as a
        thread, the nursery is started anew without them. A lesson is rehearsed once, and who comes meanwhile waits.
        """
        with self._rehearsing:
            if lesson in self._rehearsed:
                return
            self._rehearsed.add(lesson)
            reply = ""
            with closing(self._ask(b"r", cells(), [])) as connection, suppress(TimeoutError, ConnectionError):
                connection.settimeout(LONGEST_REHEARSAL)
                reply = _line(connection)
            if reply != "safe":
                self.close()
                self._start()

    def draw(self, lesson: str, question: str, picks: Sequence[str]) -> None:
        """Have what a filling of a rehearsed lesson's question does drawn, once, before the next kernel is forked."""
        filling = lesson, question, tuple(picks)
        if filling not in self._drawn:
            self._drawn.add(filling)
            self._ask(b"f", filling, []).close()

    def start_kernel(
        self,
        command: list[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
        independent: bool = False,
    ) -> KernelProcess:
        """Fork the kernel that a command would start; the arguments are those of jupyter_client's `launch_kernel`."""
        environment = dict(os.environ if env is None else env)
        if not independent:
            environment["JPY_PARENT_PID"] = str(os.getpid())
        kernel = {"command": command, "cwd": cwd or os.getcwd(), "env": environment, "independent": independent}
        with open(os.devnull) as nothing:
            streams = [nothing.fileno() if stdin is None else stdin]
            streams += [1 if stdout is None else stdout, 2 if stderr is None else stderr]
            return _forked(self._ask(b"k", kernel, streams))

    def start_cells(
        self, cells: Sequence[str], arguments: Sequence[str] = (), cwd: str | None = None
    ) -> tuple[KernelProcess, socket.socket]:
        """Fork a process that runs cells with IPython; return it, and the socket on which their outputs arrive.

        `arguments` are those of a kernel's command line, such as "--InteractiveShell.xmode=Plain".
        """
        request = {"cells": cells, "arguments": arguments, "cwd": cwd or os.getcwd(), "env": dict(os.environ)}
        outputs, its_outputs = socket.socketpair()
        with its_outputs, open(os.devnull, "r+b") as nothing:
            handles = [nothing.fileno()] * 3 + [its_outputs.fileno()]
            return _forked(self._ask(b"c", request, handles)), outputs

    def _ask(self, what: bytes, request: Any, streams: list[int]) -> socket.socket:
        """Send a request over a socket of its own, and return that."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._socket, [what], [theirs.fileno(), *streams])
            ours.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            ours.close()
            raise RuntimeError("The process that kernels are forked from has ended; grade it again.") from error
        return ours

    def close(self) -> None:
        """End the nursery process and every kernel that is left."""
        self._socket.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it rehearses something without an end
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _forked(connection: socket.socket) -> KernelProcess:
    """Return the process whose id comes over a connection."""
    pid = _line(connection)
    if not pid:
        connection.close()
        raise RuntimeError("The process that kernels are forked from ended before it had forked this one.")
    return KernelProcess(int(pid), connection)


def _line(connection: socket.socket) -> str:
    """Receive one line, and nothing of the next; "" where the other side is gone."""
    line = b""
    while not line.endswith(b"\n"):
        byte = connection.recv(1)
        if not byte:
            return ""
        line += byte
    return line.decode().strip()


def begin() -> None:
    """Start this process's nursery in the background: it takes as long to get ready as nbgrader does."""
    threading.Thread(target=_begin, name="nursery", daemon=True).start()


def _begin() -> None:
    with suppress(NoNursery):  # whoever needs one is told
        shared()


_shared: Nursery | None = None
_lock = threading.Lock()


def shared() -> Nursery:
    """Return this process's nursery, started when first asked for; raise NoNursery where there can be none."""
    global _shared
    with _lock:
        if _shared is not None and _shared.has_died():
            _shared.close()
        if _shared is None or not _shared.is_usable():
            _shared = Nursery()
        return _shared
