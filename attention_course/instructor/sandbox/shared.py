"""Shared: the one warm process of a grading run.

All that takes part in the run, threads and forked or started kernels alike, finds it by an environment variable. It is
started where it is first needed, and ends with the process that started it.
"""

import os
import socket
import threading
from contextlib import suppress

from attention_course.errors import NoSandbox
from attention_course.instructor.sandbox.client import REFUSED, WarmProcess, connect
from attention_course.instructor.sandbox.handshake import is_own
from attention_course.instructor.sandbox.limits import Files, Limits
from attention_course.instructor.sandbox.locked_link import LockedLink

VARIABLE = "ATTENTION_COURSE_SANDBOX"

_shared: WarmProcess | None = None
_lock = threading.Lock()


def begin() -> None:
    """Start this run's warm process in the background: it takes as long to get ready as nbgrader does."""
    threading.Thread(target=_begin, name="sandbox", daemon=True).start()


def _begin() -> None:
    with suppress(NoSandbox):  # whoever needs one is told
        path()


def path(files: Files | None = None) -> str:
    """Return the path of this run's warm process, started when first asked for.

    Raises NoSandbox where there can be none. It is the one that the environment names, where that answers: a kernel
    of the run finds it there.
    """
    global _shared
    with _lock:
        known = os.environ.get(VARIABLE, "")
        if known and _answers(known):
            return known
        if _shared is None or not _answers(_shared.path):
            if _shared is not None:
                _shared.close()
            _shared = WarmProcess(files)
        os.environ[VARIABLE] = _shared.path
        return _shared.path


def _answers(known: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(known)
            return is_own(connection)
    except OSError:
        return False


def child(limits: Limits) -> LockedLink:
    """Have this run's warm process, which is started where there is none, fork a child.

    Raises NoSandbox where there can be no such process.
    """
    if known := os.environ.get(VARIABLE):
        with suppress(OSError):  # the run that it belonged to has ended
            return connect(known, limits)
    try:
        return connect(path(), limits)
    except OSError as error:
        raise NoSandbox(REFUSED.format("the process for it has ended")) from error
