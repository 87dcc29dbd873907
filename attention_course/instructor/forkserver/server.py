"""The nursery process: imports what kernels need, then forks a kernel for each request.

    python -m attention_course.instructor.forkserver.server SOCKET

It is started in a private folder, which it removes at its end. Only a process with one thread, no event loop and no
ZeroMQ context can be forked safely, so it has none. Each request brings a socket of its own, over which a line of JSON
comes. A kernel ("k") brings its three streams, too, and back go its process id and, at its end, its exit code. So do a
notebook's cells ("c"), which bring a fourth handle for their outputs. A rehearsal ("r") is answered with "safe" or
"unsafe"; a filling ("f") of a rehearsed lesson is drawn, without an answer.
"""

import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

import matplotlib
import torch
from IPython.core.ultratb import FormattedTB

from attention_course.errors import PicksError
from attention_course.exercises.question import Question
from attention_course.instructor.forkserver import prewarm
from attention_course.instructor.forkserver.child import INLINE, Newborn, NewbornCells, NewbornKernel
from attention_course.pictures.heatmap import heatmap

# What a kernel would import before its first cell and in the course's cells.
MODULES = [
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "attention_course.instructor.forkserver.shell",
    "attention_course.page.static_html",
    "attention_course.page.summary",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "numpy.random",
    "sqlite3",
    "tornado.platform.asyncio",
    "torch._subclasses.schema_check_mode",
]


def warm() -> int:
    """Import what every kernel imports and draw one picture; return how many threads torch would have used."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # OpenMP's pool of threads does not survive a fork
    for module in MODULES:
        importlib.import_module(module)
    # What each of these imports, or reads, when it is first used takes 0.1 to 0.5 s.
    torch.testing.assert_close(torch.ones(1), torch.ones(1))
    heatmap([[0.5, 0.5]], ["query"], ["key", "value"], title="weights").png()
    matplotlib.rcParams["backend"] = INLINE  # is looked up among all installed packages; it is not imported
    try:
        raise AssertionError
    except AssertionError as error:
        FormattedTB("Plain").structured_traceback(type(error), error, error.__traceback__)
    prewarm.freeze()
    return threads


class NurseryProcess:
    """Forks kernels and reports their ends, until its user is gone."""

    def __init__(self, requests: socket.socket, threads: int, settings: dict[str, str]) -> None:
        self.requests, self.threads, self.settings = requests, threads, settings
        self.kernels: dict[int, socket.socket] = {}  # process id -> where to report the end
        self.questions: dict[tuple[str, str], Question] = {}  # of rehearsed lessons, by lesson and name
        self.wakeup, self.alarm = socket.socketpair()  # readable when a kernel has ended
        for end in (self.wakeup, self.alarm):
            end.setblocking(False)

    def serve(self) -> Newborn | None:
        """Serve requests; return None at the end, and in each forked process what it has to become."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.alarm.fileno(), warn_on_full_buffer=False)
        while True:
            ready, _, _ = select.select([self.requests, self.wakeup], [], [])
            if self.wakeup in ready:
                self.wakeup.recv(1024)
                self._report_ends()
            if self.requests in ready:
                what, handles, _, _ = socket.recv_fds(self.requests, 1, 5)
                if not what:
                    self._kill_all()
                    return None
                connection = socket.socket(fileno=handles[0])
                with connection.makefile() as stream:
                    request = json.loads(stream.readline() or "null")
                newborn = self._answer(what, request, connection, handles[1:])
                if newborn:
                    return newborn

    def _answer(self, what: bytes, request: Any, connection: socket.socket, streams: list[int]) -> Newborn | None:
        if request is None:  # whoever asked is gone
            connection.close()
        elif what == b"r":
            with connection:
                _send(connection, "safe" if self._rehearse(request) else "unsafe")
        elif what == b"f":
            with connection, suppress(PicksError):
                self._draw(*request)
        else:
            return self._fork(request, connection, streams)
        return None

    def _rehearse(self, cells: list[str]) -> bool:
        """Rehearse a lesson; can one still fork after that?"""
        threads_before = _thread_count()
        self.questions |= prewarm.rehearse(cells)
        return _thread_count() == threads_before and "matplotlib_inline.backend_inline" not in sys.modules

    def _draw(self, lesson: str, name: str, picks: list[str]) -> None:
        question = self.questions.get((lesson, name))
        if question:
            prewarm.draw(question, question.check_picks(picks))

    def _fork(self, request: Any, connection: socket.socket, handles: list[int]) -> Newborn | None:
        pid = os.fork()
        if pid == 0:
            self._forget(connection)
            streams, outputs = handles[:3], handles[3:]
            request |= {"env": {**self.settings, **request["env"]}, "streams": streams, "threads": self.threads}
            return NewbornCells(**request, outputs=outputs[0]) if outputs else NewbornKernel(**request)
        for handle in handles:
            os.close(handle)
        self.kernels[pid] = connection
        _send(connection, pid)
        return None

    def _forget(self, connection: socket.socket) -> None:
        """Let go, in a forked process, of what is the nursery's."""
        signal.set_wakeup_fd(-1)
        for handle in (connection, self.requests, self.wakeup, self.alarm, *self.kernels.values()):
            handle.close()

    def _report_ends(self) -> None:
        for pid in list(self.kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                with self.kernels.pop(pid) as connection:
                    _send(connection, os.waitstatus_to_exitcode(status))

    def _kill_all(self) -> None:
        for pid in self.kernels:
            for kill in (os.killpg, os.kill):  # it may not have its own group yet
                with suppress(ProcessLookupError):
                    kill(pid, signal.SIGKILL)


def _thread_count() -> int:
    return len(os.listdir("/proc/self/task"))


def _send(connection: socket.socket, answer: object) -> None:
    with suppress(OSError):  # nobody may be listening any more
        connection.sendall(f"{answer}\n".encode())


def main(arguments: list[str]) -> None:
    """Warm up, say so, serve; and in a forked process run the kernel, which ends as any Python program does."""
    del sys.path[0]  # the private folder, put there by -m
    requests, folder = socket.socket(fileno=int(arguments[0])), os.getcwd()
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    environment_before = set(os.environ)
    threads = warm()
    settings = {name: os.environ[name] for name in set(os.environ) - environment_before}  # which the imports left there
    with suppress(BrokenPipeError):  # nobody needed a kernel, and whoever asked for the nursery is gone
        requests.sendall(b"w")
    newborn = NurseryProcess(requests, threads, settings).serve()
    if newborn:
        newborn.run()
    else:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
