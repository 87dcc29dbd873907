"""The lesson `test`: its cells, and the places in other lessons that its result sends to."""

import re

import pytest
from lesson_cells import LessonCells

from attention_course.bank.concepts import TAUGHT
from attention_course.exercises.concepts import CONCEPTS

CELLS = LessonCells("test")


def test_it_asks_one_question_on_each_concept(questions):
    assert list(questions) == CELLS.exercises == list(CONCEPTS)


def test_titles_and_points_are_as_stated(questions):
    CELLS.check_titles(questions)
    CELLS.check_points(questions)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_where_to_look_again_is_a_heading_of_that_lesson(concept):
    taught = TAUGHT[concept]
    headings = [line for text in LessonCells(taught.lesson).sources.values() for line in text.splitlines()]
    assert any(re.fullmatch(rf"## {re.escape(taught.heading)}( · \d+ minutes?)?", line) for line in headings)
    assert (
        CELLS.sources[f"{concept}-heading"].endswith(f" · {taught.name}") or f"{concept}-heading" not in CELLS.sources
    )
