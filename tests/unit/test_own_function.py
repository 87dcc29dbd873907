"""An explorer computed by the student's own function: who may be asked, what comes back, and what stands in the way."""

import json
import re

import pytest
import torch
from classroom import ROOT

from attention_course import Explore, Lesson, Write
from attention_course.answers import own
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.errors import QuestionError
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.find_answer import Found
from attention_course.instructor.source import cells
from attention_course.instructor.source.check import check
from attention_course.page.live_explorer import LiveExplorer
from attention_course.page.widget import QuestionWidget

ATTEND = """def attend(q, k, v, keep=None):
    weights = (q @ k.mT / q.shape[-1] ** 0.5).softmax(dim=-1)
    return weights @ v, weights
"""
STATE = {"x": 1, "y": 0.5, "temperature": 1}


def write(**changes):
    examples = [{"title": "It is there", "code": "callable(attend)"}]
    about = {"prompt": "Write it.", "defines": ["attend"], "examples": examples, "key": ATTEND, "solution": "So."}
    return Write("attend", "hard", number=1, **{**about, **changes})


def see(**changes):
    about = {"prompt": "Move it.", "explorer": "hull", "solution": "So.", "uses": "attend"}
    return Explore("see", "easy", number=1, **{**about, **changes})


class Page:
    """A page that shows an explorer, beside the code that it may ask."""

    lesson, document = "code", None

    def __init__(self, text=None, question=None):
        self.code = CodeAnswer(question or write())
        answer = answer_to(see())
        answer.others = {"attend": self.code}.get
        answer.follow()
        self.widget = QuestionWidget(LiveExplorer(answer), self)
        self.said = []
        self.widget.send = lambda content, buffers=None: self.said.append(content)
        if text is not None:
            self.check(text)

    def check(self, text):
        self.code.try_out(Found(text))

    def page_says(self, question, page):
        pass

    def receipt_of(self, answer):
        return {}

    def receipt_of_all(self):
        return {}

    @property
    def own(self):
        return self.widget.state["own"]

    def asked(self, state=STATE):
        self.widget._handle_custom_msg({"kind": "ask", "id": "page-asked-1", "state": state}, [])
        told = self.said.pop()
        assert (told.pop("kind"), told.pop("id")) == ("told", "page-asked-1")
        json.dumps(told, allow_nan=False)
        return told


def test_good_code_is_asked_and_the_page_is_told_whose_it_is():
    page = Page()
    assert page.own is None
    page.check(ATTEND)
    assert page.own == {"title": "Task 1", "revision": page.code.record.revision}
    weights, output = EXPLORERS["hull"].attended(STATE)
    numbers = page.asked()["numbers"]
    assert numbers["weights"] == pytest.approx(weights.tolist(), abs=1e-6)
    assert numbers["output"] == pytest.approx(output.tolist(), abs=1e-6)
    assert page.widget.state["attempts"] == 0


def test_what_is_drawn_is_what_the_students_code_makes_of_it():
    page = Page(ATTEND.replace("q.shape[-1]", "10000"))
    assert page.asked()["numbers"]["weights"] == pytest.approx([1 / 7] * 7, abs=0.01)


def test_code_that_is_checked_again_is_the_one_that_is_asked():
    page = Page(ATTEND)
    before = page.own["revision"]
    page.asked()
    page.check(ATTEND.replace("weights @ v", "0 * (weights @ v)"))
    assert page.own["revision"] > before
    assert page.asked()["numbers"]["output"] == [0, 0]


def test_code_that_is_not_good_is_not_asked():
    page = Page("def attend(q, k, v, keep=None):\n    raise ValueError\n\ncallable = None")
    assert page.own is None
    assert page.asked() == {"sentence": "Your own attend cannot be asked now."}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "raise ValueError('no\\nidea')",
            "Your attend raised ValueError: no idea (line 2: raise ValueError('no\\nidea')).",
        ),
        ("return 1", "Your attend gave another thing than (out, weights)."),
        ("return q, k", "Your attend gave another thing than weights of shape (1, 7)."),
        ("return object(), q", "Your attend gave another thing than weights of shape (1, 7)."),
        ("while True: pass", "Your attend was stopped, since it took longer than 0.2 seconds."),
    ],
)
def test_what_the_students_code_does_in_place_of_numbers_is_one_sentence(body, sentence, monkeypatch):
    monkeypatch.setattr(own, "SECONDS", 0.2)
    page = Page(f"def attend(q, k, v, keep=None):\n    {body}\n")
    assert page.asked() == {"sentence": sentence}
    assert page.asked() == {"sentence": sentence}


def test_a_loop_is_begun_once_for_each_text(monkeypatch):
    monkeypatch.setattr(own, "SECONDS", 0.2)
    calls = []
    page = Page("begun = []\ndef attend(q, k, v, keep=None):\n    while True: pass\n")
    opened = page.code.workshop.open
    page.code.workshop = type("Noted", (), {"open": lambda self, *a, **b: calls.append(a) or opened(*a, **b)})()
    for _ in range(3):
        assert "was stopped" in page.asked()["sentence"]
    assert len(calls) == 1
    page.check(ATTEND)
    assert "numbers" in page.asked()


def test_a_state_that_is_none_is_not_asked():
    page = Page(ATTEND)
    for bad in (None, {}, {**STATE, "x": 100}, [1], "x"):
        assert page.asked(bad)["sentence"].startswith("Your attend was not asked: ")


def test_what_is_asked_where_nothing_can_be_is_said():
    page = Page(ATTEND)
    page.widget._live.answer.others = {}.get
    assert page.asked() == {"sentence": "Your own attend cannot be asked now."}


def test_the_masks_function_is_asked_once_for_all_that_is_changed():
    text = "def masked_softmax(scores, keep):\n    return scores.masked_fill(~keep, -float('inf')).softmax(dim=-1)"
    code = CodeAnswer(write(defines=["masked_softmax"], key=text, examples=[{"title": "It", "code": "1"}]))
    code.try_out(Found(text))
    answer = answer_to(see(explorer="mask"))
    answer.others = {"attend": code}.get
    state = EXPLORERS["mask"].samples()[2]
    maps = torch.tensor([[[float(n) for n in row] for row in one] for one in answer.ask(state)["numbers"]["maps"]])
    assert maps.shape == (6, 5, 5)
    assert maps[:, 4].isnan().all()


@pytest.mark.parametrize(("explorer", "name"), [("hull", "attend"), ("mask", "masked-softmax")])
def test_what_the_lesson_code_asks_for_is_what_the_explorers_ask(explorer, name):
    questions = {one.name: one for one in cells.asked(cells.load_source(ROOT / "source/code/code.ipynb")).values()}
    answers = {name: CodeAnswer(question) for name, question in questions.items() if question.written}
    for code in answers.values():
        code.others = answers.get
    answers[name].try_out(Found(questions[name].key))
    seen = answer_to(see(explorer=explorer, uses=name))
    seen.others = answers.get
    for state in EXPLORERS[explorer].samples():
        assert "numbers" in seen.ask(state)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uses": "see"}, "uses is the name of a question that asks for a function"),
        ({"uses": "My own"}, "uses is the name of a question that asks for a function"),
        ({"uses": ["attend"]}, "uses is the name of a question that asks for a function"),
        ({"explorer": "scale"}, "the explorer 'scale' asks no function, so leave uses= out"),
    ],
)
def test_a_badly_written_uses_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)):
        see(**changes)


def test_a_lesson_joins_an_explorer_with_the_code_that_it_asks():
    lesson = Lesson("own")
    code, seen = lesson.ask(write()), lesson.ask(see())
    assert (seen.own, seen.question.view()["asks"]) == (None, "attend")
    code.try_out(Found(ATTEND))
    assert seen.own is code
    assert "numbers" in seen.ask(STATE)
    assert see(uses="").view()["asks"] == ""


def test_code_that_was_good_when_it_was_left_is_asked_at_once():
    page = Page(ATTEND)
    restored = CodeAnswer(write(), Record(page.code.record.attempts, page.code.record.revision))
    seen = answer_to(see())
    seen.others = {"attend": restored}.get
    assert "numbers" in seen.ask(STATE)


def test_the_check_says_where_no_task_asks_for_the_function():
    setup = "from attention_course import Explore, Lesson\nlesson = Lesson('small')"
    source = """answer = lesson.ask(Explore(
    "see", "easy", number=1, prompt="Move it.", explorer="hull", uses="attend",
    ### BEGIN KEY
    solution="So.",
    ### END KEY
))
### BEGIN HIDDEN TESTS
answer.points(0)
### END HIDDEN TESTS"""
    about = {"grade": True, "locked": True, "points": 0, "schema_version": 3, "solution": False, "grade_id": "see"}
    empty = {"cell_type": "code", "outputs": [], "execution_count": None}
    made = [{**empty, "id": "setup", "source": setup, "metadata": {}}]
    made.append({**empty, "id": "see", "source": source, "metadata": {"nbgrader": about}})
    said = check({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "small")
    assert any(
        "uses= names 'attend', which is no question above that has the student write attend." in one for one in said
    )
