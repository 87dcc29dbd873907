"""Run a Python program as an ordinary user, also where the tests are root's: then as one who owns nothing."""

import ctypes
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534
NEW_MOUNTS, BIND, RECURSIVE, PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000
libc = ctypes.CDLL(None, use_errno=True)


def run_python(program: Path, *arguments: str, ordinary: bool) -> str:
    """Run a program of the tests with this Python, and return what it prints."""
    must_change = ordinary and os.geteuid() == 0
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        cwd="/",
        env=environment | {"HOME": "/" if must_change else os.environ.get("HOME", "/")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        preexec_fn=_become_nobody if must_change else None,
    )
    return done.stdout


def _become_nobody() -> None:
    _open_up([sys.base_prefix, str(ROOT), *(path for path in sys.path if path), sysconfig.get_path("purelib")])
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _open_up(needed: list[str]) -> None:
    """Let everybody reach some folders, in this process's view of the disk alone.

    A folder that only root may enter, such as /root, is covered with an empty one, in which what is needed shows.
    """
    closed = {found for path in needed if (found := _first_closed(Path(path).resolve()))}
    if not closed:
        return
    _must(libc.unshare(NEW_MOUNTS))
    _must(libc.mount(b"none", b"/", None, RECURSIVE | PRIVATE, None))
    for folder in closed:
        inside = sorted({path for each in needed if (path := Path(each).resolve()).is_relative_to(folder)})
        inside = [
            path for path in inside if path.is_dir() and not any(path != o and path.is_relative_to(o) for o in inside)
        ]
        handles = [os.open(path, os.O_PATH) for path in inside]
        _must(libc.mount(b"none", str(folder).encode(), b"tmpfs", 0, b"mode=755"))
        for path, handle in zip(inside, handles, strict=True):
            path.mkdir(parents=True)
            _must(libc.mount(f"/proc/self/fd/{handle}".encode(), str(path).encode(), None, BIND | RECURSIVE, None))


def _first_closed(path: Path) -> Path | None:
    return next(
        (each for each in [*reversed(path.parents), path] if each.exists() and not each.stat().st_mode & 1), None
    )


def _must(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
