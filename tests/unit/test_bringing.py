"""Code that is brought from another lesson's notebook: where it is found, what is taken, and what goes on with it."""

import json

import pytest
from classroom import code_cell

from attention_course import Write
from attention_course.answers import bringing, colab, mine, notebook, record
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import PicksError, QuestionError
from attention_course.exercises.find_answer import Cell, Found
from attention_course.exercises.question import Outcome
from attention_course.page import own_cells, progress, summary
from attention_course.page.live_code import LiveCode
from attention_course.page.widget import QuestionWidget

AT = "2026-03-01T09:41:00+01:00"
KEY = "def twice(x):\n    return x + x  # ours\n\ndef four(x):\n    return twice(twice(x))  # ours"
TWICE, FOUR = "def twice(x):\n    print('my twice')\n    return 2 * x", "def four(x):\n    return twice(twice(x))"
EXAMPLES = [{"title": "Of one", "code": "four(1)"}]


def question(**changes):
    arguments = {"prompt": "Bring it.", "defines": ["four"], "key": KEY, "examples": EXAMPLES, "points": 0, "number": 1}
    return Write("my-four", "easy", **{**arguments, "brings": {"code": ["twice", "four"]}, **changes})


def attempt(text, *passed):
    return Attempt((text,), AT, {"examples": passed} if passed else {})


def neighbour(folder, name="code.ipynb", lesson="code", **attempts):
    """Write a notebook of the lesson `code` with the last attempt at each question."""
    document = {
        "cells": [code_cell(f'lesson = Lesson("{lesson}")')],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    record.write(document, lesson, {each: Record((attempts[each],), 1) for each in attempts})
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(**changes):
    with pytest.raises(PicksError) as raised:
        bringing.bring(question(**changes))
    return str(raised.value)


# ---- what is taken


def test_what_passed_is_taken_in_the_order_of_the_question(here):
    neighbour(here, four=attempt(FOUR, True), twice=attempt(TWICE, True, True), other=attempt("x = 1", True))
    found = bringing.bring(question())
    assert found.text == f"{TWICE}\n\n\n{FOUR}\n"
    assert found.remark == "Yours, from code.ipynb: twice, four."


def test_what_did_not_pass_there_stays_there_and_the_reference_runs_in_its_place(here, capsys):
    neighbour(here, four=attempt(FOUR, True), twice=attempt("def twice(x):\n    return 3 * x", False))
    found = bringing.bring(question())
    assert found.text == f"{FOUR}\n"
    assert found.remark == "Yours, from code.ipynb: four. The course's, since yours did not pass there: twice."
    answer = CodeAnswer(question())
    assert answer.try_out(found).seen[0].passed
    assert (answer.outcome, answer.picks) == (Outcome.RIGHT, (f"{FOUR}\n",))
    assert "# ours" not in json.dumps(answer.record.to_json())
    assert mine.function([answer], "four")(1) == 4
    assert capsys.readouterr().out == "four: yours, from Task 1.\n"


def test_of_what_was_checked_with_keys_held_back_the_last_text_is_taken(here):
    neighbour(here, four=attempt(FOUR), twice=attempt(TWICE))
    assert bringing.bring(question(key=None)).text == f"{TWICE}\n\n\n{FOUR}\n"
    assert refusal().startswith("In code.ipynb, 'four' has not passed yet")


def test_with_nothing_brought_the_reference_is_used_and_that_is_said(here, capsys):
    answer = CodeAnswer(question())
    assert mine.function([answer], "four")(1) == 4
    assert capsys.readouterr().out == "four: the reference, from Task 1.\n"


def test_a_later_task_runs_below_what_was_brought_and_without_it_below_the_reference(here):
    brought = CodeAnswer(question())
    later = CodeAnswer(Write("eight", "easy", prompt="Eight.", defines=["eight"], uses=["my-four"], key="eight = four"))
    later.others = {"my-four": brought}.get
    assert later.before() == [KEY]
    neighbour(here, four=attempt(FOUR, True), twice=attempt(TWICE, True))
    brought.try_out(bringing.bring(brought.question))
    assert later.before() == [KEY, f"{TWICE}\n\n\n{FOUR}\n"]
    assert later.before(own=False) == [KEY]
    came = later.try_out(Found("def eight(x):\n    return 2 * four(x)"))
    assert came.borrowed == ("four is your own, from Task 1.",)


def test_where_it_is_graded_its_examples_decide_whatever_the_record_says():
    for text, outcome in ((FOUR, Outcome.RIGHT), ("def four(x):\n    return 5", Outcome.WRONG)):
        answer = CodeAnswer(question(), Record((attempt(text, True),), 1))
        assert answer.points(0) == 0
        assert answer.outcome is outcome


class Page:
    """A page that shows the question's widget, and hears what comes back."""

    lesson, document = "onward", None

    def __init__(self):
        self.heard = []
        self.answer = CodeAnswer(question(starter="# bring it"))
        self.widget = QuestionWidget(LiveCode(self.answer), self)
        self.widget.send = lambda content, buffers=None: self.heard.append(content)

    def page_says(self, asked, page):
        pass

    def receipt_of(self, answer):
        return {}

    receipt_of_all = dict

    def bring(self, path):
        cells = [{"grade_id": "my-four-code", "source": "# bring it", "ours": False}]
        about = {"notebook": True, "document": None, "record": None, "path": path}
        self.widget._handle_custom_msg(
            {"kind": "check", "id": "1", "attempt": 0, "bring": True, "cells": cells, **about}, []
        )
        return self.heard.pop(0)


def test_the_page_is_told_the_text_for_the_cell_and_whose_it_is(here):
    neighbour(here / "week", four=attempt(FOUR, True))
    (here / "week" / "onward.ipynb").write_text("{}", encoding="utf-8")
    page = Page()
    assert page.widget.view["brings"] == "code"
    told = page.bring("week/onward.ipynb")
    assert (told["kind"], told["text"]) == ("checked", f"{FOUR}\n")
    state = page.widget.state
    assert "Yours, from code.ipynb: four." in state["result_html"]
    assert "1 of 1 example passed. You go on with it." in state["verdict_html"]
    assert "✓ Right<" in state["verdict_html"]
    assert not state["can_show_solution"]
    assert "# ours" not in json.dumps([state, page.widget.view])


def test_a_refusal_is_one_sentence_and_nothing_is_recorded(here):
    page = Page()
    told = page.bring(None)
    assert told["kind"] == "refused"
    assert told["sentence"].startswith("Beside this notebook lies no code.ipynb")
    assert page.answer.record == Record()


def test_code_that_does_not_pass_here_is_not_gone_on_with(here):
    neighbour(here, four=attempt("def four(x):\n    return 5", True))
    page = Page()
    assert page.bring(None)["kind"] == "checked"
    assert "0 of 1 example passed. Until all do, the course&#x27;s code is used." in page.widget.state["verdict_html"]
    assert page.answer.code_for_others() == KEY


# ---- where it is found


def test_a_notebook_in_the_lesson_s_own_folder_is_found_where_each_has_one(here):
    (here / "next").mkdir()
    (here / "next" / "next.ipynb").write_text("{}", encoding="utf-8")
    neighbour(here / "code", four=attempt(FOUR, True))
    assert bringing.bring(question(), "next/next.ipynb").text == f"{FOUR}\n"
    assert notebook.beside("code", "next/next.ipynb") == [here / "code" / "code.ipynb"]
    assert notebook.beside("code") == []


def test_it_is_told_by_its_lesson_not_by_its_name(here):
    neighbour(here, "homework.ipynb", four=attempt(FOUR, True))
    neighbour(here, "code.ipynb", lesson="another", four=attempt(FOUR, True))
    assert bringing.bring(question()).remark.startswith("Yours, from homework.ipynb: four.")


def test_no_notebook_is_one_sentence(here):
    assert refusal() == (
        "Beside this notebook lies no code.ipynb: put it into the same folder and press again, or paste your code into "
        "the cell above."
    )


def test_several_notebooks_are_one_sentence(here):
    neighbour(here, four=attempt(FOUR, True))
    neighbour(here, "code-Copy1.ipynb", four=attempt(FOUR, True))
    assert refusal() == (
        "Several notebooks here are of the lesson 'code' (code-Copy1.ipynb, code.ipynb): leave one of them, then press "
        "again."
    )


@pytest.mark.parametrize("attempts", [{}, {"four": attempt(FOUR, True, False)}, {"twice": attempt(TWICE, True)}])
def test_nothing_that_passed_is_one_sentence(here, attempts):
    neighbour(here, **attempts)
    assert refusal() == (
        "In code.ipynb, 'four' has not passed yet: check it there, save, and press again. Until then the course's code "
        "is used."
    )


def test_what_cannot_be_read_is_one_sentence(here):
    (here / "code.ipynb").write_text('{"cells": [', encoding="utf-8")
    assert refusal() == (
        "code.ipynb is not a notebook, or it is cut off. Open it there, save it, and press again, or paste your code "
        "into the cell above."
    )
    neighbour(here, four=Attempt(("x" * 50_000,), AT))
    assert refusal().startswith("The record of 'four' is far too long to be one of ours. Open it there")


def test_in_colab_it_is_said_that_nothing_can_be_read(monkeypatch):
    monkeypatch.setattr(colab, "is_here", lambda: True)
    assert refusal() == bringing.IN_COLAB


# ---- the question


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points": 1}, "what is brought from another lesson was graded there: write points=0"),
        ({"brings": {}}, "points is a positive number"),
        ({"brings": {"code": []}}, "brings is a dict with one lesson"),
        ({"brings": {"code": ["A"]}}, "brings is a dict with one lesson"),
        ({"brings": {"code": ["a"], "learn": ["b"]}}, "brings is a dict with one lesson"),
        ({"brings": ["code"]}, "brings is a dict with one lesson"),
    ],
)
def test_what_cannot_be_brought_is_refused(changes, sentence):
    with pytest.raises(QuestionError, match=sentence):
        question(**changes)


def test_what_is_carried_on_counts_for_no_result():
    answers = [CodeAnswer(question())]
    assert summary.unanswered(answers) == []
    assert progress.by_difficulty(answers) == []


def test_what_was_brought_counts_where_its_cell_could_not_be_written():
    starter = "# bring it"
    asked = question(starter=starter)
    assert asked.find_answer([Cell("my-four-code", starter)], FOUR).text == FOUR
    assert asked.find_answer([Cell("my-four-code", "def four(x): 4")], FOUR).text == "def four(x): 4"
    assert own_cells.found(asked, None, FOUR).text == FOUR
