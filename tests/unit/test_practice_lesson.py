"""The lesson `practice`: what its passages compute and survive, what its pictures show, what its texts say."""

import math
import re

import classroom
import pytest
import torch
from lesson_cells import Concepts, LessonCells

from attention_course.exercises.question import Question
from attention_course.pictures.picture import Picture

CELLS = LessonCells("practice")
SOURCES, CODE, EXERCISES, CONCEPTS = CELLS.sources, CELLS.code, CELLS.exercises, CELLS.concepts
PASSAGES = [name for name in SOURCES if name not in CODE and SOURCES[name].count("\n\n")]
OTHERS = ("title", "result-heading", "hand-in", "answer-code")


def alt(question: Question, *picks: str) -> str:
    picture = question.perform(picks).picture
    assert picture is not None
    return picture.alt


# ---- passages


def test_every_answer_that_is_written_down_belongs_to_an_exercise_in_that_order() -> None:
    assert [name for name in classroom.TITLES if name in classroom.WRITTEN_DOWN] == list(classroom.WRITTEN_DOWN)


def test_its_exercises_are_numbered_by_their_kinds(questions: dict[str, Question]) -> None:
    CELLS.check_titles(questions)


def test_the_points_are_those_of_the_title(questions: dict[str, Question]) -> None:
    CELLS.check_points(questions)


def test_every_concept_cell_ends_in_a_picture(concepts: Concepts) -> None:
    assert [name for name, picture in concepts.pictures.items() if not isinstance(picture, Picture)] == []


@pytest.mark.parametrize("name", [name for name in PASSAGES if name not in OTHERS])
def test_a_passage_has_at_most_sixty_words(name: str) -> None:
    body = " ".join(line for line in SOURCES[name].splitlines() if not line.startswith("#"))
    assert len(body.split()) <= 60


@pytest.mark.parametrize(
    "query", ["[0, 2]", "[0.1, 0.7]", "[-3, 0.3]", "[0, 0]", "[40, 0]", "[1e6, -1e6]", "[0.30000001, -0.1]"]
)
def test_the_concept_cells_survive_any_query(query: str) -> None:
    edited = CELLS.run_concepts("scores-picture", "[1, 0.5]", query)
    assert all(isinstance(picture, Picture) for picture in edited.pictures.values())


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [
        ("why-attention-picture", "0.6, 0.1", "5, -1"),
        ("query-key-value-vectors", '"cat": [3, 0]', '"cat": [3.3, -0.1]'),
        ("weighted-sum-picture", "= 1.0", "= 0.1"),
        ("scaling-picture", "d_k = 256", "d_k = 4"),
        ("scaling-picture", "d_k = 256", "d_k = 1024"),
        ("one-formula-picture", '"was": [0, 1]', '"was": [100, -0.5]'),
    ],
)
def test_a_concept_cell_survives_an_edit(cell: str, old: str, new: str) -> None:
    edited = CELLS.run_concepts(cell, old, new)
    assert all(isinstance(picture, Picture) for picture in edited.pictures.values())


@pytest.mark.parametrize("name", CONCEPTS)
def test_no_line_of_a_concept_cell_is_cut_off_on_a_page(name: str) -> None:
    assert max(map(len, SOURCES[name].split("\n"))) <= 84


def test_no_concept_cell_asserts_anything() -> None:
    assert [name for name in CONCEPTS if re.search(r"^\s*assert\b", SOURCES[name], re.MULTILINE)] == []


def test_what_the_text_invites_to_try_changes_who_scores_highest(concepts: Concepts) -> None:
    assert "set the query to `[0, 2]`" in SOURCES["scores"]
    edited = CELLS.run_concepts("scores-picture", "[1, 0.5]", "[0, 2]")
    assert '"it" scores highest with "cat" (3.00)' in concepts.pictures["scores-picture"].alt
    assert '"it" scores highest with "tired" (6.00)' in edited.pictures["scores-picture"].alt


def test_the_slow_way_and_the_fast_one_come_to_the_same(concepts: Concepts) -> None:
    assert re.findall(r"same: (\w+)", concepts.printed) == ["True"] * 4


def test_the_one_formula_is_scaled_dot_product_attention(concepts: Concepts) -> None:
    names, _, pictures = concepts
    expected = torch.nn.functional.scaled_dot_product_attention(names["Q"], names["K"], names["V"])
    torch.testing.assert_close(names["outputs"], expected)
    assert "(attention weights, 7 rows by 7 columns)" in pictures["one-formula-picture"].alt
    assert "(output, 7 rows by 3 columns)" in pictures["one-formula-picture"].alt
    assert names["weights"][0, 1] > names["all_weights"][4, 1]  # "so that `cat` gets less"


def test_the_columns_of_the_weighted_sum_are_named(concepts: Concepts) -> None:
    said = concepts.pictures["weighted-sum-picture"].alt
    assert '"it" is largest at "furry" (0.58)' in said
    assert '"cat" at "furry", "slept" at "asleep", "tired" at "weary"' in said


def test_what_the_heads_make_is_shown_joined(concepts: Concepts) -> None:
    names, _, pictures = concepts
    for head in range(8):
        torch.testing.assert_close(names["joined"][:, 2 * head : 2 * head + 2], names["head_outputs"][head])
    assert "joined, (7, 16): 1 piece, 7 rows by 16 columns." in pictures["joining-heads-picture"].alt


def test_eight_heads_are_shown_over_the_running_sentence(concepts: Concepts) -> None:
    said = concepts.pictures["several-heads-picture"].alt
    assert said.startswith("8 heatmaps. itself (attention weights, 7 rows by 7 columns)")


# ---- pictures of exercises


def test_task_1_draws_each_factor_as_what_it_is(questions: dict[str, Question]) -> None:
    task = questions["attention-scores"]
    assert "key.T (keys, 5 rows by 1 column)" in alt(task, "key")
    assert "query.T (queries, 5 rows by 1 column)" in alt(task, "query")
    assert "key" not in alt(task, "query")


@pytest.mark.parametrize(
    ("picks", "said"),
    [
        (
            "embed_dim concat_heads x",
            "given a tensor (2, 10, 128): 8 × 16 = 128 numbers, joined: 1 piece, 10 rows by 128",
        ),
        ("embed_dim x x", "given x itself (2, 10, 128): what was joined is not used: 8 pieces, each 10 rows by 16"),
        ("embed_dim embed_dim x", "given 128, which is no tensor: nothing."),
        ("concat_heads concat_heads x", "given nothing: the program did not get that far: nothing."),
        ("embed_dim concat_heads concat_heads", "given nothing: the program did not get that far: nothing."),
    ],
)
def test_task_5_draws_what_the_projection_was_given(picks: str, said: str, questions: dict[str, Question]) -> None:
    task = questions["multi-head-output"]
    run = task.run(picks.split())
    assert f"linear_out was {said}" in alt(task, *picks.split())
    assert ("result (2, 10, 128)" in alt(task, *picks.split())) == (run.error is None)


def test_task_5_draws_another_picture_for_each_way_of_going_wrong(questions: dict[str, Question]) -> None:
    task = questions["multi-head-output"]
    fillings = [("embed_dim", middle, "x") for middle in ("concat_heads", "x", "embed_dim")]
    assert len({alt(task, *filling) for filling in fillings}) == 3


@pytest.mark.parametrize("name", ["attention-weights", "scaled-weights"])
def test_what_the_program_itself_did_not_make_is_said_to_be_without_dim(
    name: str, questions: dict[str, Question]
) -> None:
    key = list(questions[name].key)
    assert "without dim" in alt(questions[name], *key[:-1], "sigmoid")
    assert "without dim" not in alt(questions[name], *key)


def test_question_4_s_panels_are_titled_by_what_they_show(questions: dict[str, Question]) -> None:
    said = alt(questions["find-the-error"], "transpose")
    assert (
        'softmax of np.dot(Q, K) (attention weights, 1 row by 2 columns): "query" looks most at "key 1" (0.73)' in said
    )
    assert "softmax of np.dot(Q, K.T) (attention weights" in said


# ---- texts


@pytest.mark.parametrize("name", [name for name in EXERCISES if "Choice(" in SOURCES[name]])
def test_a_solution_s_answer_is_the_key_s_text_without_a_letter(name: str, questions: dict[str, Question]) -> None:
    choice = questions[name]
    right = next(text for text, is_right in choice.wordings().items() if is_right)
    assert choice.solution.get("answer", right) == right


@pytest.mark.parametrize("name", EXERCISES)
def test_no_text_names_an_option_by_its_letter(name: str) -> None:
    assert not re.search(r"\b(?:[Oo]ption|[Aa]nswer) [A-D]\b|[\"“(][A-D]: ", SOURCES[name])


def test_task_2_s_mistakes_name_no_option(questions: dict[str, Question]) -> None:
    said = " ".join(questions["attention-weights"].mistakes)
    assert not [option for option in ("relu", "sigmoid", "softmax", "tanh") if option in said.lower()]


def test_question_2_s_solution_says_that_the_scale_is_left_out(questions: dict[str, Question]) -> None:
    assert "This formula lacks the scale" in questions["weights-formula"].solution["steps"][-1]


def test_nothing_asks_for_variance_which_nobody_taught() -> None:
    assert [name for name, source in SOURCES.items() if "variance" in source.lower()] == []


EXP = [math.exp(score) for score in (1, 2, 3)]
SIGMOID = torch.tensor([1.0, 2.0, 3.0]).sigmoid()
WORKED = torch.tensor([[1.0, -10.0]], dtype=torch.float64).softmax(dim=-1)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("attention-weights", "{:.2f}, {:.2f} and {:.2f}. Divided by their total".format(*EXP)),
        ("attention-weights", f"{sum(EXP):.2f}, they become "),
        ("attention-weights", "they become {:.2f}, {:.2f} and {:.2f}: ".format(*(e / sum(EXP) for e in EXP))),
        ("attention-weights", "to {:.2f}, {:.2f} and {:.2f}, which".format(*SIGMOID)),
        ("attention-weights", f"add up to {SIGMOID.sum():.2f}, "),
        ("worked-example", f"e⁻¹¹ ≈ {math.exp(-11):.6f} times the first"),
        ("worked-example", "[[{:.4f}, {:.4f}]]".format(*(WORKED @ torch.tensor([[10.0, 20], [30, 40]]).double())[0])),
        ("why-scale", f"e⁸ ≈ {math.exp(8):.0f} becomes e ≈ {math.e:.1f}"),
    ],
)
def test_the_numbers_in_the_texts_are_what_is_computed(cell: str, said: str) -> None:
    text = re.sub(r'"\n\s+"', "", SOURCES[cell])  # a text that goes on in the next line
    assert said in text
