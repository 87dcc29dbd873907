"""JupyterLab with kernels that are forked from a process that has imported what a lesson needs.

    python forked_kernels.py OPTIONS-OF-JUPYTERLAB

Every test has a kernel of its own, and to start Python and import torch would take most of the test's time. What a
kernel is otherwise is seen in test_without_the_course.py.
"""

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

MODULES = ["anywidget", "attention_course", "debugpy", "ipykernel.kernelapp", "matplotlib.figure", "numpy", "torch"]
# What is imported as late as a question is shown takes a quarter of a kernel's time, too.
MODULES += ["attention_course.page.summary_widget", "attention_course.page.widget", "matplotlib.backends.backend_svg"]
MODULES += ["IPython.core.completerlib", "IPython.extensions.storemagic", "pygments.formatters.html"]
MODULES += ["pygments.lexers.python", "pygments.styles.default"]
requests: socket.socket  # to the process that forks


class ForkedKernel:
    """A kernel's process, with what Jupyter wants to do with one; its socket is closed when it has ended."""

    stdin = stdout = stderr = None

    def __init__(self, command: list[str], cwd: str, env: dict[str, str]) -> None:
        self._alive, its_end = socket.socketpair()
        with its_end:
            socket.send_fds(requests, [b"k"], [its_end.fileno()])
        kernel = {"arguments": command[command.index("-f") :], "cwd": cwd, "env": env}
        self._alive.sendall(json.dumps(kernel).encode() + b"\n")
        self.pid = int(self._alive.recv(20))

    def poll(self) -> int | None:
        """Return None as long as the process runs."""
        return 0 if select.select([self._alive], [], [], 0)[0] else None

    def wait(self) -> int:
        """Wait until the process has ended."""
        select.select([self._alive], [], [])
        return 0

    def send_signal(self, number: int) -> None:
        """Send the process a signal, if it is still there."""
        if self.poll() is None:
            os.kill(self.pid, number)


class ForkedProvisioner(LocalProvisioner):
    """Starts kernels by forking; a note beside the connection file says which process it is."""

    async def launch_kernel(self, cmd: list[str], **about: Any) -> Any:
        """Start a kernel."""
        self.process = ForkedKernel(cmd, about["cwd"], about["env"])
        self.pid = self.pgid = self.process.pid
        Path(self.parent.connection_file).with_suffix(".pid").write_text(str(self.pid))
        return self.connection_info


def fork_kernels(asked: socket.socket) -> None:
    """Fork a kernel for each request, until nobody is left who would ask; return in the kernels' processes only."""
    for module in MODULES:
        importlib.import_module(module)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    while True:
        request, handles, _, _ = socket.recv_fds(asked, 1, 1)
        if not request:
            os._exit(0)
        connection = socket.socket(fileno=handles[0])
        if os.fork() == 0:
            asked.close()
            become_kernel(connection)
            return
        connection.close()


def become_kernel(connection: socket.socket) -> None:
    """Be what the command for a kernel would have started; the connection stays open as long as the process runs."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile() as stream:
        kernel = json.loads(stream.readline())
    connection.sendall(str(os.getpid()).encode())
    connection.detach()
    os.environ.clear()
    os.environ.update(kernel["env"])
    os.chdir(kernel["cwd"])
    sys.argv[1:] = [*kernel["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    random.seed()
    sys.modules["numpy"].random.seed()
    sys.modules["torch"].seed()


def main() -> None:
    """Run JupyterLab in this process, and fork kernels in another."""
    global requests
    requests, asked = socket.socketpair()
    if os.fork() == 0:
        requests.close()
        del sys.path[0]  # this file's folder, in which no kernel looks for modules
        fork_kernels(asked)
        sys.modules["ipykernel.kernelapp"].launch_new_instance()
        return
    asked.close()
    about = EntryPoint("forked", f"{__name__}:{ForkedProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.provisioners["forked"] = about
    os.environ[KernelProvisionerFactory.default_provisioner_name_env] = "forked"
    importlib.import_module("attention_course.instructor")  # after which JupyterLab imports less
    from jupyterlab.labapp import main as run_jupyterlab

    run_jupyterlab()


if __name__ == "__main__":
    main()
