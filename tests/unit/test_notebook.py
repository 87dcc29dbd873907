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


def make(path, lesson="practice"):
    path.parent.mkdir(exist_ok=True)
    cells = [{"cell_type": "code", "source": ["import x\n", f'lesson = Lesson("{lesson}")']}]
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    return path


def in_vs_code(monkeypatch, value):
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": value})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)


def test_beside_an_answered_practice_ipynb_a_renamed_copy_is_not_taken_for_it(folder, monkeypatch):
    make(folder / "practice.ipynb")
    make(folder / "my-second-try.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "try2.ipynb"))  # the name before it was renamed
    assert notebook.own_file("practice") is None


def test_the_file_that_jupyterlab_named_when_the_kernel_started_may_be_another_one_by_now(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(folder / "practice.ipynb")))
    assert notebook.own_file("practice") is None


def test_the_only_notebook_of_a_folder_is_not_guessed_to_be_ours(folder):
    make(folder / "practice.ipynb")
    assert notebook.own_file("practice") is None


def test_the_page_names_the_notebook_from_the_servers_root(folder, monkeypatch, tmp_path):
    mine = make(tmp_path / "course" / "practice.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    assert notebook.own_file("practice", "course/practice.ipynb") == mine
    assert notebook.own_file("practice", "practice.ipynb") == mine, "where the course is the server's root"


def test_after_a_rename_the_page_is_believed_also_where_the_old_name_is_taken_again(folder, monkeypatch, tmp_path):
    renamed = make(tmp_path / "course" / "renamed.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(tmp_path / "course" / "practice.ipynb")))
    assert notebook.own_file("practice", "course/renamed.ipynb") == renamed


def test_a_notebook_that_was_moved_to_another_folder_is_found(folder, monkeypatch, tmp_path):
    moved = make(tmp_path / "done" / "practice.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "course" / "practice.ipynb"))
    assert notebook.own_file("practice", "done/practice.ipynb") == moved


def test_a_page_path_that_is_no_file_leads_nowhere(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(folder / "practice.ipynb")))
    assert notebook.own_file("practice", "elsewhere/gone.ipynb") is None
    assert notebook.own_file("practice", "/") is None


def test_a_page_path_cannot_lead_out_of_the_folders_that_the_session_was_in(folder, monkeypatch, tmp_path):
    make(tmp_path / "beside" / "secret.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(folder / "practice.ipynb")))
    assert notebook.own_file("practice", "../../x/../beside.ipynb") is None


def test_a_notebook_of_another_lesson_is_not_ours_whoever_names_it(folder, monkeypatch):
    other = make(folder / "other.ipynb", "other")
    assert notebook.own_file("practice", "other.ipynb") is None
    in_vs_code(monkeypatch, str(other))
    assert notebook.own_file("practice") is None
    assert notebook.own_file("other") == other


@pytest.mark.parametrize(
    "code", ["Lesson('practice', partial=True)", 'x = ac.Lesson(\n  name = "practice")', 'Lesson( "practice" )']
)
def test_a_lesson_is_known_by_the_line_that_makes_it(code):
    assert notebook.holds({"cells": [None, {"source": 3}, {"source": code}]}, "practice")
    assert not notebook.holds({"cells": [{"source": code.replace("practice", "practices")}]}, "practice")


def test_vs_code_names_the_notebook_in_a_variable(folder, monkeypatch, tmp_path):
    mine = make(tmp_path / "anywhere" / "practice.ipynb")
    in_vs_code(monkeypatch, str(mine))
    assert notebook.own_file("practice") == mine


@pytest.mark.parametrize("value", [3, None, "gone.ipynb"])
def test_a_strange_variable_of_vs_code_is_passed_over(folder, monkeypatch, value):
    in_vs_code(monkeypatch, value)
    assert notebook.own_file("practice") is None


def test_a_damaged_file_that_is_ours_is_named_so_that_it_is_said(folder, monkeypatch):
    mine = folder / "practice.ipynb"
    mine.write_text("{")
    in_vs_code(monkeypatch, str(mine))
    assert notebook.own_file("practice") == mine


def test_at_grading_the_notebook_lies_in_the_working_directory_under_its_lessons_name(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("JPY_SESSION_NAME", str(make(tmp_path / "course" / "the instructors.ipynb")))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert notebook.own_file("practice") is None
    mine = make(folder / "practice.ipynb")
    make(folder / "notes.ipynb")
    assert notebook.own_file("practice") == mine


def test_validate_reads_the_one_notebook_of_its_folder_and_beside_a_neighbour_none(folder, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    for name, content in {"a": "", "b": "[]", "c": '{"cells": [], "metadata": 3}', "d": "\x00"}.items():
        (folder / f"{name}.ipynb").write_text(content)
    (folder / "folder.ipynb").mkdir()
    make(folder / "another.ipynb", "other")
    mine = make(folder / "my try.ipynb")
    assert notebook.own_file("practice") == mine
    make(folder / "practice.ipynb")
    assert notebook.own_file("practice") is None


def test_where_nothing_is_known_there_is_no_file(folder):
    assert notebook.own_file("practice") is None


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
