"""Kernels of a grading run, forked or started by themselves, use the one warm process of the run."""

import sys
from typing import Any

import pytest
from attention_course.instructor.forkserver.execute import WARM, ExecuteWarm
from attention_course.instructor.forkserver.execute_cells import ExecuteCells
from nbformat.v4 import new_code_cell, new_notebook
from warm import changed

from attention_course.instructor.sandbox import client, shared

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

TASK = """
import os
from attention_course.instructor.sandbox import shared
from attention_course.instructor.sandbox.sandbox import Sandbox
with Sandbox().open("import os\\ndef parent():\\n    return os.getppid()", seconds=60) as student:
    print(student.parent(), shared._shared)
"""
FAILS = """
from attention_course.instructor.sandbox.sandbox import Sandbox
hidden = "what a hidden test expects"
Sandbox().open("def f():\\n    return 1 / 0", seconds=60).f()
"""


@pytest.fixture
def warm(monkeypatch) -> Any:
    """The warm process of a grading run, of which this process is the grader."""
    monkeypatch.delenv(shared.VARIABLE, raising=False)
    monkeypatch.setattr(client, "START", changed("bare"))
    monkeypatch.setattr(shared, "_shared", None)
    shared.path()
    yield shared._shared
    shared._shared.close()


def run(cells: list[str], folder: Any, step: type[ExecuteWarm], kernel: str) -> list[Any]:
    """Run cells as a grader does, and return the outputs of each."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    step(kernel_name=kernel).preprocess(notebook, {"metadata": {"path": str(folder)}})
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.parametrize(("step", "kernel"), [(ExecuteCells, WARM), (ExecuteWarm, WARM), (ExecuteWarm, "python3")])
def test_a_kernel_finds_the_runs_warm_process(warm, tmp_path, step, kernel):
    (task,), failed = run([TASK, FAILS], tmp_path, step, kernel)
    assert task.text == f"{warm._process.pid} None\n"
    (error,) = failed
    assert (error.ename, error.evalue) == ("StudentError", "ZeroDivisionError: division by zero (line 2: return 1 / 0)")
    assert "what a hidden test expects" not in "".join(error.traceback)
