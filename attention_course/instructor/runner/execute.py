"""Execute: a notebook in, the executed notebook out, and nothing else seen or left behind."""

import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.v4 import reads
from traitlets.config import Config


@dataclass(frozen=True)
class Task:
    """All that a worker needs to know of a submission.

    `step` is nbgrader's Execute or a subclass, `settings` its part of the course's configuration. `files` are the
    instructor's, which lie beside the notebook when it runs.
    """

    name: str
    notebook: str = field(repr=False)  # as JSON
    step: type
    settings: dict[str, dict[str, Any]] = field(repr=False)
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Executed:
    """An executed notebook, and how long that took."""

    notebook: str = field(repr=False)  # as JSON
    seconds: float


def execute(task: Task) -> Executed:
    """Run a notebook's cells, in a folder that is gone afterwards."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        for name, content in {**task.files, f"{task.name}.ipynb": task.notebook.encode()}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        notebook = reads(task.notebook)  # nothing but what has just been found valid
        step = task.step(config=Config(task.settings))
        with _autograding():
            notebook, _ = step(notebook, {"metadata": {"name": task.name, "path": folder}})
        return Executed(json.dumps(notebook), time.perf_counter() - begun)


_lock = threading.Lock()
_under_way = 0


@contextmanager
def _autograding() -> Iterator[None]:
    """Say in the environment, as nbgrader does, that a notebook is autograded, for as long as any thread does that."""
    global _under_way
    with _lock:
        _under_way += 1
        os.environ["NBGRADER_EXECUTION"] = "autograde"
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if not _under_way:
                del os.environ["NBGRADER_EXECUTION"]
