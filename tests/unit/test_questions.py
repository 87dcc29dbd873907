import itertools
import re
from random import Random

import pytest

from attention_course import Blanks, Choice
from attention_course.errors import PicksError, QuestionError, SealError
from attention_course.exercises.seal import seal

DOUBLE = {"prompt": "Double it.", "program": "x = 2\ny = [1] * 2", "options": ["x", "1", "y"], "key": ["x"]}
CAPITAL = {"prompt": "Which is a vowel?", "options": ["b", "a"], "key": "B"}
STEPS = {"steps": ["One.", "Two."], "answer": "B: a", "check": "Say it."}


def blanks(**changes):
    return Blanks("double", "easy", **{**DOUBLE, **changes})


def choice(**changes):
    return Choice("vowel", "easy", **{**CAPITAL, **changes})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"program": "y = 1"}, "the program has no blank [1]"),
        ({"program": ""}, "the program has no blank [1]"),
        ({"program": "y = [2]"}, "blanks are numbered 1, 2, … and each stands once, but the program has [2]"),
        ({"program": "y = [1] + [1]"}, "but the program has [1, 1]"),
        ({"program": "y = [1] + [3]"}, "but the program has [1, 3]"),
        ({"program": "y = = [1]"}, "the program does not parse"),
        ({"program": 3}, "program is a text"),
        ({"draw": "y = = 1"}, "the draw code does not parse"),
        ({"draw": 3}, "draw is a text"),
        ({"key": ["z"]}, "the key 'z' is not an option"),
        ({"key": []}, "the key needs one option for each of 1 blank(s)"),
        ({"key": ["x", "y"]}, "the key needs one option for each of 1 blank(s)"),
        ({"key": 3}, "the key needs one option for each of 1 blank(s)"),
        ({"options": ["x", "1", "x"]}, "the option 'x' is there twice"),
        ({"options": ["x"]}, "at least two options are needed"),
        ({"options": "xy"}, "options is a list of texts"),
        ({"options": ["x", 1]}, "options is a list of texts"),
        ({"options": ["x", " "]}, "options is a list of texts, none of them empty"),
        ({"options": [f"x{n}" for n in range(27)], "key": None}, "there are more options than letters"),
        ({"mistakes": "Forgetting it."}, "mistakes is a list of texts"),
        ({"prompt": ""}, "a prompt is missing"),
        ({"prompt": ["Double it."]}, "prompt is a text"),
        ({"hint": 3}, "hint is a text"),
        ({"attempts": 0}, "attempts is a whole number from 1"),
        ({"attempts": True}, "attempts is a whole number from 1"),
        ({"attempts": None}, "attempts is a whole number from 1"),
        ({"points": 0}, "points is a positive number, not 0"),
        ({"points": "2"}, "points is a positive number, not '2'"),
        ({"points": True}, "points is a positive number"),
        ({"points": float("inf")}, "points is a positive number"),
        ({"why_not": {"z": "No."}}, "why_not names 'z', which is not an option"),
        ({"why_not": {"x": "No."}}, "why_not gives a reason against the key 'x'"),
        ({"why_not": [{}, {}]}, "why_not needs one dict for each of 1 blanks"),
        ({"why_not": ["no"]}, "why_not says in a dict, for each wrong option, why it is wrong"),
        ({"why_not": {"y": 3}}, "why_not says in a dict, for each wrong option, why it is wrong"),
        ({"solution": {"steps": []}}, "a solution is a text"),
        ({"key": None, "solution": "It is x."}, "a why_not or a solution needs a key"),
        ({"sealed": "…"}, "give either the key or sealed, not both"),
        ({"answer": "x", "score": 1}, "there is no argument 'answer', 'score'"),
    ],
)
def test_a_badly_written_task_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        blanks(**changes)
    assert str(caught.value).startswith("Question 'double': ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "a"}, "the key 'a' is not an option"),
        ({"key": "C"}, "the key 'C' is not an option"),
        ({"why_not": {"a": "No."}}, "why_not names 'a', which is not an option"),
        (
            {"solution": "It is a."},
            'a solution is a dict with "steps" (a list of texts) and "check", and perhaps "answer"',
        ),
        ({"solution": {**STEPS, "answer": ""}}, "a solution is a dict"),
        ({"shuffle": 1}, "shuffle is True or False"),
        ({"solution": {**STEPS, "steps": "One."}}, "a solution is a dict"),
        ({"solution": {**STEPS, "more": "…"}}, "a solution is a dict"),
        ({"draw": "("}, "the draw code does not parse"),
        ({"code": 3}, "code is a text"),
        ({"program": "y = [1]"}, "there is no argument 'program'"),
    ],
)
def test_a_badly_written_choice_is_refused_with_a_sentence_that_names_it(changes, sentence):
    with pytest.raises(QuestionError, match=re.escape(sentence)) as caught:
        choice(**changes)
    assert str(caught.value).startswith("Question 'vowel': ")


@pytest.mark.parametrize("name", ["Double", "two words", "", "-a", "a" * 65, "ä", None, 3])
def test_a_name_that_no_record_could_carry_is_refused(name):
    with pytest.raises(QuestionError, match="a name is made of small letters, digits and hyphens"):
        Blanks(name, "easy", **DOUBLE)


@pytest.mark.parametrize("difficulty", ["simple", "Easy", "", None])
def test_an_unknown_difficulty_is_refused(difficulty):
    with pytest.raises(QuestionError, match="difficulty is one of easy, medium, hard"):
        Blanks("double", difficulty, **DOUBLE)


def test_a_filling_is_a_pure_function():
    question = blanks()
    before = question.program
    assert question.filled(["x"]) == question.filled(["x"]) == "x = 2\ny = x * 2"
    assert question.filled(["1"]) == "x = 2\ny = 1 * 2"
    assert question.program == before


def test_blanks_are_filled_by_their_number_and_not_by_their_place():
    question = blanks(program="y = [2] - [1]", key=["x", "y"])
    assert question.filled(["x", "y"]) == "y = y - x"


def test_an_option_that_looks_like_a_blank_is_not_filled_again():
    question = blanks(program="y = [1] + [2]", options=["x[2]", "x"], key=["x", "x"])
    assert question.filled(["x[2]", "x"]) == "y = x[2] + x"


def test_only_the_key_is_right():
    question = blanks(program="y = [1] - [2]", key=["x", "y"])
    right = [picks for picks in itertools.product(question.ids, repeat=2) if question.is_right(picks)]
    assert right == [("x", "y")]


def test_a_wrong_filling_names_each_wrong_blank_and_its_reason():
    question = blanks(program="y = [1] - [2]", key=["x", "y"], why_not=[{"1": "One is no x."}, {}])
    assert question.why_wrong(["1", "x"]) == [(1, "1", "One is no x."), (2, "x", "")]
    assert question.why_wrong(["x", "y"]) == []


def test_of_too_many_fillings_those_near_the_key_are_tried():
    six = blanks(
        program="y = [" + "], [".join("123456") + "]", options=list("abcdef"), key=list("abcdef"), why_not=None
    )
    assert six.every_answer() is None
    key, *others = six.samples()
    assert key == tuple("abcdef")
    assert len(others) == len(set(others)) == 6 * 5 + 6
    assert not any(six.is_right(picks) for picks in others)
    assert len([*blanks().samples()]) == len(blanks().options)


def test_a_choice_whose_options_are_a_mere_list_is_answered_by_letter():
    question = choice()
    assert question.ids == ["A", "B"]
    assert question.is_right(["B"])
    assert not question.is_right(["A"])


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        ([""], "Fill every blank, then check."),
        (["z"], "'z' was never offered as an option of 'double'."),
        ([], "An answer to 'double' has 1 part(s), this one has 0."),
        (["x", "x"], "An answer to 'double' has 1 part(s), this one has 2."),
        ("x", "An answer to 'double' is a list of texts."),
        ([1], "An answer to 'double' is a list of texts."),
        (None, "An answer to 'double' is a list of texts."),
        ({"x": 1}, "An answer to 'double' is a list of texts."),
    ],
)
def test_picks_that_are_no_answer_are_refused_with_a_sentence(picks, sentence):
    with pytest.raises(PicksError) as caught:
        blanks().check_picks(picks)
    assert str(caught.value) == sentence


def test_a_very_long_pick_is_not_repeated_whole():
    with pytest.raises(PicksError) as caught:
        blanks().check_picks(["z" * 10_000])
    assert len(str(caught.value)) < 200


def test_without_a_key_nothing_is_judged():
    question = blanks(key=None)
    assert not question.judged
    with pytest.raises(QuestionError, match="the key is held back"):
        question.is_right(["x"])


def test_a_sealed_question_is_the_question_in_plain():
    hidden = {"key": ["x"], "why_not": {"1": "No."}, "solution": "It is `x`."}
    plain, sealed = blanks(**hidden), blanks(key=None, sealed=seal(hidden))
    assert (sealed.key, sealed.why_not, sealed.solution) == (plain.key, plain.why_not, plain.solution)


def test_the_picture_of_a_choice_is_sealed_with_its_key():
    hidden = {"key": "B", "draw": "heatmap([[1.0]])"}
    assert choice(key=None, sealed=seal(hidden)).draw == "heatmap([[1.0]])"


def test_the_key_cannot_be_read_in_its_seal():
    assert "softmax" not in seal({"key": ["softmax"], "solution": "It is softmax, softmax and softmax."})


def test_a_seal_is_one_line_and_the_same_each_time():
    hidden = {"solution": "One.\n\nTwo: “Kᵀ”.", "key": ["x"]}
    assert seal(hidden) == seal(dict(reversed(hidden.items())))
    assert seal(hidden).splitlines() == [seal(hidden)]


@pytest.mark.parametrize("damaged", ["", "x", "ä", seal({"key": ["x"]})[:-4], seal(["x"]), 3])
def test_a_damaged_seal_is_said_with_what_to_do(damaged):
    with pytest.raises(SealError, match=r"Question 'double': its sealed part .*; take a fresh copy of the notebook"):
        blanks(key=None, sealed=damaged)


def test_a_question_is_titled_by_kind_and_number():
    assert blanks(number=3).title == "Task 3"
    assert choice(number=1).title == "Question 1"
    assert choice().title == "Question"


# ---- the options' order


def vowels(**changes):
    options = {"b": "b", "a": "a", "c": "c", "d": "d"}
    return Choice("vowel", "easy", **{"prompt": "Which is a vowel?", "options": options, "key": "a", **changes})


def test_each_student_sees_the_options_of_a_choice_in_an_order_of_chance():
    orders = {tuple(vowels().shuffled(Random(seed)).ids) for seed in range(50)}
    assert len(orders) > 10
    assert {frozenset(order) for order in orders} == {frozenset("abcd")}


def test_an_order_changes_letters_and_nothing_else():
    question = vowels(solution={"steps": ["Say it."], "answer": "B: a", "check": "Again."})
    shown = question.reordered(["d", "c", "b", "a"])
    assert question.ids == ["b", "a", "c", "d"], "the question itself is not changed"
    assert (shown.is_right(["a"]), shown.letter_of("a"), shown.picked_text(["a"])) == (True, "D", "D, a")
    assert "<strong>Answer</strong> D: a</p>" in shown.solution_html("")
    assert "<strong>Answer</strong> B: a</p>" in question.solution_html("")
    assert [shown.mistake_text(name) for name in "dcb"] == ["A", "B", "C"]


def test_a_solution_that_gives_no_answer_names_the_right_option_with_its_letter():
    question = vowels(solution={"steps": ["Say it."], "check": "Again."}).reordered(["c", "a"])
    assert question.ids == ["c", "a", "b", "d"], "what an order does not name comes last"
    assert "<strong>Answer</strong> B: a</p>" in question.solution_html("")


@pytest.mark.parametrize(
    "question", [vowels(shuffle=False), choice(), blanks()], ids=["shuffle=False", "a mere list", "a task"]
)
def test_where_the_order_is_the_authors_it_stays(question):
    assert question.order == ()
    for other in (question.shuffled(Random(1)), question.reordered(question.ids[::-1])):
        assert other.ids == question.ids
