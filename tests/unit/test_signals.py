"""Signals: what is listed to be looked at, and what is not; on a class of a thousand, too."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from attention_course.answers import answer_code, record
from attention_course.answers.record import Record
from attention_course.instructor.grading import by_code
from attention_course.instructor.signals.all_signals import all_signals
from attention_course.instructor.signals.foreign_code import foreign_code
from attention_course.instructor.signals.older_than_release import older_than_release
from attention_course.instructor.signals.same_records import same_records
from attention_course.instructor.signals.same_shape import same_shape
from attention_course.instructor.signals.shape import beyond, shape, statements
from attention_course.instructor.signals.trace import Kind, Trace, digest

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)


def records(*at: datetime, name: str = "q", pick: str = "a") -> dict[str, Record]:
    made = Record()
    for time_of in at:
        made = made.with_attempt((pick,), time_of)
    return {name: made}


def at(*seconds: int) -> list[datetime]:
    return [TEN + timedelta(seconds=passed) for passed in seconds]


def students(kind: Kind) -> list[tuple[str, ...]]:
    return [signal.students for signal in kind.signals]


def test_a_notebook_that_was_handed_on_is_listed_once_with_all_its_holders() -> None:
    same = records(*at(0, 30, 60))
    traces = [Trace("ann", same), Trace("bob", records(*at(1, 31, 61))), Trace("cleo", same), Trace("dora", same)]
    (signal,) = same_records(traces).signals
    assert signal.students == ("ann", "cleo", "dora")
    assert signal.sentence == "3 attempts are the same to the second, at q."


def test_a_chance_meeting_in_a_full_room_is_not_listed() -> None:
    traces = [Trace("ann", records(*at(0, 30, 60))), Trace("bob", records(*at(0, 30, 61)))]
    assert not same_records(traces).signals


def test_the_same_seconds_with_other_picks_are_not_listed() -> None:
    traces = [Trace("ann", records(*at(0, 30, 60))), Trace("bob", records(*at(0, 30, 60), pick="b"))]
    assert not same_records(traces).signals


def test_times_that_nobody_knows_are_no_times() -> None:
    never = records(*[datetime.fromtimestamp(0, UTC)] * 3)
    assert not same_records([Trace("ann", never), Trace("bob", never)]).signals


def test_a_record_from_before_the_release_is_listed_with_its_first_day() -> None:
    released = TEN.timestamp()
    traces = [Trace(f"s{i}", records(*at(0, 60))) for i in range(30)]
    traces += [
        Trace("old", records(TEN - timedelta(days=300), TEN)),
        Trace("clock", records(TEN - timedelta(hours=20))),
    ]
    kind = older_than_release(traces, released)
    assert students(kind) == [("old",)]
    assert kind.signals[0].sentence.startswith(
        "1 attempt from before the release of 2026-11-02, the first of 2026-01-0"
    )


def test_a_release_that_was_made_anew_accuses_nobody() -> None:
    traces = [Trace(f"s{i}", records(*at(0, 60))) for i in range(30)]
    (signal,) = older_than_release(traces, TEN.timestamp() + 9 * 86400).signals
    assert signal.students == ()
    assert "30 of 30 notebooks" in signal.sentence
    assert not older_than_release(traces, 0).signals  # there is no release


def test_an_answer_code_of_somebody_elses_is_listed() -> None:
    anns = records(*at(0, 30, 60))
    code = frozenset(digest("q", attempt.at) for attempt in anns["q"].attempts)
    traces = [Trace("ann", anns), Trace("bob", anns, code), Trace("cleo", records(*at(5)))]
    (signal,) = foreign_code(traces).signals
    assert signal.students == ("bob", "ann")
    assert signal.sentence == "3 attempts in the answer code of bob are ann’s."


def test_ones_own_answer_code_is_not_listed() -> None:
    anns = records(*at(0, 30, 60))
    code = frozenset(digest("q", attempt.at) for attempt in anns["q"].attempts)
    assert not foreign_code([Trace("ann", anns, code), Trace("bob", records(*at(5)))]).signals


def test_grading_notes_which_attempts_came_with_a_code() -> None:
    made = records(*at(0, 30))
    code = answer_code.encode("practice", {name: one.to_json() for name, one in made.items()})
    notebook = {"metadata": {}, "cells": [{"cell_type": "markdown", "source": f"My code: {code}"}]}
    coded = by_code.attempts_in(notebook, "practice")
    assert coded == sorted(digest("q", attempt.at) for attempt in made["q"].attempts)
    assert by_code.attempts_in(notebook, "learn") == []
    record.write(notebook, "practice", made)
    notebook["metadata"][record.METADATA_KEY][by_code.CODED] = coded
    assert by_code.noted(notebook) == {*coded}
    notebook["metadata"][record.METADATA_KEY][by_code.CODED] = {"a": 1}
    assert by_code.noted(notebook) == frozenset()


STARTER = "def attend(q, k, v):\n    raise NotImplementedError\n"
REFERENCE = """def attend(q, k, v):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    return scores.softmax(dim=-1) @ v
"""
ODD = """def attend(q, k, v):
    "Look it up."
    n = q.shape[0]
    rows = []
    for i in range(n):
        line = [(q[i] * k[j]).sum().item() for j in range(k.shape[0])]
        top = max(line) + 0.25
        powers = [2.718281828 ** ((one - top) / k.shape[1] ** 0.5) for one in line]
        rows.append(sum(p * v[j] for j, p in enumerate(powers)) / sum(powers))
    return torch.stack(rows)
"""
RENAMED = ODD.replace("rows", "out").replace("line", "mine").replace('    "Look it up."\n', "    # all my own\n")


def written(student: str, source: str) -> Trace:
    return Trace(student, {"attend": Record().with_attempt((source,), TEN)})


def different(i: int) -> str:
    return REFERENCE.replace("return", f"scores = scores + {i}\n    return")


def shapes(traces: Sequence[Trace]) -> list[tuple[str, ...]]:
    return students(same_shape(traces, {"attend": [STARTER, REFERENCE]}))


def test_the_same_odd_code_under_other_names_is_listed() -> None:
    traces = [written(f"s{i}", different(i)) for i in range(10)]
    assert shapes([*traces, written("ann", ODD), written("bob", RENAMED)]) == [("ann", "bob")]


def test_what_the_task_forces_is_not_listed() -> None:
    traces = [written(f"s{i}", different(i)) for i in range(10)]
    alike = REFERENCE.replace("scores", "s").replace("return", "\n    return")
    assert shapes([*traces, written("ann", alike), written("bob", REFERENCE)]) == []
    small = REFERENCE.replace("/ q.shape[-1] ** 0.5", "* q.shape[-1] ** -0.5")  # one line of its own
    assert shapes([*traces, written("ann", small), written("bob", small)]) == []
    assert shapes([*traces, written("ann", STARTER), written("bob", STARTER)]) == []


def test_what_many_have_or_few_answered_is_not_listed() -> None:
    traces = [written(f"s{i}", different(i)) for i in range(10)]
    assert shapes([*traces, *(written(f"odd{i}", ODD) for i in range(5))]) == []
    assert shapes([*traces[:3], written("ann", ODD), written("bob", ODD)]) == []
    assert shapes([written(f"s{i}", REFERENCE) for i in range(20)] + [written("ann", ODD), written("bob", ODD)]) == []


def test_a_shape_keeps_what_is_done_and_forgets_what_it_is_called() -> None:
    assert shape(ODD) == shape(RENAMED) != shape(ODD.replace("0.25", "0.5"))
    assert shape("x = softmax(a, dim=1)") != shape("x = softmax(a, axis=1)")
    assert shape("def f(x: int) -> int:\n    return x") == shape("def g(y):\n    return y")
    assert shape("def f(:") == shape("1\0") == ""
    assert beyond(REFERENCE, frozenset(told for told, _ in statements(REFERENCE))) == 0


@pytest.mark.parametrize(
    "source",
    ["match x:\n    case 1:\n        y = 2\n", "try:\n    a\nexcept E as e:\n    b\n", "class A:\n    x: int\n"],
)
def test_every_kind_of_statement_has_a_shape(source: str) -> None:
    assert shape(source)
    assert sum(size for _, size in statements(source))


def test_a_class_of_a_thousand_takes_no_time() -> None:
    traces = []
    for i in range(1000):
        made = {f"q{n}": records(*at(i * 7 + n, i * 7 + n + 90))["q"] for n in range(10)}
        made |= {f"code{n}": Record().with_attempt((different(i),), TEN + timedelta(seconds=i)) for n in range(2)}
        traces.append(Trace(f"s{i:04}", made))
    traces.append(replace(traces[500], student="copy"))
    begun = time.process_time()
    kinds = all_signals(traces, {f"code{n}": [STARTER, REFERENCE] for n in range(2)}, TEN.timestamp())
    assert time.process_time() - begun < 10
    assert [students(kind) for kind in kinds] == [[("copy", "s0500")]]
