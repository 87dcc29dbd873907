"""One warm process serves a grading run, and ends with it; nobody else on the machine may use it."""

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from forked import is_alive
from waiting import until
from warm import changed

from attention_course import Write
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import NoSandbox, StudentError
from attention_course.instructor.sandbox import client, handshake, shared
from attention_course.instructor.sandbox.sandbox import Sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

ONE = "def one():\n    return 1"
FOREVER = "import time\ndef wait():\n    time.sleep(1000)"


def children_of(pid):
    """Return the processes that a process has started and that run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


@pytest.fixture
def run(monkeypatch):
    """A grading run that has no warm process yet; it gets a bare one."""
    monkeypatch.delenv(shared.VARIABLE, raising=False)
    monkeypatch.setattr(client, "START", changed("bare"))
    monkeypatch.setattr(shared, "_shared", None)
    yield
    if shared._shared:
        shared._shared.close()


GRADER = """
import json, sys, threading
from attention_course.instructor.sandbox import client, shared
from attention_course.instructor.sandbox.sandbox import Sandbox
client.START = sys.argv[1]
student = Sandbox().open("import time\\ndef wait():\\n    time.sleep(1000)")
about = {"warm": shared._shared._process.pid, "folder": shared._shared.folder, "child": student._link._pid}
print(json.dumps(about), flush=True)
if sys.argv[2] == "killed":
    student.call("wait", seconds=600)
"""


@pytest.mark.parametrize("how", ["killed", "ends"])
def test_nothing_is_left_when_the_grading_process_ends(how):
    command = [sys.executable, "-c", GRADER, changed("bare"), how]
    environment = {name: value for name, value in os.environ.items() if name != shared.VARIABLE}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as grader:
        about = json.loads(grader.stdout.readline())
        if how == "killed":
            assert is_alive(about["child"])
            grader.kill()
        grader.wait(timeout=60)
    until(lambda: not is_alive(about["child"]), "the child ends")
    until(lambda: not is_alive(about["warm"]), "the warm process ends")
    until(lambda: not Path(about["folder"]).exists(), "its folder is removed")


def test_a_warm_process_that_is_killed_takes_its_children_along(bare):
    student = bare.open(FOREVER)
    (child,) = children_of(bare.pid)
    os.kill(bare.pid, signal.SIGKILL)
    until(lambda: not is_alive(child), "the child ends")
    with pytest.raises(StudentError):
        student.wait()


def test_closing_an_answer_ends_its_process(bare):
    with bare.open(ONE) as student:
        assert student.one() == 1
        assert len(children_of(bare.pid)) == 1
    until(lambda: not children_of(bare.pid), "the child ends")


def test_an_answer_that_nobody_holds_any_more_ends(bare):
    student = bare.open(ONE)
    assert student.one() == 1
    del student
    until(lambda: not children_of(bare.pid), "the child ends")


def test_an_answer_that_cannot_be_loaded_ends(bare):
    with pytest.raises(StudentError):
        bare.open("1 / 0")
    until(lambda: not children_of(bare.pid), "the child ends")


def test_a_process_that_ends_by_itself_is_noticed_before_it_is_asked_again(bare):
    student = bare.open("import os\ndef go():\n    os._exit(3)")
    for _ in range(2):
        with pytest.raises(StudentError, match="exit code 3"):
            student.go()
    assert bare.open(ONE).one() == 1


def test_no_handle_is_left_open_by_many_answers(bare):
    def handles():
        return sorted(os.readlink(path) for path in Path(f"/proc/{bare.pid}/fd").iterdir())

    bare.open(ONE).close()
    until(lambda: not children_of(bare.pid), "the first child ends")
    before, own = len(handles()), len(os.listdir("/proc/self/fd"))
    for _ in range(30):
        bare.open(ONE).close()
    until(lambda: len(handles()) == before, "the handles are closed")
    assert len(os.listdir("/proc/self/fd")) == own


def test_threads_share_one_warm_process_and_their_answers_do_not_mix(run):
    found, sandbox = [], Sandbox()

    def grade(number):
        with sandbox.open(f"def me():\n    return {number}", seconds=60) as student:
            found.append((number, student.me(), shared.path()))

    threads = [threading.Thread(target=grade, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((number, answer) for number, answer, _ in found) == [(n, n) for n in range(16)]
    assert {path for _, _, path in found} == {shared._shared.path}


OTHER = """
import os, sys
from attention_course.instructor.sandbox import client, shared
from attention_course.instructor.sandbox.sandbox import Sandbox
print(Sandbox().open("def one():\\n    return 1", seconds=60).one(), shared._shared)
"""
FORKED = """
import os, sys
from attention_course.instructor.sandbox import client, shared
from attention_course.instructor.sandbox.sandbox import Sandbox
client.START = sys.argv[1]
mine = Sandbox().open("", seconds=60)
pid = os.fork()
if pid == 0:
    one = Sandbox().open("def one():\\n    return 1", seconds=60).one()
    print(one, shared.path() == shared._shared.path)
    raise SystemExit
os.waitpid(pid, 0)
print(shared._shared._process.poll() is None, Sandbox().open("def one():\\n    return 2", seconds=60).one())
"""


def test_a_kernel_of_the_run_finds_its_warm_process(run):
    path = shared.path()
    done = subprocess.run([sys.executable, "-c", OTHER], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "1 None\n"
    assert os.environ[shared.VARIABLE] == path


def test_a_forked_kernel_uses_it_and_does_not_end_it():
    environment = {name: value for name, value in os.environ.items() if name != shared.VARIABLE}
    command = [sys.executable, "-c", FORKED, changed("bare")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment)
    assert done.stdout == "1 True\nTrue 2\n"
    assert done.stderr == ""


def test_a_variable_that_names_an_ended_run_is_not_minded(run, monkeypatch, tmp_path):
    monkeypatch.setenv(shared.VARIABLE, str(tmp_path / "gone"))
    assert Sandbox().open(ONE, seconds=60).one() == 1
    assert os.environ[shared.VARIABLE] == shared._shared.path


def test_a_warm_process_that_was_killed_is_replaced(run):
    first = shared.path()
    os.kill(shared._shared._process.pid, signal.SIGKILL)
    shared._shared._process.wait()
    assert Sandbox().open(ONE, seconds=60).one() == 1
    assert shared.path() != first
    assert not Path(first).exists()


def test_it_can_be_started_in_the_background(run):
    shared.begin()
    until(lambda: shared._shared, "the warm process is there")
    assert shared.path() == shared._shared.path


def test_its_socket_lies_in_a_folder_of_the_users_own(bare):
    assert stat.S_IMODE(os.stat(bare.process.folder).st_mode) == 0o700


def test_a_long_path_of_temporary_folders_is_gone_round(monkeypatch, tmp_path):
    deep = tmp_path / ("x" * 80)
    deep.mkdir()
    monkeypatch.setattr(client.tempfile, "tempdir", str(deep))
    monkeypatch.setattr(client, "START", changed("bare"))
    process = client.WarmProcess()
    assert Sandbox(process.path).open(ONE, seconds=60).one() == 1
    process.close()
    assert not list(deep.iterdir())


def test_whoever_is_another_user_is_told_from_oneself(monkeypatch):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert handshake.is_own(ours)
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        assert not handshake.is_own(ours)


def test_another_users_warm_process_is_not_used(bare, monkeypatch):
    monkeypatch.setattr(client, "is_own", lambda connection: False)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        bare.open(ONE)


@pytest.mark.parametrize("request_", [b"", b"\n", b"no json", b'{"cpu": 1}', b'{"cpu": 1, "memory": 1}', b"x" * 9000])
def test_a_request_that_is_none_harms_nobody(bare, request_):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(bare.process.path)
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(60)
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(100) == b""
    assert bare.open(ONE).one() == 1


def test_a_handle_that_comes_with_a_bad_request_is_not_kept(bare):
    handles = Path(f"/proc/{bare.pid}/fd")
    bare.open(ONE).close()
    until(lambda: not children_of(bare.pid), "the first child ends")
    before = len(list(handles.iterdir()))
    for _ in range(5):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(bare.process.path)
            socket.send_fds(connection, [b"no json"], [0])
            assert connection.recv(100) == b""
    until(lambda: len(list(handles.iterdir())) == before, "the handles are closed")


def test_whoever_connects_and_says_nothing_holds_up_the_others_for_a_moment_alone(bare):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(bare.process.path)
        assert bare.open(ONE).one() == 1


def test_the_environment_of_the_warm_process_says_nothing_of_the_graders(bare, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_GRADER", "x")
    assert not {"HOME", "PATH", "SECRET_OF_THE_GRADER"} & set(client._environment("/tmp"))
    assert bare.open("import os\ndef names():\n    return list(os.environ)").names() == []


def test_where_no_child_can_be_asked_for_nothing_is_run(run, monkeypatch):
    monkeypatch.setattr(shared, "connect", lambda path, limits: (_ for _ in ()).throw(ConnectionError))
    with pytest.raises(NoSandbox, match="the process for it has ended"):
        Sandbox().open(ONE)


def test_what_is_graded_has_one_process_at_a_time_whatever_it_does(bare):
    text = "import os\ndef double(x):\n    return os._exit(3) if x == 1 else x + x"
    question = Write("double", "easy", prompt="Double it.", defines=["double"], key=text, points=3)
    answer = CodeAnswer(question, Record((Attempt((text,), "2026-03-01T09:41:00+01:00"),), 1))
    answer.workshop, running, numbers = bare.sandbox, [], iter(range(3))

    def doubled(student):
        student.double(next(numbers))
        running.append(len(children_of(bare.pid)))

    for name in ("before", "its end", "after"):
        answer.test(name, points=1, why="It must be doubled.")(doubled)
    assert answer.points(3) == 2  # so what a class takes at once is bounded by the number of workers
    assert running == [1, 1]
    until(lambda: not children_of(bare.pid), "the child ends")


def test_a_run_that_ended_before_its_warm_process_was_ready_leaves_no_traceback_and_no_folder(tmp_path):
    """As where there is no gradebook, and `grade` says so at once."""
    folder = tmp_path / "sandbox"
    folder.mkdir()
    reader, writer = os.pipe()
    command = [sys.executable, "-I", "-c", changed("bare"), str(folder / "s"), "", *client._folders()]
    started = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.PIPE)
    os.close(reader)
    os.close(writer)
    _, said = started.communicate(timeout=60)
    assert (started.returncode, said) == (0, b"")
    assert not folder.exists()
