"""The system calls that code which only computes needs, and the numbers they have on each kind of machine."""

import platform
import sys
from dataclasses import dataclass

from attention_course.instructor.sandbox.no_lock import NoLock

# name: number on x86-64 and on aarch64; None where there is no such call
Table = dict[str, tuple[int | None, int | None]]

COMPUTING: Table = {
    "brk": (12, 214),
    "clock_getres": (229, 114),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "close": (3, 57),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "fstat": (5, 80),
    "futex": (202, 98),
    "getegid": (108, 177),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getrandom": (318, 278),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "gettimeofday": (96, 169),
    "getuid": (102, 174),
    "lseek": (8, 62),
    "madvise": (28, 233),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "nanosleep": (35, 101),
    "read": (0, 63),
    "restart_syscall": (219, 128),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_getaffinity": (204, 123),
    "sched_yield": (24, 124),
    "sigaltstack": (131, 132),
    "sysinfo": (99, 179),
    "time": (201, None),
    "times": (100, 153),
    "uname": (63, 160),
    "write": (1, 64),
}

# To find a library's files, and to read them. Which ones may be read is Landlock's business.
FINDING: Table = {
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "fadvise64": (221, 223),
    "fstatfs": (138, 44),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "pread64": (17, 67),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "stat": (4, None),
    "statfs": (137, 43),
    "statx": (332, 291),
}

# Those of which it depends on their arguments.
WITH_CONDITIONS: Table = {
    "mmap": (9, 222),
    "open": (2, None),
    "openat": (257, 56),
    "prlimit64": (302, 261),
}

# Refused with an error of their own, which libraries know how to take.
PROCESSES: Table = {"clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None)}
DEVICES: Table = {"ioctl": (16, 29)}


@dataclass(frozen=True)
class Machine:
    """A kind of machine: its column in the tables, and the number by which a filter knows it."""

    column: int
    audit: int


MACHINES = {"x86_64": Machine(0, 0xC000003E), "aarch64": Machine(1, 0xC00000B7)}


def this_machine() -> Machine:
    """Return this machine's kind; raise NoLock where there are no numbers for it."""
    if sys.platform != "linux":
        raise NoLock(f"this is {sys.platform}, not Linux")
    if platform.machine() not in MACHINES or sys.maxsize < 2**32:
        raise NoLock(f"the sandbox knows no system calls for {platform.machine()}")
    return MACHINES[platform.machine()]


def numbers(table: Table, machine: Machine) -> dict[str, int]:
    """Return the numbers that a table has for a kind of machine."""
    return {name: number for name, both in table.items() if (number := both[machine.column]) is not None}
