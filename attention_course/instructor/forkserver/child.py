"""Newborn: a process just forked becomes what it would be, had it been started by itself, and does its work."""

import importlib
import os
import random
import signal
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass

INLINE = "module://matplotlib_inline.backend_inline"  # ipykernel's default


@dataclass(frozen=True, kw_only=True)
class Newborn(ABC):
    """What a process is started with: folder, environment, handles for its three streams, torch's usual threads."""

    cwd: str
    env: dict[str, str]
    streams: list[int]
    threads: int

    def run(self) -> None:
        """Become a process of its own and do the work, to its end."""
        self._become_a_process()
        self._become_a_python()
        self._work()

    @abstractmethod
    def _work(self) -> None: ...

    def _become_a_process(self) -> None:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, handle in enumerate(self.streams):
            os.dup2(handle, number)
            os.close(handle)
        os.chdir(self.cwd)

    def _become_a_python(self) -> None:
        import matplotlib
        import numpy
        import torch

        os.environ.clear()
        os.environ.update(self.env)
        time.tzset()
        tempfile.tempdir = None
        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE  # as when it is imported
        random.seed()
        numpy.random.seed()
        torch.seed()
        torch.set_num_threads(self.threads)


@dataclass(frozen=True, kw_only=True)
class NewbornKernel(Newborn):
    """A kernel, and the command that would start one."""

    command: list[str]
    independent: bool

    def _work(self) -> None:
        from ipykernel.kernelapp import IPKernelApp

        module, *arguments = self.command[self.command.index("-m") + 1 :]
        sys.argv = [importlib.import_module(module).__file__ or module, *arguments]
        # It leaves when its parent, the nursery, has gone.
        parent = 0 if self.independent else os.getppid()
        IPKernelApp.launch_instance(argv=sys.argv[1:], parent_handle=parent)


@dataclass(frozen=True, kw_only=True)
class NewbornCells(Newborn):
    """A notebook's cells, the arguments a kernel would be started with, and the handle their outputs are written to."""

    cells: list[str]
    arguments: list[str]
    outputs: int

    def _work(self) -> None:
        from attention_course.instructor.forkserver.shell import run_cells

        run_cells(self.cells, self.arguments, self.outputs)
