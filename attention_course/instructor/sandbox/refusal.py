"""Refusal: tells an exception that the lock is to blame for from one that the student is."""

import errno
import re
from functools import partial

from attention_course.instructor.sandbox.limits import Files

MOST_LINKS = 20  # of a chain of exceptions
# What the filter answers with, and Landlock. No system call of the course's fails so for another reason.
REFUSED = {errno.EPERM, errno.EACCES, errno.EAGAIN, errno.ENOTTY}
THREAD = re.compile("can't start new thread|Resource temporarily unavailable")
SOURCE = "could not get source code"  # what `inspect` says of a library that it may not read

SENTENCE = "this cannot be graded here, because the sandbox {}"


def reason(files: Files, error: BaseException) -> str:
    """Return a sentence where an exception, or one that led to it, comes of the lock; else ""."""
    link: BaseException | None = error
    for _ in range(MOST_LINKS):
        if link is None:
            break
        if why := _reason(files, link):
            return SENTENCE.format(why)
        link = link.__cause__ or link.__context__
    return ""


def _reason(files: Files, error: BaseException) -> str:
    if isinstance(error, RuntimeError | OSError) and THREAD.search(str(error)):
        return "has room for one thread and one process alone"
    if isinstance(error, OSError) and error.errno in REFUSED:
        return "allows no files, devices, connections or other processes"
    if files == "none" and isinstance(error, ImportError):
        return f"cannot load {error.name or 'a library'} on this system"
    if files == "none" and isinstance(error, OSError) and SOURCE in str(error):
        return "cannot read the source of a library on this system"
    return ""


def reasons(files: Files) -> partial[str]:
    """Return the function that a `Host` asks."""
    return partial(reason, files)
