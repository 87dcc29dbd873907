"""Client: starts a warm process, and has it fork children.

Its socket lies in a folder that nobody else on the machine may enter, and either side looks at whom it talks to. It
ends when the handle is closed that whoever started it holds: by `close()`, or by the system when that process is gone,
however that came about.
"""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import attention_course
from attention_course.errors import NoSandbox
from attention_course.instructor.one_thread import ONE_THREAD
from attention_course.instructor.sandbox.handshake import is_own
from attention_course.instructor.sandbox.limits import Files, Limits
from attention_course.instructor.sandbox.locked_link import LockedLink

START = """\
import sys
path, files, *folders = sys.argv[1:]
sys.path += [folder for folder in folders if folder not in sys.path]
from attention_course.instructor.sandbox.warm_process import main
main(path, files)
"""
LONGEST_PATH = 100  # characters of a socket's; the system takes 107 bytes
REFUSED = "Student-written code is not run here: {}. Grade on Linux, in WSL2 or in a container."


class WarmProcess:
    """A warm process of this process's own. Raises NoSandbox where there can be none."""

    def __init__(self, files: Files | None = None) -> None:
        if sys.platform != "linux":
            raise NoSandbox(REFUSED.format(f"this is {sys.platform}, not Linux"))
        self._user = os.getpid()
        self.folder = tempfile.mkdtemp(prefix="sandbox-")
        if len(self.folder) > LONGEST_PATH:
            shutil.rmtree(self.folder)
            self.folder = tempfile.mkdtemp(prefix="sandbox-", dir="/tmp")
        self.path = os.path.join(self.folder, "s")
        self._process = self._started(files)
        self.files: str = self._ready()
        atexit.register(self.close)

    def _started(self, files: Files | None) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-c", START, self.path, files or "", *_folders()],
                cwd="/",
                env=_environment(self.folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise NoSandbox(REFUSED.format(f"{sys.executable} could not be started ({error.strerror})")) from error

    def _ready(self) -> str:
        """Wait until the lock is proved, and return which files it leaves readable."""
        assert self._process.stdout is not None
        about = json.loads(self._process.stdout.readline() or "{}")
        if "files" not in about:
            self.close()
            raise NoSandbox(REFUSED.format(about.get("refused", "the process for it could not be started (see above)")))
        return about["files"]

    def close(self) -> None:
        """End the process, and every child that is left."""
        if self._user != os.getpid():
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it is still getting ready
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.close)


def _folders() -> list[str]:
    """Return where the libraries of this process lie, then where the course does: a folder of many other things."""
    libraries = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    return [*libraries, str(Path(attention_course.__file__).parents[1])]


def _environment(folder: str) -> dict[str, str]:
    """Return an environment with nothing in it but what libraries need to be found, and to keep to one thread."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    # Where matplotlib remembers which fonts there are: to look for them takes seconds.
    settings = {"MPLCONFIGDIR": os.path.join(cache, "matplotlib") if os.access(cache, os.W_OK) else folder}
    if "LD_LIBRARY_PATH" in os.environ:
        settings["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return ONE_THREAD | settings | {"OMP_THREAD_LIMIT": "1"}  # nor more where a student asks for them


def connect(path: str, limits: Limits) -> LockedLink:
    """Have the warm process at a path fork a child; raise OSError where none answers, NoSandbox where no lock is."""
    control, (ours, theirs) = socket.socket(socket.AF_UNIX), socket.socketpair()
    try:
        with theirs:
            control.connect(path)
            if not is_own(control):
                raise PermissionError(f"{path} belongs to somebody else")
            socket.send_fds(control, [json.dumps(asdict(limits)).encode()], [theirs.fileno()])
    except BaseException:
        control.close()
        ours.close()
        raise
    return LockedLink(control, ours, limits)
