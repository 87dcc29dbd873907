"""The warm process: has torch imported, has never held a course, a key or a student, and forks locked children."""

import json
import os
import resource
import shutil
import socket
import sys
from pathlib import Path

from attention_course.instructor.sandbox.forker import Forker
from attention_course.instructor.sandbox.landlock import library_folders
from attention_course.instructor.sandbox.lock import Lock
from attention_course.instructor.sandbox.locked_child import MOST_HANDLES, answer_requests, live
from attention_course.instructor.sandbox.no_lock import NoLock
from attention_course.instructor.sandbox.preload import preload
from attention_course.instructor.sandbox.probe import prove


def _forget_where_the_course_is() -> None:
    """Keep of what this process was told nothing but where libraries lie."""
    os.environ.clear()
    sys.argv[:] = [""]
    folders = library_folders()
    sys.path[:] = [path for path in sys.path if any(Path(path).is_relative_to(folder) for folder in folders)]


def _limit_handles() -> None:
    """Let this process have no more handles than a child closes."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    number = MOST_HANDLES if most == resource.RLIM_INFINITY else min(MOST_HANDLES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))


def _say(about: dict[str, str]) -> bool:
    """Say something on standard output; return whether whoever started this process is there still."""
    try:
        os.write(1, json.dumps(about).encode() + b"\n")
    except BrokenPipeError:
        return False
    return True


def main(path: str, files: str) -> None:
    """Get ready, say so on standard output, serve at a path; and in each forked process be a locked child.

    `files` is what the lock is to leave readable, "" for what this system can.
    """
    try:
        _limit_handles()
        preload()
        lock = Lock(files or None)  # type: ignore[arg-type]
        prove(lock)
    except NoLock as error:
        _say({"refused": str(error)})
        return
    _forget_where_the_course_is()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        if _say({"files": lock.files}):
            forker = Forker(listener, lock.files)
            birth = forker.serve()
            if birth:
                live(lock, birth.channel, birth.limits, answer_requests)
            forker.close()
    shutil.rmtree(os.path.dirname(path), ignore_errors=True)  # it was made for this process alone
