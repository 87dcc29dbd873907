"""A small model is trained anew in the locked process, from a student's own code, and judged by what it has learned."""

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from classroom import ROOT
from warm import FILE_MODES, Sandboxes

from attention_course.answers.code_answer import CodeAnswer
from attention_course.instructor.sandbox.sandbox import Sandbox
from attention_course.instructor.source import cells

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

SOURCE = ROOT / "source/experiment/experiment.ipynb"
NEEDED = {"setup", "my-tiny-lm-code", "my-tiny-lm", "exp-induction-code", "exp-induction"}
FIRST, LEARNS, LEARNED = "a loss for each batch, before its step", "the given model learns", "the pattern is learned"


@pytest.fixture(scope="module")
def whole() -> Iterator[Sandbox]:
    """A sandbox that has optimisers, as the one of a grading run."""
    with closing(Sandboxes()) as each:
        yield each[FILE_MODES[0]]


@pytest.fixture(scope="module")
def asked() -> CodeAnswer:
    """The answer to the task that trains, with its hidden tests."""
    names: dict[str, Any] = {}
    for cell in cells.code_cells(cells.load_source(SOURCE)):
        if cell.id in NEEDED:
            exec(compile(cell.source, cell.id, "exec", dont_inherit=True), names)
    return names["lesson"].answers["exp-induction"]


def came(asked: CodeAnswer, sandbox: Sandbox, *own: str, **limits: Any) -> dict[str, Any]:
    """Return what came of each hidden test; `own` are the student's cells, behind what the lesson brings."""
    given, limits = asked.before(own=False), asked.question.limits | limits
    results = asked.tests.run(lambda: sandbox.open([*given, *own], seed=1, **limits), asked.right(), seed=1)
    return {each.name: each for each in results}


def test_a_student_s_model_is_trained_anew_and_has_learned_the_pattern(asked: CodeAnswer, whole: Sandbox) -> None:
    results = came(asked, whole, str(asked.question.key))
    assert {name: each.passed for name, each in results.items()} == {FIRST: True, LEARNS: True, LEARNED: True}


def test_a_model_that_looks_at_the_token_it_is_to_guess_gets_nothing(asked: CodeAnswer, whole: Sandbox) -> None:
    peeking = str(asked.used()[0].question.key).replace(", causal_keep(len(positions))", "")
    results = came(asked, whole, peeking, str(asked.question.key))
    assert not results[FIRST].passed
    assert not results[LEARNED].passed


def test_a_trainer_that_hangs_is_stopped_and_that_is_said(asked: CodeAnswer, whole: Sandbox) -> None:
    results = came(asked, whole, "def train(model, tokens, where):\n    while True: pass", seconds=0.5)
    assert {each.raised for each in results.values()} == {"it took longer than 0.5 seconds"}
    assert not any(each.passed for each in results.values())
