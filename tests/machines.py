"""Machines of the tests' own, as far as Linux makes them of processes: each has a network, files and a name of its own.

A machine is a process that waits, in namespaces of its own, and what is started in them. It is off when that process
ends, and with it all that runs there: by `off`, or when the process that made it is gone, however that came about. No
namespace has a name, so nothing is left to be removed. Root is needed.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

NAMESPACES = ("--net", "--mount", "--uts", "--pid")
# Over each folder that is to be hidden an empty one is laid. `cat` ends when nobody holds the other end of its input.
WAITS = """\
hostname "$0" && ip link set lo up || exit
for folder in "$@"; do [ ! -d "$folder" ] || mount -t tmpfs hidden "$folder" || exit; done
echo ready && exec cat
"""


def why_not() -> str:
    """Return a sentence that says why there can be no such machines here; "" where there can."""
    if os.geteuid() != 0:
        return "Only root can make machines with a network of their own."
    if missing := [program for program in ("ip", "unshare", "nsenter") if not shutil.which(program)]:
        return f"To make machines takes {', '.join(missing)} (Debian: sudo apt-get install iproute2 util-linux)."
    wire = ["ip", "link", "add", "probe", "type", "veth", "peer", "name", "other"]
    done = subprocess.run(["unshare", *NAMESPACES, "--fork", *wire], capture_output=True, text=True)
    return f"The system does not let root make machines here: {done.stderr.strip()}." if done.returncode else ""


class Machine:
    """A machine that is on, and sees nothing in the folders that it `hides`."""

    def __init__(self, name: str, hides: Sequence[Path] = ()) -> None:
        self.name, self.wires = name, list[str]()
        self._started: list[subprocess.Popen[str]] = []
        self._waits = subprocess.Popen(
            ["unshare", *NAMESPACES, "--fork", "--kill-child", "--mount-proc", "sh", "-c", WAITS, name, *hides],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._waits.stdout
        if self._waits.stdout.readline() != "ready\n":
            self.off()
            raise OSError(f"The machine {name} could not be made (see above).")
        self.pid = psutil.Process(self._waits.pid).children()[0].pid

    def command(self, *command: object, folder: Path | str = "/", user: str = "") -> list[str]:
        """Return what runs a command on this machine, in a folder of it, and as this user instead of root."""
        who = ["runuser", "--user", user, "--"] if user else []
        enter = ["nsenter", f"--target={self.pid}", *NAMESPACES, "--", "env", f"--chdir={folder}", *who]
        return [*enter, *map(str, command)]

    def start(self, *command: object, folder: Path | str = "/", **how: Any) -> subprocess.Popen[str]:
        """Start a command on this machine; what it says can be read, by default from a pipe."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(self.command(*command, folder=folder), text=True, **(pipes | how))
        self._started.append(process)
        return process

    def run(self, *command: object, folder: Path | str = "/", user: str = "") -> str:
        """Run a command on this machine, and return what it said; raise CalledProcessError where it fails."""
        entered = self.command(*command, folder=folder, user=user)
        return subprocess.run(entered, check=True, stdout=subprocess.PIPE, text=True).stdout

    def unplug(self) -> None:
        """Let nothing through its wires any more, and tell nobody."""
        for wire in self.wires:
            self.run("ip", "link", "set", wire, "down")

    def off(self) -> None:
        """Switch it off: whatever runs there is killed."""
        self._waits.kill()
        for process in (self._waits, *self._started):
            process.communicate()

    def __enter__(self) -> "Machine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.off()


def join(one: Machine, its_address: str, other: Machine, others_address: str) -> None:
    """Lay a wire between two machines. Each reaches the other one, and nobody behind it."""
    ends = [(one, f"to-{other.name}", its_address), (other, f"to-{one.name}", others_address)]
    (_, name, _), (_, others_name, _) = ends
    wire = ["link", "add", name, "netns", one.pid, "type", "veth", "peer", "name", others_name, "netns", other.pid]
    subprocess.run(["ip", *map(str, wire)], check=True)
    for (machine, name, address), (_, _, peer) in zip(ends, reversed(ends), strict=True):
        machine.run("ip", "address", "add", address, "peer", peer, "dev", name)
        machine.run("ip", "link", "set", name, "up")
        machine.wires.append(name)
