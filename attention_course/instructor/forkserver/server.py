"""The fork server: imports what a lesson's cells need, then forks a process for each notebook.

    python -m attention_course.instructor.forkserver.server SOCKET

It is started in a private folder, which it removes at its end. Only a process with one thread, no event loop and no
ZeroMQ context can be forked safely, so it has none. Each request brings a socket of its own, over which a line of JSON
comes. "prewarm" brings an instructor's cells, which are run; "y" goes back if one can still fork after that. "run"
brings a notebook's cells, and a handle for their outputs; its socket stays open, to interrupt the child ("i") or, by
being closed, to end it.
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
from pathlib import Path
from typing import Any

import torch
from IPython.core.ultratb import FormattedTB

from attention_course.instructor.forkserver import prewarm
from attention_course.instructor.forkserver.child import Child
from attention_course.instructor.forkserver.light_torch import compare_lightly

# What each child would import before its first cell, and in the course's cells.
MODULES = [
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "attention_course.page.static_html",
    "attention_course.page.summary",
    "numpy.random",
    "sqlite3",
    "torch._subclasses.schema_check_mode",
]


def import_all() -> None:
    """Import what every child imports."""
    # OpenMP's pool of threads does not survive a fork. A child keeps to one, too: there are as many children as cores,
    # and for a lesson's small matrices a second thread takes more time than it saves.
    torch.set_num_threads(1)
    for module in MODULES:
        importlib.import_module(module)
    # What each of these imports, or reads, when it is first used takes 0.1 to 0.5 s.
    compare_lightly(torch)
    torch.testing.assert_close(torch.ones(1), torch.ones(1))
    try:
        raise AssertionError
    except AssertionError as error:
        FormattedTB("Plain").structured_traceback(type(error), error, error.__traceback__)
    prewarm.freeze()


class Server:
    """Forks children, and ends them, until its user is gone."""

    def __init__(self, requests: socket.socket) -> None:
        self.requests = requests
        self.children: dict[socket.socket, int] = {}  # process ids, by the socket of whoever asked for the child
        self.ended: set[int] = set()  # children that the system has still to be asked about
        self.asked: prewarm.Asked = {}  # by the lessons that have run here

    def serve(self) -> Child | None:
        """Serve requests; return None at the end, and in each forked process what it has to be."""
        while True:
            ready, _, _ = select.select([self.requests, *self.children], [], [])
            for control in set(ready) & self.children.keys():
                self._obey(control)
            self.ended = {pid for pid in self.ended if os.waitpid(pid, os.WNOHANG) == (0, 0)}
            if self.requests in ready:
                asked, handles, _, _ = socket.recv_fds(self.requests, 1, 2)
                if not asked:
                    for control in list(self.children):
                        self._end(control)
                    return None
                child = self._answer(socket.socket(fileno=handles[0]), *handles[1:])
                if child:
                    return child

    def _obey(self, control: socket.socket) -> None:
        """Interrupt a child, or end it where nobody wants it any more."""
        if control.recv(1) == b"i":
            self._signal(control, signal.SIGINT)
        else:
            self._end(control)

    def _answer(self, connection: socket.socket, *outputs: int) -> Child | None:
        with connection.makefile() as stream:
            request = json.loads(stream.readline() or "{}")
        if "run" in request:
            prewarm.draw_answers(self.asked, request["answers"])
            prewarm.remembering.keep()
            return self._fork(connection, {**request["run"], "outputs": outputs[0]})
        with connection, suppress(OSError):  # nobody may be listening any more
            if "prewarm" in request and self._prewarm(request["prewarm"], request["kept"]):
                connection.sendall(b"y")
        return None

    def _prewarm(self, cells: list[str], kept: list[str]) -> bool:
        """Run a lesson; can one still fork after that?"""
        threads_before = _thread_count()
        if kept:
            prewarm.remembering.keep_in(Path(kept[0]), kept[1])
        self.asked |= prewarm.run_lesson(cells)
        prewarm.remembering.keep()
        return _thread_count() == threads_before and "matplotlib_inline.backend_inline" not in sys.modules

    def _fork(self, control: socket.socket, about: dict[str, Any]) -> Child | None:
        pid = os.fork()
        if pid == 0:
            for theirs in (control, self.requests, *self.children):
                theirs.close()
            return Child(**about)
        os.close(about["outputs"])
        self.children[control] = pid
        return None

    def _end(self, control: socket.socket) -> None:
        self._signal(control, signal.SIGKILL)
        self.ended.add(self.children.pop(control))
        control.close()

    def _signal(self, control: socket.socket, number: signal.Signals) -> None:
        """Send a signal to a child and all that it has started."""
        pid = self.children[control]
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # it has not got its own group yet
            os.kill(pid, number)


def _thread_count() -> int:
    return len(os.listdir("/proc/self/task"))


def main(arguments: list[str]) -> None:
    """Import all, say so, serve; and in a forked process run the cells."""
    del sys.path[0]  # the private folder, put there by -m
    requests, folder = socket.socket(fileno=int(arguments[0])), os.getcwd()
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    import_all()
    server = Server(requests)
    with suppress(BrokenPipeError):  # nobody needed a child, and whoever asked for the server is gone
        requests.sendall(b"w")
    child = server.serve()
    if child:
        child.run()
    else:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
