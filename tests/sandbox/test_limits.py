"""Limits and refusals: what a student is told when code takes too much, ends, crashes, or needs what is not there."""

import sys

import pytest
from warm import FILE_MODES

from attention_course.errors import NoSandbox, StudentError
from attention_course.instructor.sandbox import locked_link
from attention_course.instructor.sandbox.fate import fate
from attention_course.instructor.sandbox.limits import Limits
from attention_course.student_code.limits import MOST_PRINTED, MOST_SOURCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

MB = 1 << 20


def told(sandbox, body, **limits):
    """Return the error that the call of a function with this body ends in."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    with (
        sandbox.open(f"def go():\n{lines}", **{"seconds": 20, **limits}) as student,
        pytest.raises(StudentError) as caught,
    ):
        student.go()
    return caught.value


def test_a_loop_is_ended_after_its_seconds(sandbox):
    error = told(sandbox, "while True: pass", seconds=0.2)
    assert (error.cause, str(error)) == ("too slow", "it took longer than 0.2 seconds")


def test_sleeping_is_ended_too(sandbox):
    assert told(sandbox, "import time; time.sleep(1e6)", seconds=0.1).cause == "too slow"


def test_one_call_may_have_other_seconds_than_the_others(sandbox):
    text = "import time\ndef wait(seconds):\n    time.sleep(seconds)\n    return seconds"
    with sandbox.open(text, seconds=20) as student:
        assert student.wait(0.3) == 0.3
        with pytest.raises(StudentError, match=r"took longer than 0\.05 seconds"):
            student.call("wait", 30, seconds=0.05)


def test_all_calls_together_have_a_limit_of_computing_time(sandbox):
    text = "import time\ndef work(until):\n    while time.process_time() < until: pass"
    with sandbox.open(text, cpu=1, seconds=20) as student:
        student.work(0.5)
        student.work(0.9)
        with pytest.raises(StudentError) as caught:
            student.work(2)
    assert caught.value.cause == "too slow"
    assert str(caught.value) == "all calls together took more than 1 seconds of computing time"


def test_ignoring_the_signal_of_that_limit_does_not_help(sandbox):
    body = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert told(sandbox, body, cpu=1).message == "all calls together took more than 1 seconds of computing time"


def test_memory_has_a_limit_beside_what_the_libraries_take(sandbox):
    assert told(sandbox, "return len(bytearray(300 << 20))", memory=200 * MB).kind == "MemoryError"
    assert "memory" in told(sandbox, "import torch\nreturn torch.ones(100 << 20)", memory=200 * MB).message
    with sandbox.open("def go():\n    return len(bytearray(100 << 20))", memory=200 * MB, seconds=20) as student:
        assert student.go() == 100 * MB


def test_the_memory_of_a_call_is_measured_from_outside(sandbox):
    text = "import torch\ndef much():\n    return torch.ones(50 << 20).sum()\ndef little():\n    return 1"
    with sandbox.open(text, seconds=20) as student:
        assert student.call("little").memory < 100 * MB
        assert 200 * MB < student.call("much").memory < 300 * MB


def test_memory_that_was_held_before_does_not_hide_what_is_held_later(sandbox):
    text = "import torch\nlarge = torch.ones(60 << 20)\ndel large\ndef much():\n    return torch.ones(50 << 20).sum()"
    with sandbox.open(text, seconds=20) as student:
        assert student.call("much").memory > 200 * MB


def test_computing_time_is_measured_from_outside(sandbox):
    text = "import time\ndef lie():\n    time.process_time = time.time = lambda: 0\n    for _ in range(10**6): pass"
    with sandbox.open(text, seconds=20) as student:
        call = student.call("lie")
    assert 0 < call.cpu < 20
    assert call.seconds > 0


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("import os\nos._exit(3)", r"the code ended its process \(exit code 3\)"),
        ("import ctypes\nctypes.string_at(1)", r"the code crashed its process \(SIGSEGV\)"),
        ("import ctypes\nctypes.CDLL(None).abort()", "the code crashed its process"),
        ("import os\nos.close(3)", "the code closed its connection to the test|ended its process"),
    ],
)
def test_an_end_is_told_and_every_later_call_is_told_it_again(sandbox, body, sentence):
    text = "def go():\n" + "\n".join(f"    {line}" for line in body.splitlines())
    with sandbox.open(text, seconds=20) as student:
        for _ in range(2):
            with pytest.raises(StudentError, match=sentence) as caught:
                student.go()
            assert caught.value.cause == "ended"


def test_being_killed_is_told_as_what_it_most_likely_is():
    limits = Limits(cpu=10, memory=1)
    assert "ran out of memory" in str(fate({"exit": -9, "cpu": 0.1}, limits))
    assert fate({"exit": -9, "cpu": 10.9}, limits).cause == "too slow"


def test_much_that_is_printed_is_cut_and_counted(sandbox):
    with sandbox.open("def go():\n    for _ in range(1000): print('x' * 99_999)", seconds=20) as student:
        printed = student.call("go").printed
    assert printed == "x" * MOST_PRINTED + "\n[99,980,000 characters more]"


def test_what_is_displayed_is_printed(sandbox):
    with sandbox.open("def go():\n    display([1])", seconds=20) as student:
        assert student.call("go").printed == "[1]\n"


def test_what_was_printed_before_an_exception_comes_with_it(sandbox):
    assert told(sandbox, "print('so far')\nraise ValueError").printed == "so far\n"


REFUSED = {
    "a thread": "import threading\nthreading.Thread(target=print).start()",
    "a pool": "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor(2).map(abs, [1]))",
    "a process": "import multiprocessing\nmultiprocessing.Process(target=print).start()",
    "a fork": "import os\nos.fork()",
    "a command": "import subprocess\nsubprocess.run(['true'])",
    "an event loop": "import asyncio\nasync def f(): pass\nasyncio.run(f())",
    "a file to write": "open('notes.txt', 'w')",
    "a file to read": "open('/etc/passwd')",
    "a temporary file": "import tempfile\ntempfile.TemporaryFile()",
    "the network": "import socket\nsocket.socket()",
    "data loaders' processes": "from torch.utils.data import DataLoader\nlist(DataLoader([1, 2], num_workers=2))",
    "a mishap on the way": "try: open('/x', 'w')\nexcept OSError as error: raise ValueError('no file') from error",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_sandbox_forbids_is_not_the_students_fault(sandbox, what):
    error = told(sandbox, REFUSED[what])
    assert error.cause == "refused", error
    assert str(error).startswith("this cannot be graded here, because the sandbox ")
    assert error.line == len(REFUSED[what].splitlines()) + 1


def test_a_library_that_cannot_be_loaded_without_files_is_not_the_students_fault(sandboxes):
    error = told(sandboxes["none"], "import imaplib")
    assert (error.cause, error.kind) == ("refused", "ModuleNotFoundError")
    assert "cannot load imaplib" in str(error)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise RuntimeError('no')", "RuntimeError"),
        ("raise OSError('no')", "OSError"),
        ("input('?')", "EOFError"),
        ("{}['a']", "KeyError"),
    ],
)
def test_other_exceptions_are_the_students(sandbox, body, kind):
    error = told(sandbox, body)
    assert (error.cause, error.kind) == ("raised", kind)


def test_who_asks_for_input_is_told_that_nobody_types(sandbox):
    assert str(told(sandbox, "input('?')")).startswith("EOFError: nobody is there who types, so take input() out of")


@pytest.mark.parametrize("files", [mode for mode in FILE_MODES if mode == "libraries"])
def test_a_library_that_is_nowhere_is_the_students_fault_where_others_can_be_loaded(sandboxes, files):
    error = told(sandboxes[files], "import no_such_library")
    assert (error.cause, error.kind) == ("raised", "ModuleNotFoundError")


@pytest.mark.parametrize("body", ["return [0] * 60_000", "import torch\nreturn torch.empty(17 << 20)", "return 2**64"])
def test_a_result_that_cannot_be_sent_says_so(sandbox, body):
    error = told(sandbox, body)
    assert (error.cause, error.line) == ("unsendable", None)
    assert "cannot be sent" in str(error)


SOURCES = {
    "": None,
    "\n# nothing but a remark\n": None,
    "def f(:\n    pass": "SyntaxError: invalid syntax (line 1: def f(:)",
    "def f():\npass": "IndentationError",
    "x = 1\n%timeit f(x)": "SyntaxError: this line is a command for the notebook, not Python, so take it out of the "
    "answer (line 2: %timeit f(x))",
    "%%time\nx = 1": "line 1: %%time",
    "!pip install einops": "this line is a command for the notebook",
    "files = !ls": "this line is a command for the notebook",
    "x = %pwd": "this line is a command for the notebook",
    "print?": "this line is a command for the notebook",
    "?print": "this line is a command for the notebook",
    "x = 5 % 2\ny = 'what?'\nz = (5\n% 2)": None,
    "def f()\n    return 'why?'": "SyntaxError: expected ':'",
    "x = 1\0": "Error: source code string cannot contain null bytes",  # a ValueError before Python 3.11.4
    "x = " + "(" * 300 + ")" * 300: "SyntaxError: too many nested parentheses",
    "x = '\ud800'": "UnicodeEncodeError",
    "größe = 1\n数 = größe": None,
    "from math import *\nx = sin(0)": None,
    "import sys\nsys.exit(0)": "SystemExit: 0 (line 2: sys.exit(0))",
    "1 / 0": "ZeroDivisionError: division by zero (line 1: 1 / 0)",
    "def deep(n):\n    return deep(n)\ndeep(1)": "RecursionError",
    "x = " + "1 +" * 30_000 + "1": "RecursionError",
    "def attention(*):\n    pass": "SyntaxError: named arguments must follow bare *",
}


@pytest.mark.parametrize("source", SOURCES, ids=range(len(SOURCES)))
def test_whatever_stands_in_an_answer_is_run_or_one_sentence(sandbox, source):
    expected, said = SOURCES[source], None
    try:
        sandbox.open(source, seconds=20).close()
    except StudentError as error:
        said = f"{error.cause}, {error}"
    assert (said is None) == (expected is None), said
    assert said is None or (said.startswith("raised, ") and expected in said)


def test_a_huge_answer_is_not_even_sent(sandbox):
    with pytest.raises(StudentError, match="longer than 100,000 characters, so it is not run"):
        sandbox.open("#" * (MOST_SOURCE + 1))
    sandbox.open("#" + "\U0001f600" * (MOST_SOURCE - 1), seconds=20).close()


def test_a_warm_process_that_has_ended_is_told(bare):
    bare.process.close()
    with pytest.raises(FileNotFoundError):
        bare.open("")


def test_a_child_that_does_not_say_that_it_is_locked_gets_no_answer_to_run(bare, monkeypatch):
    monkeypatch.setattr(locked_link, "LOCKED", b"something else")
    with pytest.raises(NoSandbox, match="could not be locked in"):
        bare.open("")
