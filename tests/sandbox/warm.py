"""Warm processes for the tests: the real one, others that are there sooner, and one whose children are not locked in.

The last one is nowhere but here: it shows that what the lock prevents would be possible.
"""

from typing import Any
from unittest.mock import patch

from attention_course.instructor.sandbox import client, landlock
from attention_course.instructor.sandbox.client import START, WarmProcess
from attention_course.instructor.sandbox.sandbox import Sandbox

FILE_MODES = ["libraries", "none"] if landlock.version() else ["none"]
CHANGES = {
    "bare": """
        import numpy.random
        from attention_course.instructor.sandbox import probe, warm_process
        warm_process.preload = probe._use_libraries = lambda: None
    """,
    "quick": """
        from attention_course.instructor.sandbox import preload
        preload._use_optimizers = preload._use_what_is_there = lambda torch: None
    """,
    "unlocked": """
        from attention_course.instructor.sandbox import warm_process
        warm_process.Lock.close = lambda lock, limits: None
        warm_process.prove = lambda lock: None
    """,
}


def changed(*names: str) -> str:
    """Return the program that a changed warm process is started with."""
    lines = [line.strip() for name in names for line in CHANGES[name].splitlines()]
    return START.replace("main(path, files)", "\n".join([*lines, "main(path, files)"]))


def warm_process(files: str | None = None, *changes: str) -> WarmProcess:
    """Start a warm process, with changes to it."""
    with patch.object(client, "START", changed(*changes)):
        return WarmProcess(files)  # type: ignore[arg-type]


class Sandboxes(dict[str, Sandbox]):
    """A sandbox of each file mode; its warm process is started when it is first asked for."""

    def __init__(self, *changes: str) -> None:
        self.changes, self.processes = changes, list[WarmProcess]()

    def __missing__(self, files: str) -> Sandbox:
        self.processes.append(warm_process(files, *self.changes))
        self[files] = Sandbox(self.processes[-1].path)
        return self[files]

    def close(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.close()


class Bare:
    """A warm process of a test's own, and a sandbox on it."""

    def __init__(self, files: str | None = None) -> None:
        self.process = warm_process(files, "bare")
        self.sandbox = Sandbox(self.process.path)

    @property
    def pid(self) -> int:
        """The warm process's id."""
        return self.process._process.pid

    def open(self, answer: str, **limits: Any) -> Any:
        """Open an answer."""
        return self.sandbox.open(answer, **limits)

    def __enter__(self) -> "Bare":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close()
