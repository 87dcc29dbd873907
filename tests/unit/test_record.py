import json
import random
from datetime import UTC, datetime

import pytest

from attention_course.answers import notebook, record
from attention_course.answers.record import Attempt, Record
from attention_course.errors import NotebookError, RecordError

AT = "2026-03-01T09:41:00+01:00"


def saved(*picks, revision=None):
    """Return a record's JSON: one attempt for each pick."""
    return {
        "revision": len(picks) if revision is None else revision,
        "attempts": [{"picks": [pick], "at": AT} for pick in picks],
    }


def document(answers=None, receipts=(), **whole):
    """Return a notebook with these answers in its metadata, and receipts (question, record) in a cell's outputs."""
    data = [{"version": 1, "lesson": "practice", "question": name, "record": value} for name, value in receipts]
    outputs = [{"output_type": "display_data", "data": {record.RECEIPT_MIME: receipt}} for receipt in data]
    metadata = {"attention_course": {"version": 1, "lesson": "practice", "answers": answers, **whole}}
    return {"cells": [{"cell_type": "code", "outputs": outputs}], "metadata": {} if answers is None else metadata}


def test_a_notebook_without_a_record_holds_no_answer_and_no_problem():
    assert record.read({"cells": [], "metadata": {}}, "practice") == ({}, {})


def test_a_record_is_read_from_the_metadata():
    records, problems = record.read(document({"a": saved("x", "y")}), "practice")
    assert records == {"a": Record((Attempt(("x",), AT), Attempt(("y",), AT)), 2)}
    assert problems == {}


def test_a_record_is_read_from_a_receipt():
    records, problems = record.read(document(receipts=[("a", saved("x"))]), "practice")
    assert records == {"a": Record((Attempt(("x",), AT),), 1)}
    assert problems == {}


def test_of_metadata_and_receipts_the_highest_revision_wins():
    receipts = [("a", saved("r", "r")), ("b", saved("r")), ("a", saved("s", "s", "s")), ("c", saved("r"))]
    records, _ = record.read(document({"a": saved("m"), "b": saved("m", "m")}, receipts), "practice")
    assert {name: found.attempts[-1].picks[0] for name, found in records.items()} == {"a": "s", "b": "m", "c": "r"}


def test_at_equal_revisions_the_metadata_is_believed():
    records, _ = record.read(document({"a": saved("m")}, [("a", saved("r"))]), "practice")
    assert records["a"].attempts[0].picks == ("m",)


def test_at_equal_revisions_the_one_that_was_answered_last_wins():
    later = {"revision": 1, "attempts": [{"picks": ["r"], "at": "2026-03-01T09:00:00+00:00"}]}  # AT is 08:41 there
    for first, second in (("m", "r"), ("r", "m")):
        held = {"m": saved("m"), "r": later}
        records, _ = record.read(document({"a": held[first]}, [("a", held[second])]), "practice")
        assert records["a"].attempts[0].picks == ("r",)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+23:59"])
def test_a_time_that_no_clock_shows_is_none_of_a_later_record(at):
    strange = record.parse("a", {"revision": 1, "attempts": [{"picks": ["x"], "at": at}]})
    assert record.parse("a", saved("x", "y")).is_later_than(strange)
    assert not strange.is_later_than(record.parse("a", saved("x", "y")))


def test_an_id_in_the_metadata_is_the_pages_and_changes_nothing_for_a_reader():
    with_id, without = document({"a": saved("x")}, id="0d3f"), document({"a": saved("x")})
    assert record.read(with_id, "practice") == record.read(without, "practice")


def test_every_receipt_carries_the_other_answers_too_and_the_lessons_all_of_them():
    held = {name: record.parse(name, saved(pick)) for name, pick in (("a", "x"), ("b", "y"))}
    for receipt in (record.receipt("practice", "c", Record(), held), record.lesson_receipt("practice", held)):
        cell = {"outputs": [{"data": {record.RECEIPT_MIME: receipt}}]}
        assert record.read({"cells": [cell], "metadata": {}}, "practice") == (held, {})


@pytest.mark.parametrize("answers", [None, 3, [], "a", {"b": "rubbish"}, {3: 4}])
def test_what_a_receipt_carries_of_other_answers_costs_its_own_nothing(answers):
    receipt = {**record.receipt("practice", "a", record.parse("a", saved("x"))), "answers": answers}
    records, _ = record.read({"cells": [{"outputs": [{"data": {record.RECEIPT_MIME: receipt}}]}]}, "practice")
    assert list(records) == ["a"]


def test_the_order_in_which_options_were_shown_is_a_part_of_the_record():
    kept = record.parse("a", {**saved("x"), "order": ["y", "x"]})
    assert kept.order == ("y", "x")
    assert record.parse("a", kept.to_json()) == kept
    assert "order" not in record.parse("a", saved("x")).to_json(), "records of the author's order stay as they were"


@pytest.mark.parametrize("order", ["yx", None, 3, [1], [["x"]], {"x": 1}])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(RecordError, match=r"^The record of 'a' "):
        record.parse("a", {**saved("x"), "order": order})


def test_the_receipt_of_a_question_not_answered_yet_is_no_problem():
    receipt = record.receipt("practice", "a", Record())
    cell = {"outputs": [{"data": {record.RECEIPT_MIME: receipt}}]}
    assert record.read({"cells": [cell], "metadata": {}}, "practice") == ({}, {})


def test_a_malformed_record_costs_only_its_own_question():
    records, problems = record.read(document({"a": "rubbish", "b": saved("x")}), "practice")
    assert list(records) == ["b"]
    assert problems == {"a": "The record of 'a' is malformed."}


def test_a_malformed_record_is_no_problem_where_a_receipt_holds_a_good_one():
    records, problems = record.read(document({"a": "rubbish"}, [("a", saved("x"))]), "practice")
    assert list(records) == ["a"]
    assert problems == {}


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        "text",
        [],
        {},
        ["revision", "attempts"],
        {"revision": 1},
        {**saved("x"), "more": 1},
        {"revision": 1, "attempts": None},
        {"revision": 1, "attempts": {}},
        {"revision": 1, "attempts": "xx"},
        {"revision": 1, "attempts": [None]},
        {"revision": 1, "attempts": [{"picks": ["x"]}]},
        {"revision": 1, "attempts": [{"picks": ["x"], "at": AT, "more": 1}]},
        {"revision": 1, "attempts": [{"picks": "x", "at": AT}]},
        {"revision": 1, "attempts": [{"picks": [1], "at": AT}]},
        {"revision": 1, "attempts": [{"picks": [["x"]], "at": AT}]},
        {"revision": 1, "attempts": [{"picks": ["x"], "at": None}]},
        {"revision": 1, "attempts": [{"picks": ["x"], "at": "yesterday"}]},
        {"revision": 1, "attempts": [{"picks": ["x"], "at": "2026-03-01\ud80009:41:00"}]},
        {"revision": 1, "attempts": [{"picks": ["\ud800"], "at": AT}]},
        saved("x", revision="1"),
        saved("x", revision=True),
        saved("x", revision=1.0),
        saved("x", revision=-1),
        saved("x", revision=10**9),
        saved("x", revision=0),
        saved(*["x"] * 101),
        saved("x" * 41_000),
        saved("ä" * 21_000),
    ],
)
def test_a_value_that_is_no_record_is_refused_with_a_sentence_that_names_the_question(value):
    with pytest.raises(RecordError, match=r"^The record of 'scores' .*\.$"):
        record.parse("scores", value)


def test_a_deeply_nested_record_costs_only_its_own_question():
    nested: list = []
    for _ in range(100_000):
        nested = [nested]
    records, problems = record.read(document({"a": nested, "b": saved("x")}), "practice")
    assert list(records) == ["b"]
    assert list(problems) == ["a"]
    while nested:  # taken apart step by step: Python would do it by recursion
        nested = nested[0]


def test_a_file_of_a_hundred_thousand_brackets_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "practice.ipynb"
    path.write_text('{"cells": [], "metadata": {"attention_course": ' + "[" * 100_000 + "]" * 100_000 + "}}")
    with pytest.raises(NotebookError, match="is not a notebook, or it is cut off"):
        notebook.load(path)


def test_megabytes_of_text_are_not_repeated_in_the_sentence():
    _, problems = record.read(document({"a": saved("x" * 5_000_000)}), "practice")
    assert problems == {"a": "The record of 'a' is far too long to be one of ours."}


@pytest.mark.parametrize("name", ["", "A B", "<b>", "a" * 65, "../x", 3, None, "x\n"])
def test_an_answer_under_an_impossible_name_is_said_and_left_out(name):
    records, problems = record.read(document({name: saved("x"), "b": saved("x")}), "practice")
    assert list(records) == ["b"]
    assert problems == {"": "The notebook holds an answer to something that is no question of this lesson."}


def test_of_far_too_many_answers_only_the_first_are_read():
    answers = {f"q{number}": saved("x") for number in range(2 * record.MOST_ENTRIES)}
    records, problems = record.read(document(answers), "practice")
    assert list(records) == list(answers)[: record.MOST_ENTRIES]
    assert problems == {"": "The notebook holds more than 1000 answers, so the rest of them is not read."}


@pytest.mark.parametrize("whole", ["rubbish", 3, [], {}, {"version": 2, "answers": {}}, {"version": 1, "answers": []}])
def test_where_the_metadata_is_malformed_the_receipts_still_count(whole):
    damaged = document(receipts=[("a", saved("x"))])
    damaged["metadata"] = {"attention_course": whole}
    records, problems = record.read(damaged, "practice")
    assert list(records) == ["a"]
    assert problems == {"": "The notebook's record of answers is malformed, so only its receipts can be read."}


def test_the_answers_of_another_lesson_are_not_read():
    foreign = document({"a": saved("x")}, lesson="other")
    foreign["cells"] = document(receipts=[("a", saved("x"))])["cells"]
    foreign["cells"][0]["outputs"][0]["data"][record.RECEIPT_MIME]["lesson"] = "other"
    records, problems = record.read(foreign, "practice")
    assert records == {}
    assert problems == {"": "The notebook's record of answers belongs to another lesson than 'practice'."}


def test_what_is_written_is_what_is_read():
    now = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)
    records = {"b": Record().with_attempt(("64**0.5", "softmax"), now), "a": Record().with_attempt(("C",), now)}
    document = {"cells": [], "metadata": {"kernelspec": {}}}
    record.write(document, "practice", records)
    document = json.loads(json.dumps(document))
    assert record.read(document, "practice") == (records, {})
    assert list(document["metadata"]["attention_course"]["answers"]) == ["a", "b"]
    assert document["metadata"]["kernelspec"] == {}


def test_problems_that_were_written_are_noted():
    document = {"cells": [], "metadata": {}}
    record.write(document, "practice", {}, {"a": "The record of 'a' is malformed."})
    assert record.noted_problems(document) == {"a": "The record of 'a' is malformed."}
    record.write(document, "practice", {})
    assert record.noted_problems(document) == {}


@pytest.mark.parametrize("noted", [None, [], "x", {"a": 3}, {"a": ["x"]}])
def test_malformed_notes_of_problems_are_left_out(noted):
    assert record.noted_problems(document({}, problems=noted)) == {}


def test_a_noted_problem_is_cut_to_the_length_of_a_sentence():
    assert len(record.noted_problems(document({}, problems={"a": "x" * 10_000}))["a"]) == 300


def test_a_new_attempt_raises_the_revision_and_leaves_the_old_record_alone():
    first = Record()
    second = first.with_attempt(("x",), datetime(2026, 3, 1, 9, 41, tzinfo=UTC))
    assert (first.revision, first.attempts) == (0, ())
    assert (second.revision, second.attempts) == (1, (Attempt(("x",), "2026-03-01T09:41:00+00:00"),))


WORDS = [
    "version",
    "lesson",
    "practice",
    "answers",
    "a",
    "revision",
    "attempts",
    "picks",
    "at",
    AT,
    record.RECEIPT_MIME,
]
WORDS += ["metadata", "attention_course", "cells", "outputs", "data", "question", "record", "\ud800", "", "\x00"]


def some_json(rng, depth=6):
    """Return a random JSON value, made of the words that mean something to us."""
    kind = rng.randrange(8) if depth else rng.randrange(4)
    if kind < 2:
        return rng.choice(WORDS)
    if kind < 4:
        return rng.choice([None, True, 0, 1, -1, 2, 1e308, float("nan"), 10**400])
    if kind < 6:
        return [some_json(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {rng.choice(WORDS): some_json(rng, depth - 1) for _ in range(rng.randrange(5))}


def spoiled(rng, value):
    """Return an honest JSON value with a part of it, somewhere, replaced by a random one."""
    if rng.random() < 0.15 or not value or not isinstance(value, dict | list):
        return some_json(rng, 3)
    copy = dict(value) if isinstance(value, dict) else list(value)
    key = rng.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
    copy[key] = spoiled(rng, copy[key])
    return copy


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_notebook_holds_reading_it_never_fails_and_what_is_read_can_be_saved(seed):
    rng = random.Random(seed)
    honest = document({"a": saved("x", "y"), "b": saved("x")}, [("a", saved("x")), ("c", saved("z"))])
    for _ in range(200):
        value = spoiled(rng, honest) if rng.random() < 0.8 else some_json(rng)
        records, problems = record.read(value, "practice")
        assert all(found.attempts for found in records.values())
        assert not set(records) & set(problems)
        copy = {"metadata": {}}
        record.write(copy, "practice", records, problems)
        again = json.loads(json.dumps(copy, ensure_ascii=False).encode("utf-8"))
        assert record.read(again, "practice") == (records, {})
