"""The nursery process: imports what kernels need, then forks a kernel for each request.

    python -P -m attention_course.grading.warm.nursery_process SOCKET FOLDER

Only a process with one thread, no event loop and no ZeroMQ context can be forked safely, so it has none. A request
brings a socket of its own and the kernel's three streams; over that socket come a line of JSON, and go back the kernel's
process id and, at its end, its exit code.
"""

import gc
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

from attention_course.grading.warm.newborn import Newborn

# What a kernel would import before its first cell and in the course's cells.
MODULES = [
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "attention_course.static_html",
    "attention_course.summary",
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
    import torch.nn.functional

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # OpenMP's pool of threads does not survive a fork
    for module in MODULES:
        importlib.import_module(module)
    from IPython.core.ultratb import FormattedTB

    from attention_course.pictures.heatmap import heatmap

    # What each of these imports, or reads, when it is first used takes 0.1 to 0.5 s.
    torch.testing.assert_close(torch.ones(1), torch.ones(1))
    heatmap([[0.5, 0.5]], ["query"], ["key", "value"], title="weights").png()
    try:
        raise AssertionError
    except AssertionError as error:
        FormattedTB("Context").structured_traceback(type(error), error, error.__traceback__)
    gc.collect()
    gc.freeze()  # or a child's first collection would copy every page
    return threads


class NurseryProcess:
    """Forks kernels and reports their ends, until its user is gone."""

    def __init__(self, requests: socket.socket, threads: int) -> None:
        self.requests, self.threads = requests, threads
        self.kernels: dict[int, socket.socket] = {}  # process id -> where to report the end
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
                _, handles, _, _ = socket.recv_fds(self.requests, 1, 4)
                if not handles:
                    return self._kill_all()
                newborn = self._fork(socket.socket(fileno=handles[0]), handles[1:])
                if newborn:
                    return newborn

    def _fork(self, connection: socket.socket, streams: list[int]) -> Newborn | None:
        with connection.makefile() as stream:
            request = stream.readline()
        pid = os.fork() if request else None
        if pid == 0:
            self._forget(connection)
            return Newborn(**json.loads(request), streams=streams, threads=self.threads)
        for stream_handle in streams:
            os.close(stream_handle)
        if pid:
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


def _send(connection: socket.socket, number: int) -> None:
    with suppress(OSError):  # nobody may be listening any more
        connection.sendall(b"%d\n" % number)


def main(arguments: list[str]) -> None:
    """Warm up, say so, serve; and in a forked process run the kernel, which ends as any Python program does."""
    requests, folder = socket.socket(fileno=int(arguments[0])), arguments[1]
    threads = warm()
    requests.sendall(b"w")
    newborn: Any = NurseryProcess(requests, threads).serve()
    if newborn:
        newborn.run()
    else:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
