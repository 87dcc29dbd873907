"""A submission run in a forked process, with the real thing: what its cells do must not show that it was forked."""

import ast
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from classroom import ALL_RIGHT, EXERCISES, LESSON, NOTEBOOK, hand_in, nbgrader, read, scores
from forked import is_alive, merged, printed, run, texts
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from waiting import until

from attention_course.instructor.forkserver import client, execute_forked
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.forkserver.running_cells import RunningCells, TooSlow

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")

# Each is run in a forked process and in an ordinary kernel, in this order, and must print and show the same.
SAME = {
    "environment": "import os; print(sorted(os.environ.items()))",
    "folder": "import os; print(os.getcwd())",
    "module path": "import sys; print(sys.path)",
    "main module": "print(__name__, sys.modules['__main__'].__dict__ is globals())",
    "python's flags": "print(sys.flags, sys._xoptions)",
    "standard input": "print(repr(os.read(0, 10)))",
    "standard output": "print('to the page', flush=True); print('warned', file=sys.stderr)",
    "streams": "print(sys.stdout.name, sys.stderr.name, sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.errors)",
    "open files": "print([n for n in range(3) if os.fstat(n)], os.get_inheritable(1))",
    "signals": "import signal; print([signal.getsignal(n) for n in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM)])",
    "session": "print(os.getsid(0) == os.getpgid(0) == os.getpid())",
    "temporary folder": "import tempfile; print(tempfile.gettempdir())",
    "history": "print(get_ipython().history_manager.hist_file)",
    "a command": "import subprocess; print(subprocess.run(['echo', 'hello'], capture_output=True, text=True).stdout)",
    "a script": "%%bash\necho hello",
    "nothing printed": "%%capture caught\nprint('caught')",
    "printed again": "caught.show()",
    "threads between operations": "import torch; print(torch.get_num_interop_threads())",
    "two-thread torch": "torch.set_num_threads(2); print(torch.ones(800, 800).matmul(torch.ones(800, 800)).sum())",
    "numpy": "import numpy; print((numpy.ones((900, 900)) @ numpy.ones((900, 900))).sum())",
    "seeded": "torch.manual_seed(0); print(torch.randn(3)); numpy.random.seed(0); print(numpy.random.rand(3))",
    "pyplot": "import matplotlib.pyplot as plt; plt.plot([1, 2], [3, 1]); plt.show(); print(plt.get_backend())",
    "inline": "%matplotlib inline\nplt.plot([1, 2], [3, 1]);",
    "heatmap": "from attention_course import heatmap; heatmap([[0.2, 0.8]], ['query'], ['key 1', 'key 2'])",
    "an optimizer": "p = torch.ones(2, requires_grad=True); torch.optim.SGD([p], 0.1).step(); print(p)",
    "waiting": "import asyncio; await asyncio.sleep(0.01); print('waited')",
    "an error": "1 / 0",
    "an error in the library": "os.makedirs('/proc/no/such')",
}
ERRORS = {"an error", "an error in the library"}
KERNELS_OWN = {"JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL"}  # environment variables: the second is its debugger's
PLAIN = ["--InteractiveShell.xmode=Plain"]  # as in course_config.py


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the cells of SAME show in a forked process (""), and in an ordinary kernel."""
    folder = tmp_path_factory.mktemp("work")
    return {
        name: dict(zip(SAME, run([*SAME.values()], folder, kernel_name=name, extra_arguments=PLAIN), strict=True))
        for name in ("", "python3")
    }


@pytest.mark.parametrize("what", sorted(SAME.keys() - {"environment"}))
def test_a_forked_process_shows_the_same_as_an_ordinary_kernel(both, what):
    assert merged(both[""][what]) == merged(both["python3"][what])
    assert what in ERRORS or not any(output.output_type == "error" for output in both[""][what])


def test_a_forked_process_has_a_kernels_environment_but_for_the_kernels_own(both):
    forked, ordinary = (dict(ast.literal_eval(printed(both[name]["environment"]))) for name in ("", "python3"))
    assert forked.keys() == ordinary.keys() - KERNELS_OWN
    assert {name for name in forked if forked[name] != ordinary[name]} <= {"PYTEST_CURRENT_TEST"}


def test_a_process_was_really_forked(tmp_path):
    parent, torch_is_there = printed(
        run(["import os, sys; print(os.getppid(), 'torch' in sys.modules)"], tmp_path)[0]
    ).split()
    assert int(parent) == client.shared()._process.pid
    assert torch_is_there == "True"


def test_a_forked_process_computes_with_one_thread_as_there_is_one_for_each_core(tmp_path):
    assert printed(run(["import torch; print(torch.get_num_threads())"], tmp_path)[0]) == "1"


def test_unseeded_random_numbers_differ_from_process_to_process(tmp_path):
    draw = "import random, numpy, torch; print(random.random(), numpy.random.rand(), torch.rand(1).item())"
    first, second = (printed(run([draw], tmp_path)[0]).split() for _ in range(2))
    assert all(a != b for a, b in zip(first, second, strict=True))


def test_nothing_passes_from_one_process_to_the_next(tmp_path):
    leave = "import torch, attention_course; torch.left = attention_course.left = 1; attention_course.Lesson = None"
    find = "import torch, attention_course as a; print(hasattr(torch, 'left'), hasattr(a, 'left'), a.Lesson is None)"
    run([leave], tmp_path)
    assert printed(run([find], tmp_path)[0]) == "False False False"


@pytest.mark.parametrize("endless", ["while True: pass", "import subprocess; subprocess.run(['sleep', '600'])"])
def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(tmp_path, endless):
    outputs = run([f"print('begun', flush=True)\n{endless}", "print('next')"], tmp_path, timeout=2)
    assert printed(outputs[0]) == "begun"
    assert "CellTimeoutError" in [output.get("ename") for output in outputs[0]]
    assert printed(outputs[1]) == "next"


@pytest.mark.parametrize("limit", [None, -1, 0])
def test_no_limit_is_written_as_nbclient_writes_it(tmp_path, limit):
    assert printed(run(["import time; time.sleep(0.1); print('done')"], tmp_path, timeout=limit)[0]) == "done"


def test_a_limit_may_depend_on_the_cell(tmp_path):
    cells = ["import time; time.sleep(600)", "time.sleep(2); print('done')"]
    outputs = run(cells, tmp_path, timeout_func=lambda cell: 1 if "600" in cell.source else 60)
    assert "CellTimeoutError" in [output.get("ename") for output in outputs[0]]
    assert printed(outputs[1]) == "done"


def test_a_cell_is_interrupted_also_where_the_class_is_graded_in_the_background(tmp_path):
    """A shell lets what it runs in the background ignore interrupts, and so do then all that this starts."""
    program = """
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from nbformat.v4 import new_code_cell, new_notebook
notebook = new_notebook(cells=[new_code_cell("while True: pass"), new_code_cell("print('next')")])
ExecuteForked(timeout=1).preprocess(notebook, {"metadata": {"path": "."}})
print(notebook.cells[1].outputs[0].text)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert done.stdout.strip() == "next", done.stderr


def test_a_cell_that_cannot_be_interrupted_ends_the_run_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(execute_forked, "GRACE", 0.5)
    forever = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(TooSlow, match="and went on when it was interrupted"):
        run([forever, "print('next')"], tmp_path, timeout=1)


def test_a_process_that_exits_is_noticed(tmp_path):
    with pytest.raises(DeadKernelError):
        run(["import os; os._exit(3)"], tmp_path)


@pytest.mark.parametrize("start", ["subprocess.Popen(['sleep', '600'])", "subprocess.Popen('sleep 600', shell=True)"])
def test_what_a_cell_has_started_ends_with_it(tmp_path, start):
    pid = int(printed(run([f"import subprocess; print({start}.pid)"], tmp_path)[0]))
    until(lambda: not is_alive(pid), "what the cell has started ends")


def test_what_a_cell_has_started_does_not_hide_that_the_process_exits(tmp_path):
    with pytest.raises(DeadKernelError):
        run(["import os; os.system('sleep 600 &'); os._exit(3)"], tmp_path)


def test_to_interrupt_a_process_that_has_ended_does_no_harm():
    running: RunningCells = client.shared().run_cells([])
    running.next(60)
    with pytest.raises(EOFError):
        running.next(60)
    running.interrupt()
    running.close()
    assert printed(run(["print(1)"], Path.cwd())[0]) == "1"


def test_skipped_and_empty_cells_keep_what_they_show(tmp_path):
    shown = [new_output("stream", text="from before")]
    cells = [new_code_cell("1 / 0", outputs=shown, metadata={"tags": ["skip-execution"]}), new_code_cell(" "), "2"]
    notebook = new_notebook(cells=[*cells[:2], new_code_cell("2")])
    ExecuteForked().preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    assert [len(cell.outputs) for cell in notebook.cells] == [1, 0, 1]
    assert notebook.cells[0].outputs == shown
    assert [cell.execution_count for cell in notebook.cells] == [None, None, 1]


def test_half_a_character_which_no_file_could_hold_is_printed_as_a_question_mark(tmp_path):
    assert printed(run(["print('a', chr(0xD800))"], tmp_path)[0]) == "a ?"


# What each cell shows, as text: what is displayed, and what is printed.
SHOWN = {
    "h = display('a', display_id=True)\nh.update('b')": ["'b'"],
    "from IPython.display import clear_output\nprint('a')\nclear_output(wait=True)\nprint('b')": ["b"],
    "import threading\nt = threading.Thread(target=print, args=['a'])\nt.start(); t.join()": ["a"],
    "!echo hello": ["hello"],
}
# What each cell prints past Python, by stream.
PRINTED = {
    "import os\nos.system('echo hello; echo careful >&2');": {"stdout": "hello\n", "stderr": "careful\n"},
    "import os\nos.system('echo hello > /dev/stdout');": {"stdout": "hello\n"},
    "import subprocess\nsubprocess.run(['echo', 'é']);": {"stdout": "é\n"},
    "import os\nos.system('head --bytes=300000 /dev/zero');": {"stdout": "\0" * 300_000},
}


@pytest.fixture(scope="module")
def shown_by_both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the cells of SHOWN and PRINTED show in a forked process (""), and in an ordinary kernel."""
    cells, folder = [*SHOWN, *PRINTED], tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTEST_CURRENT_TEST")  # where it is, ipykernel leaves what is printed past Python to pytest
        return {name: dict(zip(cells, run(cells, folder, kernel_name=name), strict=True)) for name in ("", "python3")}


@pytest.mark.parametrize("cell", SHOWN)
def test_what_a_cell_shows_is_what_nbclient_makes_of_a_kernels_messages(shown_by_both, cell):
    for outputs in shown_by_both.values():
        assert [texts(output) for output in outputs[cell]] == SHOWN[cell]


@pytest.mark.parametrize("cell", PRINTED)
def test_what_a_command_prints_past_python_is_shown_as_a_kernel_shows_it(shown_by_both, cell):
    for outputs in shown_by_both.values():
        assert {output.name: output.text for output in merged(outputs[cell])} == PRINTED[cell]


def test_two_run_at_once(tmp_path):
    meet = """
import os, pathlib, time
pathlib.Path(f"here-{os.getpid()}").touch()
end = time.monotonic() + 60
while len(list(pathlib.Path().glob("here-*"))) < 2 and time.monotonic() < end: time.sleep(0.01)
print(len(list(pathlib.Path().glob("here-*"))))
"""
    running = [client.shared().run_cells([meet], cwd=str(tmp_path)) for _ in range(2)]
    said = []
    for each in running:
        each.next(60)
        said += [message["content"]["text"] for message in each.until_reply(90) if message["msg_type"] == "stream"]
        each.close()
    assert said == ["2\n", "2\n"]


def test_where_processes_cannot_be_forked_kernels_grade_and_the_log_says_so_once(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(client, "_shared", None)
    monkeypatch.setattr(client.sys, "platform", "darwin")
    for _ in range(2):
        assert printed(run(["import sys; print('torch' in sys.modules)"], tmp_path)[0]) == "False"
    said = [record.getMessage() for record in caplog.records if "Forking" in record.getMessage()]
    assert said == [
        "Forking works on Linux alone, and this is darwin. So each submission gets its own kernel, "
        "which takes some seconds more."
    ]


def test_a_class_gets_the_same_scores_and_outputs_as_with_ordinary_kernels(released_course, tmp_path):
    graded = []
    for options in ([], ["--Execute.kernel_name=python3"]):
        course = Path(shutil.copytree(released_course, tmp_path / f"course-{len(graded)}"))
        hand_in(course, "ada", ALL_RIGHT)
        wrong = [["sigmoid"], ["tanh"], ["relu"]]
        hand_in(
            course,
            "bob",
            {
                "attention-weights": wrong,
                "purpose": [["larger-input"], ["focus"]],
                "why-scale": [["larger-products"]] * 3,
            },
        )
        nbgrader(course, "autograde", LESSON, *options)
        outputs = {
            student: [cell.get("outputs") for cell in read(course / f"autograded/{student}/{NOTEBOOK}")["cells"]]
            for student in ("ada", "bob")
        }
        graded.append((scores(course), json.dumps(outputs)))
    assert graded[0] == graded[1]
    assert sum(graded[0][0]["ada"].values()) == EXERCISES
    assert "image/png" in graded[0][1]
