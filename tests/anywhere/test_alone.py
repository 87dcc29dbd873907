"""The released notebook, alone, is answered and graded: with Colab's versions, in Colab, in VS Code, with all lost."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import EXERCISES, FILE, FULL, LESSON, NOTHING

from attention_course.answers import record

WHERE = "import attention_course, sys; assert 'packed-in-the-notebook' in attention_course.__file__, sys.path"
COLAB_STAND_IN = '''
"""Answers get_ipynb as Colab does, from a file; `manners` says how, call by call."""
import json, pathlib, time
manners = ["ok"]
def blocking_request(kind, request="", timeout_sec=5, parent=None):
    assert kind == "get_ipynb"
    manner = manners.pop(0) if len(manners) > 1 else manners[0]
    if manner == "error":
        raise RuntimeError("the page is gone")
    if manner == "none":
        return None
    return {"ipynb": json.loads(pathlib.Path(PAGE).read_text())}
'''

NOT_YET_INSTALLED = """
import importlib.util
installed, find_spec = [], importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: (
    None if name == "anywidget" and not installed else find_spec(name, *more))
def pip(line):
    installed.append(line)
    print("pip", line)
get_ipython().register_magic_function(pip)
"""


def answer_all(student: Any) -> None:
    for name, picks in classroom.RIGHT.items():
        assert student.check(name, picks)["outcome"] == "right"


def grade(course: Path, name: str, notebook: dict[str, Any]) -> dict[str, float]:
    """Hand a notebook in, grade it with the real nbgrader and return the scores."""
    classroom.hand_in_text(course, name, json.dumps(notebook))
    classroom.nbgrader(course, "autograde", LESSON, f"--student={name}")
    return classroom.scores(course)[name]


def test_with_colab_s_versions_and_without_torch_it_is_answered_and_graded(student, colab, course, alone) -> None:
    student = student(colab)
    failed = student.run()
    student.execute(WHERE)
    assert "torch is not installed here. Your answers are judged and recorded" in student.said("setup")
    assert set(failed).isdisjoint({"setup", "install", "summary", *classroom.RIGHT})
    state = student.check("attention-scores", ["query"])
    assert (state["outcome"], state["left"]) == ("wrong", 2)
    assert "torch is not installed here, so the program cannot be run" in state["result_html"]
    answer_all(student)
    student.run("summary")
    assert f"{EXERCISES} of {EXERCISES} right" in student.said("summary")
    notebook = student.save()
    assert record.METADATA_KEY not in notebook["metadata"]
    assert [path.name for path in alone.parent.iterdir() if not path.name.startswith(".")] == [FILE]
    assert grade(course, "colab-versions", notebook) == FULL


@pytest.fixture
def in_colab(tmp_path: Path, alone: Path, colab: dict[str, str]) -> dict[str, str]:
    """Return the environment variables of kernels that find a stand-in of Colab's module."""
    package = tmp_path / "stand-in/google/colab"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "_message.py").write_text(COLAB_STAND_IN.replace("PAGE", repr(str(alone))))
    (tmp_path / "content").mkdir()  # Colab's kernels run in a folder without the notebook
    return {**colab, "PYTHONPATH": str(tmp_path / "stand-in")}


def arrive(student: Any, *manners: str) -> Any:
    """Let a student's kernel be one of Colab's, whose page has these manners."""
    student.execute(f"import google.colab._message as m, os; m.manners[:] = {list(manners)}; os.chdir('../content')")
    return student


def test_in_colab_answers_are_restored_from_the_page_and_graded(student, in_colab, course) -> None:
    first = arrive(student(in_colab), "ok")
    first.run("setup", "install", *classroom.RIGHT)
    first.check("purpose", ["larger-input"])
    first.check("why-scale", ["gradients"])
    first.save()
    later = arrive(student(in_colab), "none", "ok")
    assert later.run("setup", "install", *classroom.RIGHT) == []
    assert ", large products give very small gradients" in later.said("why-scale")
    for name in classroom.RIGHT:
        if name != "why-scale":
            later.check(name, classroom.RIGHT[name])
    later.save()
    later.run("summary")
    said = f"✓ This notebook, as Colab holds it, has every answer you gave: {EXERCISES} of {EXERCISES} questions."
    assert said in later.said("summary")
    assert "File ▸ Download ▸ Download .ipynb" in later.said("summary")
    notebook = later.save()
    assert "attempt 2 of 3" in later.said("purpose")
    notebook["metadata"]["colab"], notebook["nbformat_minor"] = {"provenance": []}, 0
    assert grade(course, "in-colab", notebook) == FULL


@pytest.mark.parametrize("manner", ["none", "error"])
def test_in_colab_a_page_that_does_not_answer_stops_the_lesson_once(student, in_colab, manner) -> None:
    student = arrive(student(in_colab), manner)
    assert student.run("setup") == ["setup"]
    assert "That did not work; is there a network?" in student.said("setup")
    assert "Answers you gave earlier could not be restored" in student.said("setup")
    assert [len(output.get("traceback", "-")) for output in student.cell("setup").outputs][-1] == 1, "one sentence"
    assert student.run("setup", "purpose") == []
    assert "Colab's page did not hand over this notebook" in student.said("setup")
    assert student.check("purpose", ["focus"])["outcome"] == "right"


def test_in_vs_code_receipts_carry_the_answers_and_bring_them_back(student, borrowed, course, alone) -> None:
    renamed = Path(shutil.move(alone, alone.with_name("my copy.ipynb")))
    first = student(borrowed, renamed)
    first.execute(f"__vsc_ipynb_file__ = {str(renamed)!r}")
    assert first.run("setup", *classroom.RIGHT) == []
    first.execute(WHERE)
    assert "Printed" in first.check("attention-scores", ["query"])["result_html"]
    answer_all(first)
    first.save()
    first.run("summary")
    said = f"✓ my copy.ipynb, as it is on disk, holds every answer you gave: {EXERCISES} of {EXERCISES}"
    assert said in first.said("summary")
    first.save()

    later = student(borrowed, renamed)
    later.execute(f"__vsc_ipynb_file__ = {str(renamed)!r}")
    assert later.run("setup", *classroom.RIGHT, "summary") == []
    assert f"{EXERCISES} of {EXERCISES} right" in later.said("summary")
    assert later.said("attention-scores").endswith("Task 1 · key · ✓ Right")
    notebook = later.save()
    assert record.METADATA_KEY not in notebook["metadata"]
    assert grade(course, "vs-code", notebook) == FULL


def test_an_answer_code_outlives_the_loss_of_metadata_and_outputs(student, colab, course) -> None:
    student = student(colab)
    student.run("setup", *classroom.RIGHT)
    answer_all(student)
    student.run("summary")
    code = re.search(r"attention-answers:\S+", student.said("summary"))
    assert code
    assert len(code[0]) < 700
    bare = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []}
    for cell in student.save()["cells"]:
        kept = {"cell_type": cell["cell_type"], "source": cell["source"], "metadata": {}}
        bare["cells"].append(kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}))
    assert grade(course, "without-code", bare) == NOTHING
    bare["cells"][-1]["source"] = [*bare["cells"][-1]["source"], "\n\n", code[0][:100] + "\n", code[0][100:]]
    assert grade(course, "with-code", bare) == FULL


def test_what_is_missing_is_installed_by_the_next_cell_when_the_student_runs_it(student, borrowed) -> None:
    student = student(borrowed)
    student.execute(NOT_YET_INSTALLED)
    assert student.run("setup") == ["setup"]
    assert student.said("setup") == (
        "Not installed here: anywidget. Run the next cell, which installs what is missing, then do what it says."
    )
    student.run("install")
    assert student.run("setup", "purpose") == []
    said = "pip install --quiet anywidget\nAll is installed. Now reload this page, then run all cells.\n"
    assert student.said("install") == said
    student.run("install")
    assert student.said("install") == "", "nothing is missing any more"
    assert student.check("purpose", ["focus"])["outcome"] == "right"
