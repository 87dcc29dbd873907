"""Fixtures of the lessons' tests: what the lesson that a test file names `CELLS`, or `SOURCE`, computes and asks."""

from typing import Any

import pytest
from lesson_cells import Concepts
from written_answers import names_of

from attention_course.exercises.question import Question


@pytest.fixture(scope="module")
def concepts(request: pytest.FixtureRequest) -> Concepts:
    """What the concept cells defined, printed and drew."""
    return request.module.CELLS.run_concepts()


@pytest.fixture(scope="module")
def questions(request: pytest.FixtureRequest) -> dict[str, Question]:
    """The questions that the exercises ask, by their names."""
    return request.module.CELLS.questions()


@pytest.fixture(scope="module")
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What all cells of a lesson that asks for code define, hidden tests included; `SOURCE` is its notebook."""
    return names_of(request.module.SOURCE)


@pytest.fixture(scope="module")
def answers(names: dict[str, Any]) -> dict[str, Any]:
    """The answers to the questions of such a lesson, by their names."""
    return names["lesson"].answers
