"""Lock: locks a process in, for good. It can compute, and read and write its handle 3. No root is needed.

Two walls stand one behind the other: seccomp says which system calls there are, Landlock which files may be read. Where
no file may be, seccomp alone is enough. Before the fork all is prepared, so that locking takes about a millisecond.
"""

import ctypes
import os
import resource
import signal
import struct
from contextlib import suppress

from attention_course.instructor.sandbox import landlock
from attention_course.instructor.sandbox.limits import Files, Limits
from attention_course.instructor.sandbox.no_lock import NoLock
from attention_course.instructor.sandbox.seccomp import allow_list
from attention_course.instructor.sandbox.system_calls import this_machine

SET_DEATH_SIGNAL, SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 1, 4, 38  # prctl's
CAPABILITIES = struct.pack("Ii", 0x20080522, 0)  # their third version, of this process
HANDLES = 64

libc = ctypes.CDLL(None, use_errno=True)


class Lock:
    """A lock that is ready; `close` closes it round the process that calls it, a child of the one that made the lock.

    Raises NoLock where the system lacks what it takes. `rules` is the number of a handle, None without Landlock.
    """

    def __init__(self, files: Files | None = None) -> None:
        machine, known = this_machine(), landlock.version()
        self.owner = os.getpid()
        self.files: Files = files or ("libraries" if known else "none")
        readable = self.files == "libraries"
        if readable and not known:
            raise NoLock("this kernel lacks Landlock, without which libraries cannot be read and nothing else")
        self.rules = landlock.ruleset(landlock.library_folders() if readable else [])
        self.filter = allow_list(machine, files=readable)

    def close(self, limits: Limits) -> None:
        """Lock this process in; raise NoLock where the system refuses a part of it."""
        _sacrifice_first()
        _limit(limits)
        must(libc.capset(CAPABILITIES, bytes(24)))  # also root's
        must(libc.prctl(SET_DUMPABLE, 0, 0, 0, 0))  # no core is dumped, whatever the system does with cores
        must(libc.prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0))  # after capset, which might forget it
        if os.getppid() != self.owner:
            raise NoLock("the process that forked this one has ended")
        must(libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        if self.rules is not None:
            must(landlock.restrict(self.rules))
            os.close(self.rules)
        must(self.filter.install())


def must(result: int) -> None:
    """Raise NoLock where a call of the system's failed."""
    if result != 0:
        raise NoLock(f"the system refuses a part of the lock ({os.strerror(ctypes.get_errno())})")


def _sacrifice_first() -> None:
    """Let this process be the one that is ended should the machine run out of memory."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def _limit(limits: Limits) -> None:
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    most = {
        # Of addresses, not of data: a mapping that grows downwards is no data to the kernel.
        resource.RLIMIT_AS: pages * resource.getpagesize() + limits.memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: HANDLES,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for what, number in most.items():
        _set(what, number, number)
    _set(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)  # first a signal, then one that cannot be caught


def _set(what: int, soft: int, hard: int) -> None:
    """Set a limit, or leave the one that is stricter already."""
    most = resource.getrlimit(what)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(what, (soft, hard))
