"""Child: a process just forked becomes what it would be, had it been started by itself, and runs a notebook's cells."""

import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy
import torch

from attention_course.instructor.forkserver.shell import run_cells

INLINE = "module://matplotlib_inline.backend_inline"  # ipykernel's default


@dataclass(frozen=True, kw_only=True)
class Child:
    """What a forked process is told: cells, a kernel's arguments, its folder and environment, where outputs go."""

    cells: list[str]
    arguments: list[str]
    cwd: str
    env: dict[str, str]
    outputs: int

    def run(self) -> None:
        """Become a process of its own and run the cells, to their end."""
        self._become_a_process()
        self._become_a_python()
        run_cells(self.cells, self.arguments, self.outputs)

    def _become_a_process(self) -> None:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.set_inheritable(self.outputs, False)
        os.chdir(self.cwd)

    def _become_a_python(self) -> None:
        os.environ.clear()
        os.environ.update(self.env)
        if not os.environ.get("MPLBACKEND"):
            os.environ["MPLBACKEND"] = INLINE
        time.tzset()
        tempfile.tempdir = None
        if "matplotlib" in sys.modules:  # else it does this when it is imported
            sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
        random.seed()
        numpy.random.seed()
        torch.seed()
