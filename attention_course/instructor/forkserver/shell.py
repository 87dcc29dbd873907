"""A notebook's cells, run in a process just forked: ipykernel's shell without a kernel's sockets and threads.

What the shell would publish on a socket goes, in the same messages, down one pipe as lines of JSON. After a cell comes
its reply, and after the last one the end of the file.
"""

import io
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, BinaryIO

from ipykernel.ipkernel import IPythonKernel
from ipykernel.parentpoller import ParentPollerUnix
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session, json_default
from traitlets.config.loader import KeyValueConfigLoader

from attention_course.instructor.forkserver.child import INLINE


class Pipe(Session):
    """Takes what the shell sends, and writes it into a file that another process reads."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._lock = threading.Lock()  # a cell may print from several threads

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> None:
        """Send a message; `stream`, where a kernel has its socket, counts for nothing here."""
        if isinstance(msg_or_type, str):
            msg_or_type = {"msg_type": msg_or_type, "content": content}
        kind = {"msg_type": msg_or_type["msg_type"]}
        message = {**kind, "header": kind, "parent_header": {}, "content": msg_or_type["content"]}
        with self._lock:
            self._file.write(json.dumps(message, default=json_default, ensure_ascii=False).encode(errors="replace"))
            self._file.write(b"\n")
            self._file.flush()


class Printed(io.TextIOBase):
    """Standard output or error of the cells, sent when it is flushed; the shell flushes it before it sends anything."""

    encoding = "utf-8"

    def __init__(self, name: str, pipe: Pipe) -> None:
        self._name, self._pipe = name, pipe
        self._kept: list[str] = []

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep a text until the next flush."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._kept.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        kept, self._kept = self._kept, []
        if kept:
            self._pipe.send(None, "stream", {"name": self._name, "text": "".join(kept)})


def run_cells(cells: Sequence[str], arguments: Sequence[str], handle: int) -> None:
    """Run cells one after another, whatever becomes of each; `arguments` are those a kernel would be started with."""
    ParentPollerUnix(os.getppid()).start()  # it leaves when its parent, the nursery, has gone
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever grades in the background has it ignored
    sys.argv = [""]
    os.environ.setdefault("MPLBACKEND", INLINE)
    with open(handle, "wb") as file:
        pipe = Pipe(file)
        pipe.send(None, "kernel_info_reply", {"language_info": IPythonKernel.language_info})
        sys.stdout, sys.stderr = Printed("stdout", pipe), Printed("stderr", pipe)
        shell = _shell(pipe, arguments)
        for cell in cells:
            result = shell.run_cell(cell, store_history=True)
            sys.stdout.flush()
            sys.stderr.flush()
            pipe.send(None, "execute_reply", _reply(shell, result))
        os._exit(0)  # at once: what the cells left behind, such as a thread, holds nobody up


def _shell(pipe: Pipe, arguments: Sequence[str]) -> Any:
    config = KeyValueConfigLoader(list(arguments)).load_config()
    config.HistoryManager.hist_file = ":memory:"
    shell = ZMQInteractiveShell.instance(config=config, kernel=SimpleNamespace(eventloop=None))
    for publisher in (shell.displayhook, shell.display_pub):
        publisher.session = pipe
    InteractiveShellApp.init_path(SimpleNamespace(ignore_cwd=False))
    return shell


def _reply(shell: Any, result: Any) -> dict[str, Any]:
    """Return what a kernel replies to the request to execute a cell, as far as it is looked at."""
    reply = {"status": "ok", "execution_count": shell.execution_count - 1}
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        traceback = shell._last_traceback or []
        reply |= {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": traceback}
    return reply
