"""Newborn: a process just forked becomes what it would be, had it been started by itself."""

import importlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass

INLINE = "module://matplotlib_inline.backend_inline"  # ipykernel's default


@dataclass(frozen=True)
class Newborn:
    """What a kernel is started with: command, folder, environment, and handles for its three streams."""

    command: list[str]
    cwd: str
    env: dict[str, str]
    independent: bool
    streams: list[int]
    threads: int  # torch's usual number

    def run(self) -> None:
        """Run the kernel in this process, to its end."""
        self._become_a_process()
        self._become_a_python()
        from ipykernel.kernelapp import IPKernelApp

        # It leaves when its parent, the nursery, has gone.
        parent = 0 if self.independent else os.getppid()
        IPKernelApp.launch_instance(argv=sys.argv[1:], parent_handle=parent)

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
        module, *arguments = self.command[self.command.index("-m") + 1 :]
        sys.argv = [importlib.import_module(module).__file__ or module, *arguments]
        tempfile.tempdir = None
        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE  # as when it is imported
        random.seed()
        numpy.random.seed()
        torch.seed()
        torch.set_num_threads(self.threads)
