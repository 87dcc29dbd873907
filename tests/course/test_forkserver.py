"""The fork server: what it does once for all, how it is used by several, and how it ends."""

import ast
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from classroom import LESSON, records
from forked import is_alive, printed, run
from nbformat.v4 import new_code_cell, new_notebook
from waiting import until

from attention_course.answers import record
from attention_course.instructor.forkserver import client, shell
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.grading.known_cells import from_gradebook, instructors_code
from attention_course.instructor.one_thread import ONE_THREAD

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")

REMEMBERED = "from attention_course import Lesson; print(len(Lesson.runner._known))"  # how many drawings


def python(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program with a Python of its own, to its end."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=folder)


def test_a_server_that_nobody_waits_for_ends_without_a_word(tmp_path):
    begin = "from attention_course.instructor.forkserver import client; client.begin(); import time; time.sleep(0.5)"
    done = python(begin, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_neither_the_server_nor_grading_waits_for_an_import_that_nobody_needs(tmp_path):
    program = """
import sys
from attention_course.instructor.forkserver import client, shell
print(sorted({"nbclient", "nbformat", "nbgrader", "torch"} & sys.modules.keys()))
import attention_course.instructor.runner
print("nbgrader" in sys.modules, sys.modules["rfc3987_syntax"])
"""
    done = python(program, tmp_path)
    assert done.stdout == "[]\nFalse None\n", done.stderr


def test_a_child_computes_with_one_thread_whatever_the_grading_process_is_told(tmp_path, monkeypatch):
    for name in ONE_THREAD:
        monkeypatch.setenv(name, "2")
    count = """
import numpy, os
before = len(os.listdir("/proc/self/task"))
numpy.ones((600, 600)) @ numpy.ones((600, 600))
with open("more", "w") as file: file.write(str(len(os.listdir("/proc/self/task")) - before))
os.rename("more", "counted")
"""
    with closing(client.ForkServer()) as server, closing(server.run_cells([count], cwd=str(tmp_path))):
        until((tmp_path / "counted").exists, "the child has counted its threads")
    assert (tmp_path / "counted").read_text() == "0"


def test_closing_the_server_while_children_end_says_nothing(tmp_path):
    program = """
import time
from attention_course.instructor.forkserver.client import ForkServer
server = ForkServer()
for tenth in range(6):
    server.run_cells([f"import time; time.sleep({tenth / 10})"])
time.sleep(0.3)
server.close()
"""
    done = python(program, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# Forks a user of the fork server for each line, seconds and a folder, and says how it ended.
USERS = """
import os, sys
from pathlib import Path
from attention_course.instructor.forkserver import client, shell
from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from nbformat.v4 import new_code_cell, new_notebook

CELL = "import os, time; print(os.getpid(), file=open('pids', 'w'), flush=True); time.sleep(SECONDS)"
for line in sys.stdin:
    seconds, folder = line.split(maxsplit=1)
    folder = folder.rstrip()
    user = os.fork()
    if user == 0:
        break
    Path(folder, "user").write_text(str(user))
    print(os.waitstatus_to_exitcode(os.waitpid(user, 0)[1]), flush=True)
else:
    sys.exit()
Path(folder, "server").write_text(f"{client.shared()._process.pid} {client.shared().folder}")
notebook = new_notebook(cells=[new_code_cell(CELL.replace("SECONDS", seconds))])
ExecuteForked().preprocess(notebook, {"metadata": {"path": folder}})
"""


@pytest.fixture(scope="module")
def users() -> Iterator[subprocess.Popen[str]]:
    """A process that forks users: what they import takes longer than what they do."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-u", "-c", USERS], text=True, **pipes) as process:
        yield process
        process.stdin.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, None])
def test_nothing_is_left_when_the_grading_process_ends(users, tmp_path, number):
    print("600" if number else "0", tmp_path, file=users.stdin, flush=True)
    until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text(), "the cell begins")
    if number:
        os.kill(int((tmp_path / "user").read_text()), number)
    assert int(users.stdout.readline()) == (-number if number else 0)
    child = int((tmp_path / "pids").read_text())
    server, folder = (tmp_path / "server").read_text().split()
    until(lambda: not is_alive(child), "the child ends")
    until(lambda: not is_alive(int(server)), "the server ends")
    until(lambda: not Path(folder).exists(), "its folder is removed")


def test_a_server_that_was_killed_takes_its_children_along_and_is_replaced(tmp_path):
    server = client.shared()
    running = server.run_cells(["import os, time; print(os.getpid(), flush=True); time.sleep(600)"])
    running.next(60)
    child = int(next(running.until_reply(60))["content"]["text"])
    os.kill(server._process.pid, signal.SIGKILL)
    with pytest.raises(EOFError):
        running.next(60)
    running.close()
    until(lambda: not is_alive(child), "the child ends")
    assert printed(run(["print(1)"], tmp_path)[0]) == "1"
    assert not Path(server.folder).exists()


def test_what_the_instructors_cells_drew_is_remembered_by_the_children(tmp_path):
    cells = [
        "from attention_course import Blanks, Lesson\nfrom attention_course.page.verdicts import STATIC",
        "q = Blanks('q', 'easy', prompt='?', program='x = [1]', options={'one': '1', 'two': '2'}, key=['one'])",
        "Lesson.runner.perform(q, ('one',), STATIC.result)",
    ]
    before = int(printed(run([REMEMBERED], tmp_path)[0]))
    assert int(printed(run([REMEMBERED], tmp_path, instructors_cells=cells)[0])) == before + 1


@pytest.mark.parametrize(
    "cell",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
        "import os\nos._exit(1)",
        "import matplotlib_inline.backend_inline",
    ],
)
def test_instructors_cells_after_which_forking_is_unsafe_are_undone(tmp_path, cell):
    assert printed(run(["print('works')"], tmp_path, instructors_cells=[cell])[0]) == "works"
    probe = "import threading, sys; print('matplotlib_inline.backend_inline' in sys.modules)"
    pid = client.shared()._process.pid
    assert "True" not in printed(run([probe], tmp_path, instructors_cells=[cell])[0])
    assert client.shared()._process.pid == pid  # once is enough


def test_who_comes_while_the_instructors_cells_run_waits_for_them(tmp_path):
    """Else its child would end with a server that is started anew after them."""
    server = client.shared()
    pid, begun = server._process.pid, tmp_path / "begun"
    slow = f"""
import pathlib, threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
pathlib.Path({str(begun)!r}).touch()
time.sleep(1)
"""
    first = threading.Thread(target=server.prewarm, args=([slow],))
    first.start()
    until(begun.exists, "the cells run")
    server.prewarm([slow])
    assert server._process.pid != pid
    first.join()


def test_an_answer_is_drawn_once_for_all_students(course, tmp_path):
    """The drawing takes longer than all else a child does, and a class has few different answers."""
    about = {"db_url": f"sqlite:///{course / 'gradebook.db'}", "assignment": LESSON, "notebook": LESSON}
    lesson = instructors_code(from_gradebook(about))
    answers = {"attention-weights": [["relu"]], "weighted-sum": [["values"]], "purpose": [["larger-input"]]}
    forged = {"scaled-weights": [["never", "offered"]], "no-such-question": [["x"]]}
    counts = []
    for attempts in ({}, answers, answers, forged):
        notebook = new_notebook(cells=[new_code_cell(REMEMBERED)])
        record.write(notebook, LESSON, records(attempts))
        step = ExecuteForked(instructors_cells=lesson)
        step.preprocess(notebook, {"metadata": {"path": str(tmp_path), "name": LESSON}})
        counts.append(int(printed(notebook.cells[0].outputs)))
    assert [count - counts[0] for count in counts] == [0, 2, 2, 2]


RIGHT_CODE = """
import sys
from attention_course.answers import trying
from attention_course.instructor.forkserver import prewarm
from attention_course.page import static_html
from attention_course.pictures import heatmap
from attention_course.student_code.workshop import Home

asked = prewarm.run_lesson(LESSON)
(answer,) = asked.values()
prewarm.draw_answers(asked, {"w": {}})
print(len(prewarm.remembering._known), "sympy" in sys.modules)
for times in range(2):
    prewarm.draw_answers(asked, {"w": {"double": ["def double(x): pass"]}})
    print(len(prewarm.remembering._known))
drawn = []
heatmap.heatmap = lambda *matrices, **about: drawn.append(1)
answer.workshop = Home()
for code in CODES:
    answer.check([code])
    answer.tried = trying.run(answer, trying.Tried(code))
    print("<img" in static_html.bundle(answer)["text/html"], len(drawn))
"""


def test_the_pictures_of_right_code_are_drawn_once_for_all_students(tmp_path, monkeypatch):
    """Each student's process would import matplotlib, and draw what another one's code has given already."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    lesson = [
        "from attention_course import Lesson, Write\nlesson = Lesson('w')",
        "answer = lesson.ask(Write('double', 'easy', number=1, prompt='?', defines=['double'], solution='Twice.',"
        " key='def double(x):\\n    return 2 * x', given='import torch\\n',"
        " examples=[{'title': 'Twice', 'code': 'double(torch.eye(2))', 'draw': 'scores'}]))",
    ]
    codes = [f"import torch\ndef double(x):\n    return {result}" for result in ("x + x * 1.0000001", "3 * x")]
    done = python(f"LESSON, CODES = {lesson!r}, {codes!r}\n{RIGHT_CODE}", tmp_path)
    assert done.stdout.splitlines() == ["0 True", "1", "1", "True 0", "False 1"], (done.stdout, done.stderr)


def test_a_drawing_that_never_ends_or_dies_holds_up_nobody_and_is_not_remembered(tmp_path):
    program = """
from attention_course import Blanks
from attention_course.instructor.forkserver import beside, prewarm
beside.LONGEST = 0.5
options = ["print('drawn')", "__import__('os')._exit(0)", "__import__('os').abort()", "__import__('time').sleep(60)"]
question = Blanks("endless", "easy", prompt="?", program="[1]", options=options, key=options[:1])
for option in question.ids:
    prewarm.draw(prewarm.performing(question, [option]))
    print(prewarm.remembering.knows(question, [option]))
"""
    done = python(program, tmp_path)
    assert done.stdout.split() == ["True", "False", "False", "False"], done.stderr


def test_a_cell_is_parsed_before_the_fork_and_again_where_that_tree_is_used_up_or_another_python_is_asked_for():
    shell.look_at(["x: int = 1", "broken ("])
    compiler = shell.Compiler()
    (first, second) = (compiler.ast_parse("x: int = 1\n") for _ in range(2))
    assert first is not second
    assert ast.dump(first) == ast.dump(second)
    with pytest.raises(SyntaxError):
        compiler.ast_parse("broken (\n")
    shell.look_at(["x: int = 1"])
    compiler("from __future__ import annotations\n", "<cell>", "exec")
    compiler.ast_parse("x: int = 1\n")
    assert "x: int = 1\n" in shell._parsed
