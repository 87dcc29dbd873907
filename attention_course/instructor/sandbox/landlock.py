"""Landlock: which files a process may read from now on. https://docs.kernel.org/userspace-api/landlock.html."""

import ctypes
import os
import struct
import sys
import sysconfig
from pathlib import Path

from attention_course.instructor.sandbox.no_lock import NoLock

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the numbers are the same on all machines
ASK_VERSION, BENEATH_A_PATH, DO_NOT_LOG = 1, 1, 1
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
# How many rights to files each version knows. A later one knows these, too.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16, 7: 16}
NETWORK, SCOPES = 3, 3  # all rights of version 4 to the network; abstract sockets and signals, of version 6

libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return the kernel's version of Landlock, 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def library_folders() -> list[str]:
    """Return where Python and the libraries lie. A course's folder, from which the course may be imported, does not."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths |= {path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")}
    paths |= {os.path.join(sys.base_prefix, "lib"), "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo"}
    return sorted(path for path in paths if os.path.isdir(path))


def ruleset(folders: list[str]) -> int | None:
    """Return a handle of rules by which the files beneath some folders may be read, and nothing else be done.

    Returns None where the kernel has no Landlock.
    """
    known = version()
    if not known:
        return None
    attributes = struct.pack("QQQ", (1 << RIGHTS[min(known, max(RIGHTS))]) - 1, NETWORK, SCOPES)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if rules < 0:
        raise NoLock("the kernel refuses to make Landlock's rules")
    for folder in folders:
        handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", READ_FILE | READ_FOLDER, handle)
        if libc.syscall(ADD_RULE, rules, BENEATH_A_PATH, rule, 0):
            raise NoLock(f"the kernel refuses a rule for {folder}")
        os.close(handle)
    return rules


def restrict(rules: int) -> int:
    """Put this process under rules, for good; return 0 where that succeeded."""
    return libc.syscall(RESTRICT_SELF, rules, DO_NOT_LOG if version() >= 7 else 0)
