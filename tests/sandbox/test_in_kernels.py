"""Whatever runs a submission's cells, forked or a kernel, uses the one warm process of the grading run."""

import sys
from typing import Any

import forked
import pytest
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
def warm(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The warm process of a grading run, of which this process is the grader."""
    monkeypatch.delenv(shared.VARIABLE, raising=False)
    monkeypatch.setattr(client, "START", changed("bare"))
    monkeypatch.setattr(shared, "_shared", None)
    shared.path()
    yield shared._shared
    shared._shared.close()


@pytest.mark.parametrize("kernel", ["", "python3"], ids=["forked", "a kernel"])
def test_a_submissions_cells_find_the_runs_warm_process(warm, tmp_path, kernel):
    task, failed = forked.run([TASK, FAILS], tmp_path, kernel_name=kernel)
    assert forked.printed(task) == f"{warm._process.pid} None"
    (error,) = failed
    assert (error.ename, error.evalue) == ("StudentError", "ZeroDivisionError: division by zero (line 2: return 1 / 0)")
    assert "what a hidden test expects" not in "".join(error.traceback)
