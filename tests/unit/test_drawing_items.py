import json
from itertools import pairwise

import pytest
from made_bank import made_bank, made_items

from attention_course.answers.drawn import Drawn
from attention_course.bank import draw
from attention_course.bank.items import Items
from attention_course.errors import LessonError
from attention_course.exercises.concepts import CONCEPTS
from attention_course.instructor.release import hold_back

BANK = made_bank()


def ten(seed, sitting=0):
    return [BANK.drawn(concept, (seed, sitting)).item for concept in CONCEPTS]


@pytest.mark.parametrize("seed", [0, 1, 2, 271828])
def test_three_forms_share_no_item_and_each_asks_all_ten_concepts(seed):
    forms = [ten(seed, sitting) for sitting in range(3)]
    assert len({item for form in forms for item in form}) == 30
    for form in forms:
        assert [item.split("-")[0] for item in form] == list(CONCEPTS)
        levels = [item.split("-")[1] for item in form]
        assert sorted(levels.count(level) for level in ("easy", "medium", "hard")) == [3, 3, 4]


def test_form_f_gives_concept_i_the_difficulty_i_plus_f_mod_3():
    assert [draw.difficulty("lookup", seed, 0) for seed in range(3)] == ["easy", "medium", "hard"]
    assert draw.difficulty("scores", 1, 0) == "hard"
    assert draw.difficulty("scores", 1, 1) == "easy"


def test_sixty_seeds_are_sixty_different_tens():
    assert len({tuple(ten(seed)) for seed in range(60)}) == 60


def test_the_same_seed_asks_the_same_ten_everywhere():
    assert ten(8123, 4) == ten(8123, 4)
    assert ten(8123)[:2] == ["lookup-hard-5", "scores-easy-1"]  # written down: it may never change


def test_fifteen_sittings_ask_nothing_twice_and_the_sixteenth_begins_anew():
    seen = [item for sitting in range(15) for item in ten(7, sitting)]
    assert len(set(seen)) == 150
    assert ten(7, 15) == ten(7)
    assert all(not set(ten(7, a)) & set(ten(7, b)) for a, b in pairwise(range(15)))


def test_a_question_is_named_after_its_concept_has_one_attempt_and_its_item():
    question = BANK.question("scores", BANK.drawn("scores", (8123, 0)), 2)
    assert (question.name, question.title, question.attempts) == ("scores", "Question 2", 1)
    assert (question.drawn.item, question.difficulty) == ("scores-easy-1", "easy")
    assert question.is_right(question.key)


@pytest.mark.parametrize("item", ["scores-hard-1", "lookup-easy-1", "nothing", ""])
def test_an_item_that_no_form_gives_is_refused(item):
    with pytest.raises(LessonError, match="is no item of its sitting"):
        BANK.question("scores", Drawn(8123, 0, item))


def test_other_numbers_than_those_drawn_are_taken_since_a_bank_may_grow():
    assert BANK.question("scores", Drawn(8123, 0, "scores-easy-5")).drawn.item == "scores-easy-5"


def test_a_concept_that_is_none_is_said():
    with pytest.raises(LessonError, match="no concept 'query', it has: lookup, scores"):
        BANK.drawn("query", (1, 0))


def test_where_nothing_is_judged_before_grading_a_release_has_no_keys_of_the_bank():
    items = json.loads(hold_back.held_back(json.dumps(made_items())))
    question = Items(items).question("scores", BANK.drawn("scores", (8123, 0)))
    assert not question.judged
    assert question.prompt == "Of scores, easy: how much is 1 + 1?"
    assert not [item for item in items if "sealed" in item]
