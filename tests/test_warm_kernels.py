"""Warm kernels, with the real thing: what a kernel does must not show that it was forked."""

import ast
import copy
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attention_course.instructor.forkserver.child_process import KernelProcess
from attention_course.instructor.forkserver.execute import KERNELS, WARM, ExecuteWarm
from attention_course.instructor.forkserver.execute_cells import ExecuteCells
from classroom import ALL_RIGHT, hand_in, nbgrader, read, records, scores
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from waiting import until

from attention_course.answers import record
from attention_course.instructor.forkserver import client, execute_cells
from attention_course.instructor.grading.known_cells import from_gradebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")

# Each is run in a warm and in an ordinary kernel, in this order, and must print and show the same.
SAME = {
    "environment": "import os; print(sorted(os.environ.items()))",
    "folder": "import os; print(os.getcwd())",
    "arguments": "import sys; print(sys.argv[0].endswith('ipykernel_launcher.py'), len(sys.argv), sys.argv[1])",
    "module path": "print(sys.path)",
    "main module": "print(__name__, sys.modules['__main__'].__dict__ is globals())",
    "standard input": "print(repr(os.read(0, 10)))",
    "standard output": "print('to the page', flush=True); print('warned', file=sys.stderr)",
    "open files": "print([n for n in range(3) if os.fstat(n)], os.get_inheritable(1))",
    "signals": "import signal; print([signal.getsignal(n) for n in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM)])",
    "session": "print(os.getsid(0) == os.getpgid(0) == os.getpid())",
    "temporary folder": "import tempfile; print(tempfile.gettempdir())",
    "history": "print(get_ipython().history_manager.hist_file)",
    "a command": "import subprocess; print(subprocess.run(['echo', 'hello'], capture_output=True, text=True).stdout)",
    "threads": "import torch; print(torch.get_num_threads(), torch.get_num_interop_threads())",
    "two-thread torch": "torch.set_num_threads(2); print(torch.ones(800, 800).matmul(torch.ones(800, 800)).sum())",
    "numpy": "import numpy; print((numpy.ones((900, 900)) @ numpy.ones((900, 900))).sum())",
    "seeded": "torch.manual_seed(0); print(torch.randn(3)); numpy.random.seed(0); print(numpy.random.rand(3))",
    "pyplot": "import matplotlib.pyplot as plt; plt.plot([1, 2], [3, 1]); plt.show(); print(plt.get_backend())",
    "heatmap": "from attention_course import heatmap; heatmap([[0.2, 0.8]], ['query'], ['key 1', 'key 2'])",
    "an optimizer": "p = torch.ones(2, requires_grad=True); torch.optim.SGD([p], 0.1).step(); print(p)",
    "an error": "1 / 0",
}


PLAIN = ["--InteractiveShell.xmode=Plain"]  # as in course_config.py
STEPS = [ExecuteWarm, ExecuteCells]  # nbgrader's and `attention-course grade`'s


def run(cells: list[str], folder: Path, step: type[ExecuteWarm] = ExecuteWarm, **settings: Any) -> list[Any]:
    """Run cells as nbgrader would, and return the outputs of each."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    step(shutdown_kernel="immediate", **settings).preprocess(notebook, {"metadata": {"path": str(folder)}})
    return [cell.outputs for cell in notebook.cells]


def printed(outputs: list[Any]) -> str:
    """Return what a cell printed."""
    return "".join(output.get("text", "") for output in outputs).strip()


def is_alive(pid: int) -> bool:
    """Does the process run? One that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the cells of SAME show in either kernel."""
    folder = tmp_path_factory.mktemp("work")
    return {
        name: dict(zip(SAME, run([*SAME.values()], folder, kernel_name=name, extra_arguments=PLAIN), strict=True))
        for name in (WARM, "python3")
    }


@pytest.fixture(scope="module")
def without_kernel(tmp_path_factory: pytest.TempPathFactory, both: Any) -> dict[str, Any]:
    """What the cells of SAME show where they are run without a kernel, in the folder where the others ran."""
    (folder,) = (Path(printed(shown["folder"])) for shown in [both["python3"]])
    return dict(zip(SAME, run([*SAME.values()], folder, ExecuteCells, extra_arguments=PLAIN), strict=True))


def merged(outputs: list[Any]) -> list[Any]:
    """Return the outputs with what was printed in one piece: a kernel sends it every now and then."""
    pieces: list[Any] = []
    for output in outputs:
        if pieces and output.output_type == pieces[-1].output_type == "stream" and output.name == pieces[-1].name:
            pieces[-1].text += output.text
        else:
            pieces.append(copy.deepcopy(output))
    return pieces


def texts(output: Any) -> str:
    """Return what an output shows as text."""
    return str(output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain")).strip()


@pytest.fixture
def kernels() -> Iterator[Any]:
    """Start warm kernels without nbgrader; they are ended after the test."""
    started = []

    def start(**arguments: Any) -> KernelManager:
        manager = KernelManager(kernel_name=WARM)
        manager.kernel_spec_manager.kernel_dirs.insert(0, str(KERNELS))
        manager.start_kernel(**arguments)
        started.append(manager)
        return manager

    yield start
    for manager in started:
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("what", SAME)
def test_a_warm_kernel_shows_the_same_as_an_ordinary_one(both, what):
    assert merged(both[WARM][what]) == merged(both["python3"][what])
    assert what == "an error" or not any(output.output_type == "error" for output in both[WARM][what])


@pytest.mark.parametrize("what", sorted(SAME.keys() - {"environment", "arguments"}))
def test_cells_without_a_kernel_show_the_same_as_in_one(both, without_kernel, what):
    assert merged(without_kernel[what]) == merged(both["python3"][what])


def test_cells_without_a_kernel_have_its_environment_but_for_the_kernel_s_own(both, without_kernel):
    without, ordinary = (
        dict(ast.literal_eval(printed(shown["environment"]))) for shown in (without_kernel, both["python3"])
    )
    assert without.keys() == ordinary.keys() - {"JPY_PARENT_PID"}
    assert {name for name in without if without[name] != ordinary[name]} <= {"PYTEST_CURRENT_TEST"}


@pytest.mark.parametrize("step", STEPS)
def test_a_kernel_was_really_forked(tmp_path, step):
    parent, torch_is_there = printed(
        run(["import os, sys; print(os.getppid(), 'torch' in sys.modules)"], tmp_path, step)[0]
    ).split()
    assert int(parent) == client.shared()._process.pid
    assert torch_is_there == "True"


@pytest.mark.parametrize("step", STEPS)
def test_unseeded_random_numbers_differ_from_kernel_to_kernel(tmp_path, step):
    draw = "import random, numpy, torch; print(random.random(), numpy.random.rand(), torch.rand(1).item())"
    first, second = (printed(run([draw], tmp_path, step)[0]).split() for _ in range(2))
    assert all(a != b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("step", STEPS)
def test_nothing_passes_from_one_kernel_to_the_next(tmp_path, step):
    leave = "import torch, attention_course; torch.left = attention_course.left = 1; attention_course.Lesson = None"
    find = "import torch, attention_course as a; print(hasattr(torch, 'left'), hasattr(a, 'left'), a.Lesson is None)"
    run([leave], tmp_path, step)
    assert printed(run([find], tmp_path, step)[0]) == "False False False"


@pytest.mark.parametrize("step", STEPS)
def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(tmp_path, step):
    outputs = run(["print('begun', flush=True)\nwhile True: pass", "print('next')"], tmp_path, step, timeout=2)
    assert printed(outputs[0]) == "begun"
    assert "CellTimeoutError" in [output.get("ename") for output in outputs[0]]
    assert printed(outputs[1]) == "next"


def test_a_cell_is_interrupted_also_where_the_class_is_graded_in_the_background(tmp_path):
    """A shell lets what it runs in the background ignore interrupts, and so do then all that this starts."""
    program = """
from nbformat.v4 import new_code_cell, new_notebook
from attention_course.instructor.forkserver.execute_cells import ExecuteCells
notebook = new_notebook(cells=[new_code_cell("while True: pass"), new_code_cell("print('next')")])
ExecuteCells(timeout=1).preprocess(notebook, {"metadata": {"path": "."}})
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
    monkeypatch.setattr(execute_cells, "GRACE", 0.5)
    forever = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(execute_cells.TooSlow, match="and went on when it was interrupted"):
        run([forever, "print('next')"], tmp_path, ExecuteCells, timeout=1)


@pytest.mark.parametrize("step", STEPS)
def test_a_kernel_that_exits_is_noticed(tmp_path, step):
    with pytest.raises(DeadKernelError):
        run(["import os; os._exit(3)"], tmp_path, step)


def test_skipped_and_empty_cells_keep_what_they_show(tmp_path):
    shown = [new_output("stream", text="from before")]
    cells = [new_code_cell("1 / 0", outputs=shown, metadata={"tags": ["skip-execution"]}), new_code_cell(" "), "2"]
    notebook = new_notebook(cells=[*cells[:2], new_code_cell("2")])
    ExecuteCells().preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    assert [len(cell.outputs) for cell in notebook.cells] == [1, 0, 1]
    assert notebook.cells[0].outputs == shown
    assert [cell.execution_count for cell in notebook.cells] == [None, None, 1]


def test_a_process_whose_end_is_not_reported_yet_can_be_killed_once_more():
    ended = subprocess.Popen(["true"])
    ended.wait()
    reports, reporter = socket.socketpair()
    process = KernelProcess(ended.pid, reports)
    process.kill()
    reporter.sendall(b"0\n")
    assert process.wait(timeout=1) == 0
    reporter.close()


def test_a_nursery_that_nobody_waits_for_ends_without_a_word(tmp_path):
    begin = "from attention_course.instructor.forkserver import nursery; client.begin(); import time; time.sleep(0.5)"
    done = subprocess.run([sys.executable, "-c", begin], capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_half_a_character_which_no_file_could_hold_is_printed_as_a_question_mark(tmp_path):
    assert printed(run(["print('a', chr(0xD800))"], tmp_path, ExecuteCells)[0]) == "a ?"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("h = display('a', display_id=True)\nh.update('b')", ["'b'"]),
        ("from IPython.display import clear_output\nprint('a')\nclear_output(wait=True)\nprint('b')", ["b"]),
        ("import threading\nt = threading.Thread(target=print, args=['a'])\nt.start(); t.join()", ["a"]),
        ("!echo hello", ["hello"]),
    ],
)
def test_what_a_cell_shows_is_what_nbclient_makes_of_a_kernel_s_messages(tmp_path, cell, shown):
    for step in STEPS:
        (outputs,) = run([cell], tmp_path, step)
        assert [texts(output) for output in outputs] == shown


@pytest.mark.parametrize(("ending", "code"), [("os._exit(3)", 3), ("os.kill(os.getpid(), 9)", -9), ("exit()", 0)])
def test_the_exit_code_is_an_ordinary_kernels(kernels, ending, code):
    manager = kernels()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    process = manager.provisioner.process
    assert process.poll() is None
    client.execute(f"import os; {ending}")
    assert process.wait(timeout=30) == code
    client.stop_channels()


def test_kernels_are_shut_down_gracefully_interrupted_and_restarted(kernels):
    manager = kernels()
    pid = manager.provisioner.pid
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)  # a kernel that does not listen yet would leave the request to end to the next
    manager.restart_kernel()
    assert not is_alive(pid)
    client.wait_for_ready(timeout=60)
    asked = client.execute("import time\ntime.sleep(60)")
    until(lambda: client.get_iopub_msg(timeout=30)["msg_type"] == "execute_input", "the cell begins")
    time.sleep(0.2)
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=30))["parent_header"].get("msg_id") != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    client.stop_channels()


def test_two_kernels_run_at_once(kernels):
    clients = []
    for manager in (kernels(), kernels()):
        clients.append(manager.client())
        clients[-1].start_channels()
    for each in clients:
        each.wait_for_ready(timeout=60)
    asked = [each.execute("import os; pid = os.getpid()", user_expressions={"pid": "pid"}) for each in clients]
    pids = []
    for each, message in zip(clients, asked, strict=True):
        while (reply := each.get_shell_msg(timeout=30))["parent_header"].get("msg_id") != message:
            pass
        pids.append(reply["content"]["user_expressions"]["pid"]["data"]["text/plain"])
        each.stop_channels()
    assert len(set(pids)) == 2


USER = """
import os, sys
from pathlib import Path
from nbformat.v4 import new_code_cell, new_notebook
from attention_course.instructor.forkserver import client
from attention_course.instructor.forkserver.execute import ExecuteWarm

cell = "import os, time; print(os.getpid(), file=open('pids', 'w'), flush=True); time.sleep(SECONDS)"
seconds, folder = sys.argv[1:]
Path(folder, "nursery").write_text(f"{client.shared()._process.pid} {client.shared().folder}")
notebook = new_notebook(cells=[new_code_cell(cell.replace("SECONDS", seconds))])
ExecuteWarm(shutdown_kernel="immediate").preprocess(notebook, {"metadata": {"path": folder}})
"""


@pytest.mark.parametrize("killed", [True, False])
def test_nothing_is_left_when_the_grading_process_ends(tmp_path, killed):
    user = subprocess.Popen([sys.executable, "-c", USER, "600" if killed else "0", str(tmp_path)])
    until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text(), "the cell begins")
    if killed:
        user.send_signal(signal.SIGKILL)
    assert user.wait(timeout=30) == (-signal.SIGKILL if killed else 0)
    kernel = int((tmp_path / "pids").read_text())
    nursery_pid, folder = (tmp_path / "nursery").read_text().split()
    until(lambda: not is_alive(kernel), "the kernel ends")
    until(lambda: not is_alive(int(nursery_pid)), "the nursery ends")
    until(lambda: not Path(folder).exists(), "its folder is removed")


def test_a_nursery_that_was_killed_takes_its_kernels_along_and_is_replaced(kernels, tmp_path):
    manager = kernels()
    folder = Path(client.shared().folder)
    os.kill(client.shared()._process.pid, signal.SIGKILL)
    assert manager.provisioner.process.wait(timeout=30) != 0
    until(lambda: not is_alive(manager.provisioner.pid), "the kernel ends")
    assert printed(run(["print(1)"], tmp_path)[0]) == "1"
    assert not folder.exists()


def test_a_rehearsal_is_remembered_by_the_kernels(tmp_path):
    cells = ["from attention_course.page import verdicts", "verdicts._static_drawing('heatmap([[1.0]])')"]
    probe = "from attention_course.page import verdicts; print(verdicts._static_drawing.cache_info().currsize)"
    before = int(printed(run([probe], tmp_path)[0]))
    assert int(printed(run([probe], tmp_path, rehearsal=cells)[0])) == before + 1


@pytest.mark.parametrize(
    "cell",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
        "import os\nos._exit(1)",
        "import matplotlib_inline.backend_inline",
    ],
)
def test_a_rehearsal_after_which_forking_is_unsafe_is_undone(tmp_path, cell):
    assert printed(run(["print('works')"], tmp_path, rehearsal=[cell])[0]) == "works"
    probe = "import threading, sys; print('matplotlib_inline.backend_inline' in sys.modules)"
    pid = client.shared()._process.pid
    assert "True" not in printed(run([probe], tmp_path, rehearsal=[cell])[0])
    assert client.shared()._process.pid == pid  # once is enough


def test_who_comes_while_a_lesson_is_rehearsed_waits_for_it():
    """Else its kernel would end with a nursery that is started anew after the rehearsal."""
    warm, begun = client.shared(), threading.Event()
    pid = warm._process.pid
    slow = (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\ntime.sleep(1)"
    )

    def cells():
        begun.set()
        return [slow]

    first = threading.Thread(target=warm.rehearse, args=("slow", cells))
    first.start()
    begun.wait()
    warm.rehearse("slow", cells)
    assert warm._process.pid != pid
    first.join()


def test_where_kernels_cannot_be_forked_ordinary_ones_grade_and_the_log_says_so_once(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(client, "_shared", None)
    monkeypatch.setattr(client.sys, "platform", "darwin")
    for step in STEPS:
        assert printed(run(["import sys; print('torch' in sys.modules)"], tmp_path, step)[0]) == "False"
    said = [record.getMessage() for record in caplog.records if "Forking" in record.getMessage()]
    assert said == [
        "Forking kernels works on Linux alone, and this is darwin. So each grading kernel is started by itself, "
        "which takes some seconds more."
    ]


def test_nobodys_own_kernels_are_warm():
    specs = KernelSpecManager().get_all_specs()
    assert WARM not in specs
    assert not any("kernel_provisioner" in spec["spec"]["metadata"] for spec in specs.values())


def test_a_class_gets_the_same_scores_and_outputs_as_with_ordinary_kernels(released_course, tmp_path):
    graded = []
    for kernel in (WARM, "python3"):
        course = Path(shutil.copytree(released_course, tmp_path / kernel))
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
        nbgrader(course, "autograde", "practice", f"--Execute.kernel_name={kernel}")
        outputs = {
            student: [
                cell.get("outputs") for cell in read(course / f"autograded/{student}/practice/practice.ipynb")["cells"]
            ]
            for student in ("ada", "bob")
        }
        graded.append((scores(course), json.dumps(outputs)))
    assert graded[0] == graded[1]
    assert sum(graded[0][0]["ada"].values()) == 10
    assert "image/png" in graded[0][1]


def test_a_filling_is_drawn_once_for_all_students(course, tmp_path):
    """The drawing takes longer than all else a kernel does, and a class has few different fillings."""
    remembered = "from attention_course.page import verdicts; print(len(verdicts._static_results))"
    about = {"db_url": f"sqlite:///{course / 'gradebook.db'}", "assignment": "practice", "notebook": "practice"}
    lesson = [cell.source for cell in from_gradebook(about).values() if cell.cell_type == "code" and cell.locked]
    answers = {"attention-weights": [["relu"]], "weighted-sum": [["values"]], "purpose": [["larger-input"]]}
    forged = {"scaled-weights": [["never", "offered"]], "no-such-question": [["x"]]}
    counts = []
    for attempts in ({}, answers, answers, forged):
        notebook = new_notebook(cells=[new_code_cell(remembered)])
        record.write(notebook, "practice", records(attempts))
        step = ExecuteCells(rehearsal=lesson)
        step.preprocess(notebook, {"metadata": {"path": str(tmp_path), "name": "practice"}})
        counts.append(int(printed(notebook.cells[0].outputs)))
    assert [count - counts[0] for count in counts] == [0, 2, 2, 2]


def test_a_drawing_that_never_ends_or_dies_holds_up_nobody_and_is_not_remembered(tmp_path):
    program = """
from attention_course import Blanks
from attention_course.page import verdicts
from attention_course.instructor.forkserver import prewarm
prewarm.LONGEST_DRAWING = 0.5
options = ["print('drawn')", "__import__('os')._exit(0)", "__import__('os').abort()", "__import__('time').sleep(60)"]
question = Blanks("endless", "easy", prompt="?", program="[1]", options=options, key=options[:1])
for option in options:
    prewarm.draw(question, [option])
    print(verdicts.is_remembered(question, [option]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.stdout.split() == ["True", "False", "False", "False"], done.stderr
