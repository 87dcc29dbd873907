"""KernelProcess: a forked kernel, with as much of subprocess.Popen as a provisioner uses."""

import os
import select
import signal
import socket
from contextlib import suppress
from subprocess import TimeoutExpired


class KernelProcess:
    """A kernel that another process forked: that one alone can wait for it, and reports its end over a socket."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, reports: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._reports = reports

    def poll(self) -> int | None:
        """Return the exit code (minus the signal's number where one killed the kernel), None while it runs."""
        with suppress(TimeoutExpired):
            self.wait(timeout=0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code; raise TimeoutExpired when it does not come in time."""
        if self.returncode is None:
            if not select.select([self._reports], [], [], timeout)[0]:
                raise TimeoutExpired(f"kernel {self.pid}", timeout or 0)
            report = self._reports.recv(16)
            # Nothing to read: the nursery is gone, and its kernels go with it.
            self.returncode = int(report) if report else -signal.SIGKILL
            self._reports.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and the report is on its way
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)
