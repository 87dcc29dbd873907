"""Where the lock cannot be had, or does not hold, nothing is run, and one sentence says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from warm import FILE_MODES

from attention_course.errors import NoSandbox
from attention_course.instructor.sandbox import client, shared
from attention_course.instructor.sandbox.sandbox import Sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

WHERE = "Student-written code is not run here: {}. Grade on Linux, in WSL2 or in a container."
COULD = "a process that was locked in could "
OUTCOMES = [
    ("complete", "none", "none 1"),
    ("complete", "", f"{FILE_MODES[0]} 1"),
    ("no seccomp", "", WHERE.format("a process cannot be locked in")),
    ("no seccomp", "none", WHERE.format("a process cannot be locked in")),
    ("seccomp does nothing", "none", WHERE.format(COULD + "write a file")),
    ("no Landlock", "", "none 1"),
    ("Landlock switched off", "", "none 1"),
    ("no Landlock", "libraries", "this kernel lacks Landlock"),
    ("capabilities stay", "", WHERE.format("a process cannot be locked in")),
]
WITH_LANDLOCK = [
    ("seccomp does nothing", "libraries", WHERE.format(COULD + "write a file")),
    ("Landlock refuses rules", "", "the kernel refuses a rule for /"),
    ("Landlock does nothing", "", WHERE.format(COULD + "read a file")),
    ("Landlock cannot be entered", "", WHERE.format("a process cannot be locked in")),
]


@pytest.mark.parametrize(("case", "files", "said"), OUTCOMES + WITH_LANDLOCK * ("libraries" in FILE_MODES))
def test_a_system_that_lacks_something_or_lies_runs_nothing(case, files, said):
    command = [sys.executable, str(Path(__file__).parent / "emulate.py"), case, *filter(None, [files])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.count("\n") == 1
    assert said in done.stdout


def test_another_system_is_named(monkeypatch):
    monkeypatch.setattr(client.sys, "platform", "darwin")
    with pytest.raises(NoSandbox, match=r"this is darwin, not Linux. Grade on Linux, in WSL2 or in a container\."):
        client.WarmProcess()


def test_a_warm_process_that_cannot_be_started_is_told(monkeypatch):
    monkeypatch.setattr(client, "START", "raise SystemExit(1)")
    monkeypatch.delenv(shared.VARIABLE, raising=False)
    with pytest.raises(NoSandbox, match="could not be started"):
        Sandbox().open("")


def test_a_python_that_is_gone_is_named_and_nothing_is_left(monkeypatch, tmp_path):
    monkeypatch.setattr(client.sys, "executable", "/no/such/python")
    monkeypatch.setattr(client.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(NoSandbox, match=r"/no/such/python could not be started \(No such file or directory\)"):
        client.WarmProcess()
    assert not list(tmp_path.iterdir())


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(
        client, "START", client.START.replace("import sys\n", "import sys\nsys.modules['torch'] = None\n")
    )
    with pytest.raises(NoSandbox, match="torch cannot be imported"):
        client.WarmProcess()


def test_a_library_that_starts_a_thread_is_no_ground_to_fork_on(monkeypatch):
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    quick = "from attention_course.instructor.sandbox import preload\npreload._import = preload._use = lambda: None\n"
    monkeypatch.setattr(client, "START", client.START.replace("main(path", f"{quick}{thread}main(path"))
    with pytest.raises(NoSandbox, match="a library has started a thread"):
        client.WarmProcess()


WINDOWS = """
import sys
sys.platform = "win32"
sys.modules["resource"] = sys.modules["fcntl"] = sys.modules["pwd"] = None
from attention_course.instructor.sandbox.sandbox import Sandbox
try:
    Sandbox().open("")
except Exception as error:
    print(type(error).__name__, error)
"""


def test_windows_is_named_too():
    environment = {name: value for name, value in os.environ.items() if name != shared.VARIABLE}
    done = subprocess.run([sys.executable, "-c", WINDOWS], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == f"NoSandbox {WHERE.format('this is win32, not Linux')}\n"
