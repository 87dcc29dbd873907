"""Answers from an older file of a lesson, or from its answer code, in the one that is open."""

import json
from datetime import UTC, datetime

import pytest

from attention_course import Blanks, Numeric, Write
from attention_course.answers import answer_code, record, taking_over
from attention_course.answers.answer import Answer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.exercises.question import Outcome

NOW, LATER = datetime(2026, 3, 1, 9, 41, tzinfo=UTC), datetime(2026, 3, 2, 9, 41, tzinfo=UTC)


def answers():
    asked = {"prompt": "?", "program": "[1]", "key": ["x"]}
    return {
        "first": Answer(Blanks("first", "easy", number=1, options={"x": "a", "y": "b"}, **asked)),
        "second": Answer(Blanks("second", "easy", number=2, options={"x": "a", "z": "c"}, **asked)),
        "third": Answer(Numeric("third", "easy", number=1, prompt="?", labels=["n"], tolerance=0.1, key="3")),
    }


OLDER = {
    "first": Record().with_attempt(("y",), NOW).with_attempt(("x",), NOW),
    "second": Record().with_attempt(("y",), NOW),  # an option that is offered no longer
    "gone": Record().with_attempt(("x",), NOW),
}


def code(lesson="practice", records=OLDER):
    return answer_code.encode(lesson, {name: kept.to_json() for name, kept in records.items()})


def file(tmp_path, lesson="practice"):
    document = {"cells": [], "metadata": {}}
    record.write(document, lesson, OLDER)
    (tmp_path / "old.ipynb").write_text(json.dumps(document), encoding="utf-8")
    return str(tmp_path / "old.ipynb")


@pytest.mark.parametrize("by", ["code", "file"])
def test_what_fits_is_taken_over_and_what_does_not_is_said(by, tmp_path):
    here = answers()
    said = taking_over.take_over("practice", here, code() if by == "code" else file(tmp_path))
    assert said[:2] == [
        "Taken over: Task 1. Save the notebook.",
        "No longer asked in this lesson, and left out: 'gone'.",
    ]
    assert said[2].startswith("The record of 'second' is no answer to it: ")
    assert len(said) == 3
    assert [one.outcome for one in here.values()] == [Outcome.RIGHT, Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED]
    assert (here["first"].record.tried, here["first"].left) == (2, 1)


def test_code_is_handed_back_to_be_copied_since_what_stands_in_its_cell_counts():
    examples = [{"title": "Once", "code": "f()"}]
    task = Write("own", "easy", number=3, prompt="?", defines=["f"], key="def f(): pass", examples=examples)
    here = {"own": answer_to(task)}
    written = {"own": Record().with_text("def f():\n    return 2", NOW, {"examples": (True,)})}
    (said,) = taking_over.take_over("practice", here, code(records=written))
    assert said.splitlines() == [
        "Code counts where it stands: copy it into the cell of its task, and check it there.",
        "",
        "# ---- Task 3",
        "",
        "def f():",
        "    return 2",
    ]
    assert here["own"].record == Record()


def test_an_answer_that_is_later_here_stays():
    here = answers()
    for picks in (["y"], ["y"], ["y"]):
        here["first"].check(picks)
    said = taking_over.take_over("practice", here, code(records={"first": OLDER["first"]}))
    assert said == ["Answered here as late or later, and left as it is: Task 1."]
    assert here["first"].outcome is Outcome.WRONG


def test_taking_over_twice_changes_nothing():
    here = answers()
    given = code(records={"first": OLDER["first"]})
    taking_over.take_over("practice", here, given)
    kept = here["first"].record
    assert taking_over.take_over("practice", here, given) == [
        "Answered here as late or later, and left as it is: Task 1."
    ]
    assert here["first"].record == kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (code("learn"), "The notebook holds an answer code of another lesson than 'practice'."),
        (code()[:-9], "An answer code in the notebook is damaged or cut off: copy the whole of it once more."),
        ("nowhere.ipynb", "nowhere.ipynb is no answer code, and no file of that name is here."),
        ("x" * 5000, f"{'x' * 80} is no answer code, and no file of that name is here."),
        ("", "That is no answer code, and no file of that name is here."),
        (code(records={}), "There is no answer to this lesson in it, so nothing was taken over."),
    ],
)
def test_what_holds_nothing_is_said_in_one_sentence(given, said):
    here = answers()
    assert taking_over.take_over("practice", here, given) == [said]
    assert all(one.record == Record() for one in here.values())
