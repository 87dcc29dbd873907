"""Attention without a (T, S) tensor, in the lesson `challenge`: what a process held says whether there was one."""

import textwrap
from pathlib import Path

import pytest

from attention_course import Lesson, Write
from attention_course.answers.code_answer import CodeAnswer
from attention_course.instructor.source import cells

SOURCE = Path(__file__).parents[2] / "source/challenge/challenge.ipynb"
TEST = "no (T, S) tensor"


@pytest.fixture(scope="module")
def online() -> CodeAnswer:
    """The question, with its hidden tests."""
    asked = next(cell for cell in cells.code_cells(cells.load_source(SOURCE)) if cell.id == "online")
    names = {"lesson": Lesson("challenge"), "Write": Write}
    exec("import torch\nimport torch.nn.functional as F\n" + asked.source, names)
    return names["answer"]


def passes(sandbox, online, text):
    """Does an answer pass the test of its memory, in a locked process?"""
    before, limits = online.before(own=False), online.question.limits
    opening = lambda: sandbox.open([*before, text], seed=1, **limits)  # noqa: E731
    (came,) = online.tests.only(TEST).run(opening, online.right(), seed=1)
    return came.passed


def test_the_reference_never_holds_the_scores(sandbox, online):
    assert passes(sandbox, online, online.question.key)


@pytest.mark.parametrize("wrong", ["all scores at once", "the blocks' scores collected"])
def test_who_holds_all_scores_is_found(sandbox, online, wrong):
    assert not passes(sandbox, online, textwrap.dedent(online.question.wrong[wrong]["code"]))
