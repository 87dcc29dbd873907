"""nbgrader's commands and the course's own, one after another in a process that has imported them already.

To start Python, to import nbgrader and to warm up a process for kernels takes longer than what most commands do then.
JupyterLab's formgrader runs commands like this, too. What only a fresh process shows, a test starts by itself.
"""

import asyncio
import atexit
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from traitlets.config import Application

from attention_course.instructor import cli  # first: nbgrader imports less then

# isort: split
from nbgrader.apps import nbgraderapp

MAIN = {"nbgrader": nbgraderapp.main, "attention-course": cli.main}
MODULES = {"nbgrader": "nbgrader", "attention-course": cli.__name__}  # as `python -m` starts them


class Commands:
    """The process, which is started when the first command comes, by `python`: this one, or what starts another."""

    def __init__(self, *python: str) -> None:
        self._python = python or (sys.executable,)
        self._process: subprocess.Popen[str] | None = None

    def run(self, folder: Path, *command: str) -> tuple[int, str]:
        """Run a command in a folder, in this process's environment; return its exit code and what it said."""
        if self._process is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._process = subprocess.Popen([*self._python, __file__], text=True, **pipes)
            atexit.register(self.close)
        assert self._process.stdin
        assert self._process.stdout
        request = {"command": command, "folder": str(folder), "environment": dict(os.environ)}
        print(json.dumps(request), file=self._process.stdin, flush=True)
        reply = self._process.stdout.readline()
        assert reply, f"the process of the commands ended with {command}"
        code, said = json.loads(reply)
        return code, said

    def close(self) -> None:
        """End the process, and what it has started."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


def serve() -> None:
    """Run the commands that come, each a line of JSON, and answer with their exit codes and what they said."""
    requests, replies = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    for line in requests:
        request = json.loads(line)
        with tempfile.TemporaryFile() as said:
            with _place(**request, said=said.fileno()):
                code = _exit_code(MAIN[request["command"][0]])
            said.seek(0)
            print(json.dumps([code, said.read().decode(errors="replace")]), file=replies, flush=True)


@contextmanager
def _place(command: list[str], folder: str, environment: dict[str, str], said: int) -> Iterator[None]:
    """Be, for a while, as if this process had been started for a command."""
    sys.argv = command
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream in (1, 2):
        os.dup2(said, stream)
    asyncio.set_event_loop(asyncio.new_event_loop())
    yield
    sys.stdout.flush()
    sys.stderr.flush()
    if Application.initialized():
        type(Application.instance()).clear_instance()


def _exit_code(main: Callable[[], None]) -> int:
    """Run a command; return the code with which its process would end."""
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
