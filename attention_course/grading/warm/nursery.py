"""Nursery: the grading process's side of the nursery process; starts it and asks it for kernels."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping

from attention_course.grading.warm.kernel_process import KernelProcess

PROCESS = "attention_course.grading.warm.nursery_process"


class NoNursery(Exception):
    """Kernels cannot be forked here; the message says why."""


class Nursery:
    """A nursery process of one's own.

    It ends when its socket is closed: by `close()`, or by the system when the process that holds the other end is gone,
    however that came about.
    """

    def __init__(self) -> None:
        if not hasattr(os, "fork") or sys.platform == "darwin":
            raise NoNursery(f"On {sys.platform} a process with torch in it cannot be forked safely.")
        self.user = os.getpid()
        self.folder = tempfile.mkdtemp(prefix="kernels-")  # the nursery process removes it at its end
        self._socket, its_socket = socket.socketpair()
        with its_socket:
            # -P: the working directory is the course's, and nothing there may pass for a module.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-Xfrozen_modules=off", "-m", PROCESS, str(its_socket.fileno()), self.folder],
                stdin=subprocess.DEVNULL,
                pass_fds=[its_socket.fileno()],
                start_new_session=True,
            )
        if not self._socket.recv(1):
            self.close()
            raise NoNursery("The process that kernels are forked from could not be started (see above).")

    def alive(self) -> bool:
        """Does the nursery process run, and is it this process's own?"""
        return self.user == os.getpid() and self._process.poll() is None

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
        request = {"command": command, "cwd": cwd or os.getcwd(), "env": environment, "independent": independent}
        ours, theirs = socket.socketpair()
        with theirs, open(os.devnull) as nothing:
            streams = [nothing.fileno() if stdin is None else stdin, 1 if stdout is None else stdout]
            streams.append(2 if stderr is None else stderr)
            socket.send_fds(self._socket, [b"k"], [theirs.fileno(), *streams])
        with ours.makefile("rw") as stream:
            print(json.dumps(request), file=stream, flush=True)
            pid = stream.readline()
        if not pid:
            raise RuntimeError("The process that kernels are forked from ended before it had forked this one.")
        return KernelProcess(int(pid), ours)

    def close(self) -> None:
        """End the nursery process and every kernel that is left."""
        self._socket.close()
        self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_shared: Nursery | None = None
_lock = threading.Lock()


def shared() -> Nursery:
    """Return this process's nursery, started when first asked for; raise NoNursery where there can be none."""
    global _shared
    with _lock:
        if _shared is None or not _shared.alive():
            _shared = Nursery()
        return _shared
