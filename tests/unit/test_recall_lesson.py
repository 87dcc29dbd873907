"""The lesson `recall`: 24 cards, each true, and what is due at the top."""

from collections import Counter

import pytest
from lesson_cells import LessonCells

from attention_course.exercises.card import Card
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.question import Question

CELLS = LessonCells("recall")
UNPROVEN = {"card-sentence", "card-importance"}  # words alone


def test_it_has_24_cards_numbered_in_their_order(questions: dict[str, Question]) -> None:
    CELLS.check_titles(questions)
    assert {type(question) for question in questions.values()} == {Card}
    assert len(questions) == 24
    assert "24 cards" in CELLS.sources["title"]


def test_every_concept_has_two_cards_at_least_and_stands_together(questions: dict[str, Question]) -> None:
    concepts = [question.concept for question in questions.values() if isinstance(question, Card)]
    assert list(dict.fromkeys(concepts)) == list(CONCEPTS)
    assert min(Counter(concepts).values()) >= 2
    assert concepts == sorted(concepts, key=CONCEPTS.index)


@pytest.mark.parametrize("name", CELLS.exercises)
def test_what_a_card_says_is_true_and_its_picture_can_be_drawn(name: str, questions: dict[str, Question]) -> None:
    card = questions[name]
    assert isinstance(card, Card)
    assert bool(card.proof) == (name not in UNPROVEN)
    assert card.contradiction() == ""
    shown = card.perform(())
    assert (shown.picture is not None, shown.complaint) == (bool(card.draw), "")


def test_cards_are_short(questions: dict[str, Question]) -> None:
    for name, card in questions.items():
        assert isinstance(card, Card)
        assert len(f"{card.prompt} {card.answer}".split()) <= 75, name
        assert len(card.answer or "") <= 260, name


def test_the_cards_name_what_they_are_to_name(questions: dict[str, Question]) -> None:
    said = {name: f"{card.answer}" for name, card in questions.items() if isinstance(card, Card)}
    assert "**takes part**" in said["card-true-takes-part"]
    assert "**blocked**" in said["card-true-blocks"]
    assert "131 072 bytes" in said["card-cache"]
    assert "1 050 624" in said["card-parameters"]
    shapes = [name for name, text in said.items() if "(B, " in text]
    assert len(shapes) >= 5


def test_what_is_due_stands_before_the_first_card() -> None:
    names = list(CELLS.sources)
    assert names.index("setup") < names.index("today") < names.index("card-formula")
    assert CELLS.sources["today"] == "today(lesson)"
