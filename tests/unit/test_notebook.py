import json
from types import SimpleNamespace

import IPython
import pytest

from attention_course.answers import notebook
from attention_course.errors import NotebookError

EMPTY = {"cells": [], "metadata": {}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory, where nothing says which notebook is ours."""
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    return working


def make(path, lesson=None):
    path.parent.mkdir(exist_ok=True)
    metadata = {"attention_course": {"version": 1, "lesson": lesson, "answers": {}}} if lesson else {}
    path.write_text(json.dumps({"cells": [], "metadata": metadata}), encoding="utf-8")
    return path


def test_jupyterlab_names_the_notebook(folder, monkeypatch, tmp_path):
    mine = make(tmp_path / "course" / "my copy.ipynb")
    make(folder / "practice.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    assert notebook.own_path("practice") == mine


def test_after_a_rename_the_page_knows_the_name_better(folder, monkeypatch, tmp_path):
    renamed = make(tmp_path / "course" / "renamed.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "course" / "practice.ipynb"))
    assert notebook.own_path("practice", "course/renamed.ipynb") == renamed


def test_after_a_rename_the_page_is_believed_also_where_the_old_name_is_taken_again(folder, monkeypatch, tmp_path):
    renamed = make(tmp_path / "course" / "renamed.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(tmp_path / "course" / "practice.ipynb")))
    assert notebook.own_path("practice", "course/renamed.ipynb") == renamed


def test_after_a_rename_the_one_notebook_of_the_lesson_is_found_without_the_page(folder, monkeypatch):
    renamed = make(folder / "renamed.ipynb", "practice")
    make(folder / "another.ipynb", "other")
    make(folder / "notes.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "practice.ipynb"))
    assert notebook.own_path("practice") == renamed


def test_where_two_notebooks_could_be_ours_none_is_guessed(folder):
    make(folder / "one.ipynb", "practice")
    make(folder / "two.ipynb", "practice")
    assert notebook.own_path("practice") is None


def test_a_page_path_that_is_no_file_is_passed_over(folder, monkeypatch):
    mine = make(folder / "practice.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    assert notebook.own_path("practice", "RTC:elsewhere/gone.ipynb") == mine
    assert notebook.own_path("practice", "") == mine


def test_a_page_path_cannot_lead_out_of_the_folder(folder, monkeypatch, tmp_path):
    make(tmp_path / "secret.ipynb")
    mine = make(folder / "practice.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    assert notebook.own_path("practice", "../secret.ipynb") == mine


def test_vs_code_names_the_notebook_in_a_variable(folder, monkeypatch, tmp_path):
    mine = make(tmp_path / "anywhere" / "practice.ipynb")
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": str(mine)})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert notebook.own_path("practice") == mine


@pytest.mark.parametrize("value", [3, None, "gone.ipynb"])
def test_a_strange_variable_of_vs_code_is_passed_over(folder, monkeypatch, value):
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": value})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert notebook.own_path("practice") is None


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_under_nbgrader_the_notebook_lies_in_the_working_directory(folder, monkeypatch, tmp_path, mode):
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(tmp_path / "course" / "the instructors.ipynb")))
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert notebook.own_path("practice") is None
    mine = make(folder / "practice.ipynb")
    make(folder / "notes.ipynb", "practice")
    assert notebook.own_path("practice") == mine


def test_where_nothing_is_known_there_is_no_path(folder):
    assert notebook.own_path("practice") is None


def test_damaged_notebooks_in_the_folder_are_passed_over(folder):
    for name, content in {"a": "", "b": "[]", "c": '{"cells": [], "metadata": 3}', "d": "\x00"}.items():
        (folder / f"{name}.ipynb").write_text(content)
    (folder / "folder.ipynb").mkdir()
    mine = make(folder / "mine.ipynb", "practice")
    assert notebook.own_path("practice") == mine


def test_a_notebook_is_read_whatever_its_byte_order_mark(tmp_path):
    path = tmp_path / "practice.ipynb"
    path.write_text(json.dumps(EMPTY), encoding="utf-8-sig")
    assert notebook.load(path) == EMPTY


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"3", b"{}", b'{"cells": {}}', b"\xff\xfe\x00", b"[" * 100_000, b"\x00" * 9]
)
def test_what_is_no_notebook_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "practice.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=r"^practice.ipynb is not a notebook.*\.$"):
        notebook.load(path)


def test_a_folder_in_the_place_of_a_notebook_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(NotebookError, match=r"cannot be read: Is a directory\."):
        notebook.load(tmp_path)
