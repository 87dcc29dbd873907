"""Newborn: a process just forked becomes what it would be, had it been started by itself."""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass


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
        sys.argv = [self.command[2], *self.command[3:]]  # python -m MODULE ARGUMENTS
        tempfile.tempdir = None
        # matplotlib looks into the environment when it is imported; the default is the one ipykernel sets.
        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
        random.seed()
        numpy.random.seed()
        torch.seed()
        torch.set_num_threads(self.threads)
