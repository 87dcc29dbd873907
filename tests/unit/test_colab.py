import sys
from types import ModuleType, SimpleNamespace

import pytest

from attention_course import Choice, Lesson
from attention_course.answers import colab, record, restoring
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.errors import NotebookError, NotRestored
from attention_course.exercises.credit import Credit
from attention_course.exercises.runner import OWN_MACHINE
from attention_course.page import kept, saved

RECORD = {"revision": 1, "attempts": [{"picks": ["A"], "at": "2026-03-02T09:41:00+00:00"}]}


def page(**metadata):
    """Return a notebook as Colab's page holds it, with one answer in a receipt."""
    data = {record.RECEIPT_MIME: {"version": 1, "lesson": "practice", "question": "purpose", "record": RECORD}}
    return {"cells": [{"source": "", "outputs": [{"data": data}]}], "metadata": metadata}


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Return a function that makes this process one of Colab's, whose page answers so; it returns what was asked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(kept, "_lessons", {})
    monkeypatch.setattr(restoring, "_gave_up", set())

    def answers(*replies):
        said, replies = [], list(replies)

        def blocking_request(kind, request="", timeout_sec=5, parent=None):
            said.append((kind, timeout_sec))
            reply = replies.pop(0)
            if isinstance(reply, Exception):
                raise reply
            return reply

        package = ModuleType("google.colab")
        package._message = SimpleNamespace(blocking_request=blocking_request)
        monkeypatch.setitem(sys.modules, "google", ModuleType("google"))
        monkeypatch.setitem(sys.modules, "google.colab", package)
        return said

    return answers


def purpose():
    return Choice("purpose", "easy", number=1, prompt="?", options=["this", "that"], key="A")


def test_elsewhere_it_is_not_here():
    assert not colab.is_here()


def test_the_page_is_asked_once_with_a_time_limit(asked):
    said = asked({"ipynb": page()})
    assert Lesson("practice").ask(purpose()).picks == ("A",)
    assert said == [("get_ipynb", 5)]


def test_a_late_answer_is_waited_for(asked):
    said = asked(None, {"ipynb": page()})
    assert colab.document() == page()
    assert said == [("get_ipynb", 5), ("get_ipynb", 10)]


@pytest.mark.parametrize("reply", [None, "no", {}, {"ipynb": None}, {"ipynb": {"cells": 3}}, RuntimeError("gone")])
def test_an_answer_that_is_no_notebook_is_said(asked, reply):
    asked(reply, reply)
    with pytest.raises(NotebookError, match=r"^Colab's page did not hand over this notebook \(.*\)\.$"):
        colab.document()


def test_a_page_without_an_answer_stops_the_lesson_once_and_then_no_more(asked, capsys):
    asked(*[None] * 4)
    with pytest.raises(NotRestored, match="run this cell again") as stopped:
        Lesson("practice")
    assert stopped.value._render_traceback_() == [str(stopped.value)]
    assert Lesson("practice").ask(purpose()).picks is None
    assert capsys.readouterr().out == "Colab's page did not hand over this notebook (it did not answer).\n"


def test_that_the_notebook_leaves_its_outputs_out_is_noted_when_the_lesson_begins(asked):
    asked({"ipynb": page(colab={"private_outputs": True})}, {"ipynb": page()})
    noted = restoring.from_own_file("practice").note
    assert noted.startswith("✗ This notebook is set to leave its outputs out when it is saved, and on Colab they hold")
    assert "Edit ▸ Notebook settings" in noted
    assert "again" not in noted, "to run the setup cell again mends nothing"
    assert restoring.from_own_file("practice").note == ""


def test_in_a_kernel_that_knows_the_answers_nothing_is_stopped(asked):
    asked(None, None)
    known = kept.of("practice").answer_to(purpose(), Credit(), OWN_MACHINE)
    known.merge(record.parse("purpose", RECORD))
    Lesson("practice")


def test_the_summary_checks_what_the_page_holds(asked):
    answer = Answer(purpose(), record.parse("purpose", RECORD))
    open_one = Answer(purpose(), Record())
    asked(
        {"ipynb": page()},
        {"ipynb": {"cells": [], "metadata": {}}},
        {"ipynb": page(colab={"private_outputs": True})},
        None,
        None,
    )
    assert saved.in_colab("practice", [open_one]) == saved.NOTHING
    said = [saved.in_colab("practice", [answer]) for _ in range(4)]
    assert said[0].startswith("✓ This notebook, as Colab holds it, has every answer you gave: 1 of 1 questions.")
    assert "File ▸ Download ▸ Download .ipynb" in said[0]
    assert said[1].startswith("✗ This notebook, as Colab holds it, does not hold your answer to Question 1.")
    assert "Omit code cell output" in said[2]
    assert said[2].endswith("save. Then run this cell again.")
    assert said[3].startswith("✗ Colab's page did not hand over this notebook")


@pytest.mark.parametrize("metadata", [None, [], {"colab": 3}, {"colab": {}}, {"colab": {"private_outputs": False}}])
def test_only_the_setting_itself_counts_as_outputs_left_out(metadata):
    assert not colab.omits_outputs({"metadata": metadata})
