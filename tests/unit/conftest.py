"""Fixtures of the lessons' tests: what the lesson that a test file names `CELLS` computes and asks."""

import pytest
from lesson_cells import Concepts

from attention_course.exercises.question import Question


@pytest.fixture(scope="module")
def concepts(request: pytest.FixtureRequest) -> Concepts:
    """What the concept cells defined, printed and drew."""
    return request.module.CELLS.run_concepts()


@pytest.fixture(scope="module")
def questions(request: pytest.FixtureRequest) -> dict[str, Question]:
    """The questions that the exercises ask, by their names."""
    return request.module.CELLS.questions()
