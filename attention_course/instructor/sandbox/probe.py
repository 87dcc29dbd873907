"""Probe: a child that is locked in like a student's, tries what is forbidden, and must fail each time."""

import errno
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from attention_course.instructor.sandbox.limits import Limits
from attention_course.instructor.sandbox.lock import Lock
from attention_course.instructor.sandbox.locked_child import CHANNEL, MOST_HANDLES, live
from attention_course.instructor.sandbox.no_lock import NoLock

LIMITS = Limits(cpu=5, memory=1 << 28)
# A file that is not there would be no proof, so these count alone.
REFUSALS = {errno.EPERM, errno.EACCES, errno.EAGAIN}
FORBIDDEN: dict[str, Callable[[], Any]] = {
    "read a file": lambda: os.open(os.devnull, os.O_RDONLY),
    "read about a process": lambda: os.open("/proc/self/status", os.O_RDONLY),
    "list a folder": lambda: os.listdir("/"),
    "write a file": lambda: os.open("/", os.O_RDWR),
    "make a socket": socket.socketpair,
    "reach the network": socket.socket,
    "make a pipe": os.pipe,
    "copy a handle": lambda: os.dup(CHANNEL),
    "start a process": lambda: os.fork() or os._exit(0),
    "run a program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "signal a process": lambda: os.kill(os.getppid(), 0),
    "change its folder": lambda: os.chdir("/"),
}


def prove(lock: Lock) -> None:
    """See that a lock holds; raise NoLock where it does not."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        live(lock, theirs.fileno(), LIMITS, _attempt)
    theirs.close()
    with ours, ours.makefile() as said:
        found = said.read()
    os.waitpid(pid, 0)
    if found != "proved":
        raise NoLock(f"a process that was locked in could {found}" if found else "a process cannot be locked in")


def _attempt(lock: Lock) -> None:
    found = next((name for name, attempt in FORBIDDEN.items() if not _is_refused(attempt)), "")
    if any(_is_open(number) for number in range(CHANNEL + 1, MOST_HANDLES)):
        found = found or "use a handle of another process"
    _use_libraries()
    os.write(CHANNEL, (found or "proved").encode())


def _is_refused(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in REFUSALS
    return False


def _is_open(number: int) -> bool:
    try:
        os.lseek(number, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != errno.EBADF
    return True


def _use_libraries() -> None:
    """Compute something: a lock in which nothing works is none either."""
    import torch

    weights = torch.randn(8, 8, requires_grad=True)
    (weights @ weights).softmax(-1).sum().backward()
