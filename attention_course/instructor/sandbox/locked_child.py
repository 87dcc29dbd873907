"""LockedChild: what a process just forked does: it lets go of all that is not its own, is locked in, and answers."""

import fcntl
import os
import signal
from collections.abc import Callable
from typing import NoReturn

from attention_course.instructor.sandbox.handshake import LOCKED
from attention_course.instructor.sandbox.limits import Limits
from attention_course.instructor.sandbox.lock import Lock
from attention_course.instructor.sandbox.refusal import reasons
from attention_course.student_code.frames import HEAD, lengths, parse
from attention_course.student_code.host import Host

CHANNEL, RULES = 3, 4  # its handles beside the three standard ones; the second is closed by the lock
MOST_HANDLES = 4096  # of the process that forks
CHUNK = 1 << 20


def live(lock: Lock, channel: int, limits: Limits, work: Callable[[Lock], None]) -> NoReturn:
    """Be locked in, do the work, and end, whatever happens; nothing else of this process runs on."""
    try:
        _let_go(lock, channel)
        lock.close(limits)
        work(lock)
    finally:
        os._exit(1)


def _let_go(lock: Lock, channel: int) -> None:
    """Keep the channel, the lock's rules and nothing else; belong to nobody's session."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    kept = [os.open(os.devnull, os.O_RDWR)] * 3 + [channel]
    if lock.rules is not None:
        kept.append(lock.rules)
        lock.rules = RULES
    kept = [fcntl.fcntl(handle, fcntl.F_DUPFD, CHANNEL + len(kept)) for handle in kept]  # clear of where they go
    for number, handle in enumerate(kept):
        os.dup2(handle, number)
    os.closerange(len(kept), MOST_HANDLES)


def answer_requests(lock: Lock) -> None:
    """Answer one request after another, until nobody asks any more."""
    import __main__  # whose names become the answer's, as in a notebook

    names = vars(__main__)
    names.clear()
    names["__name__"] = "__main__"
    host = Host(names, refusal=reasons(lock.files))
    os.write(CHANNEL, LOCKED)
    while True:
        text, data = lengths(_read(HEAD.size))
        frame = host.answer(parse(_read(text)), _read(data))
        for start in range(0, len(frame), CHUNK):
            _write(frame[start : start + CHUNK])


def _read(length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = os.read(CHANNEL, min(length - len(parts), CHUNK))
        if not part:
            os._exit(0)
        parts += part
    return bytes(parts)


def _write(part: bytes) -> None:
    while part:
        part = part[os.write(CHANNEL, part) :]
