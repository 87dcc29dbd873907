"""LockedChild: what a process just forked does: it lets go of all that is not its own, is locked in, and answers."""

import fcntl
import os
import signal
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn

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
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    host = Host(main.__dict__, refusal=reasons(lock.files))
    _stay_with_one_thread()
    os.write(CHANNEL, LOCKED)
    while True:
        text, data = lengths(_read(HEAD.size))
        frame = host.answer(parse(_read(text)), _read(data))
        for start in range(0, len(frame), CHUNK):
            _write(frame[start : start + CHUNK])


def _stay_with_one_thread() -> None:
    """Let answers ask for threads in vain: OpenMP ends a process that is refused one."""
    torch: Any = sys.modules.get("torch")
    if torch:
        torch.set_num_threads = torch.set_num_interop_threads = lambda number: None


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
