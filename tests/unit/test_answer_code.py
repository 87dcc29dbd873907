import pytest

from attention_course.answers import answer_code, record
from attention_course.errors import RecordError

ANSWERS = {"purpose": {"revision": 2, "attempts": [{"picks": ["A"], "at": "2026-03-02T09:41:00+00:00"}] * 2}}
CODE = answer_code.encode("practice", ANSWERS)


def notebook(*sources, kind="markdown"):
    return {"metadata": {}, "cells": [{"cell_type": kind, "metadata": {}, "source": source} for source in sources]}


def test_what_goes_in_comes_out():
    assert list(answer_code.found_in(CODE)) == [{"lesson": "practice", "answers": ANSWERS}]


@pytest.mark.parametrize(
    "text",
    [
        f"## Answer code\n\nPaste it here: {CODE}.",
        f"```\n{CODE}\n```",
        f"`{CODE}`",
        CODE.replace("attention-answers", "Attention-answers"),  # as a phone's keyboard begins a line
        "\n  ".join([CODE[:40], CODE[40:90], CODE[90:]]),
    ],
)
def test_it_is_found_however_it_was_pasted(text):
    records, problems = record.read(notebook("# Title", text), "practice")
    assert problems == {}
    assert [attempt.picks for attempt in records["purpose"].attempts] == [("A",), ("A",)]


def test_it_is_found_as_a_notebook_file_keeps_it_and_in_a_code_cell_too():
    lines = [f"Here:\n{CODE[:70]}\n", CODE[70:]]
    for kind in ("markdown", "code", "raw"):
        assert "purpose" in record.read(notebook(lines, kind=kind), "practice")[0]


@pytest.mark.parametrize(
    "spoiled", [CODE[:-1], CODE[:60], CODE[:70] + CODE[71:], CODE.replace("1:e", "1:f"), "attention-answers:"]
)
def test_a_damaged_code_is_one_sentence_and_costs_nothing_else(spoiled):
    carried = notebook(spoiled)
    record.write(carried, "practice", {"purpose": record.parse("purpose", ANSWERS["purpose"])})
    records, problems = record.read(carried, "practice")
    assert list(records) == ["purpose"]
    assert problems == {"": answer_code.DAMAGED}


def test_a_code_of_a_later_version_is_said():
    _, problems = record.read(notebook(CODE.replace(":1:", ":7:")), "practice")
    assert problems == {"": "An answer code in the notebook has version 7, and only 1 is known here."}


def test_a_code_of_another_lesson_is_no_answer_to_this_one():
    records, problems = record.read(notebook(answer_code.encode("other", ANSWERS)), "practice")
    assert records == {}
    assert problems == {"": "The notebook holds an answer code of another lesson than 'practice'."}


def test_the_highest_revision_wins_whatever_carries_it():
    later = {"purpose": {"revision": 3, "attempts": [*ANSWERS["purpose"]["attempts"]]}}
    carried = notebook(CODE, answer_code.encode("practice", later), CODE)
    carried["metadata"][record.METADATA_KEY] = {"version": 1, "lesson": "practice", "answers": ANSWERS}
    assert record.read(carried, "practice")[0]["purpose"].revision == 3


@pytest.mark.parametrize("value", [{"purpose": "key"}, {"../x": {}}, {"purpose": {"revision": 1, "attempts": [{}]}}])
def test_what_an_honest_code_would_not_hold_is_refused_by_question(value):
    records, problems = record.read(notebook(answer_code.encode("practice", value)), "practice")
    assert records == {}
    assert len(problems) == 1


def test_a_code_that_unpacks_to_far_too_much_is_damaged():
    (found,) = answer_code.found_in(answer_code.encode("practice", {"purpose": "x" * answer_code.MOST_BYTES}))
    assert isinstance(found, RecordError)
    assert answer_code.MOST_BYTES <= 50_000


def test_of_many_codes_only_the_last_few_are_read(monkeypatch):
    read = []
    monkeypatch.setattr(answer_code, "_decode", lambda part: read.append(part.strip()) or {"answers": {}})
    record.read(notebook(*(f"{answer_code.BEGIN}{number}" for number in range(100))), "practice")
    assert read == ["95", "96", "97", "98", "99"]


def test_a_version_of_many_digits_is_not_repeated_in_the_sentence():
    _, problems = record.read(notebook(CODE.replace(":1:", f":{'7' * 200_000}:")), "practice")
    assert problems == {"": answer_code.DAMAGED}
