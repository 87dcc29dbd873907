"""WarmProvisioner: where jupyter_client would start a kernel from nothing, fork one from the nursery."""

import functools
import logging
from contextlib import suppress
from subprocess import TimeoutExpired
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from attention_course.instructor.forkserver import client
from attention_course.instructor.forkserver.child_process import KernelProcess

LONGEST_PATH = 100  # of a kernel's sockets; the system takes 107 bytes, and a number is to be added


class WarmProvisioner(LocalProvisioner):
    """Manages a forked kernel as LocalProvisioner manages one that it started itself.

    Where there is no nursery to be had it is a LocalProvisioner, and the log says so, once.
    """

    process: Any = None  # a KernelProcess; a Popen where kernels cannot be forked

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Put the kernel's sockets into the nursery's private folder: quicker than ports, and nobody else's to read."""
        manager, warm = self.parent, _nursery(self.log)
        if warm and manager and manager.transport == "tcp" and not manager.shell_port:
            path = f"{warm.folder}/{self.kernel_id}"
            if len(path) <= LONGEST_PATH:
                manager.transport, manager.ip = "ipc", path
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel that a command would start."""
        warm = _nursery(self.log)
        if warm is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = warm.start_kernel(cmd, **self._scrub_kwargs(kwargs))
        self.pid = self.pgid = self.process.pid  # each kernel leads a group of its own
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait the moment it takes: jupyter_client would look again only 0.1 s later."""
        await super().kill(restart)
        if isinstance(self.process, KernelProcess):
            with suppress(TimeoutExpired):
                self.process.wait(timeout=1)


def _nursery(log: logging.Logger) -> client.Nursery | None:
    try:
        return client.shared()
    except client.NoNursery as problem:
        _say_once(log, f"{problem} So each grading kernel is started by itself, which takes some seconds more.")
        return None


@functools.cache
def _say_once(log: logging.Logger, sentence: str) -> None:
    log.warning(sentence)
