"""The lesson `learn`: what its passages compute and survive, what its texts say, how long it takes."""

import math
import re

import pytest
import torch
from lesson_cells import Concepts, LessonCells
from torch.nn.functional import scaled_dot_product_attention

from attention_course.exercises.explorers.scale import Scale, slope
from attention_course.exercises.predict import Predict
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.pictures.picture import Picture

CELLS = LessonCells("learn")
SOURCES, EXERCISES, CONCEPTS = CELLS.sources, CELLS.exercises, CELLS.concepts
TEXTS = CELLS.texts
OTHERS = ("title", "sheet", "result-heading", "hand-in", "answer-code")


# ---- passages


def test_its_exercises_are_numbered_by_their_kinds(questions: dict[str, Question]) -> None:
    CELLS.check_titles(questions)


def test_the_points_are_those_of_the_title(questions: dict[str, Question]) -> None:
    CELLS.check_points(questions)
    assert all(question.points == (question.kind not in ("predict", "explore")) for question in questions.values())


@pytest.mark.parametrize(
    ("name", "came_out"),
    [
        ("why-mean", ("whether",)),
        ("learn-hull", ("2-2",)),
        ("learn-mask", tuple("1" * (row + 1) + "0" * (6 - row) for row in range(7))),
        ("learn-position", ("moves",)),
    ],
)
def test_what_is_predicted_comes_out_so(name: str, came_out: tuple[str, ...], questions: dict[str, Question]) -> None:
    asked = questions[name]
    assert isinstance(asked, Predict)
    assert asked.comes_out() == (came_out, "")


def test_the_largest_of_ten_weights_is_predicted_then_moved_then_computed(
    concepts: Concepts, questions: dict[str, Question]
) -> None:
    asked = questions["learn-scale"]
    assert isinstance(asked, Predict)
    truth, _ = asked.comes_out()
    computed = concepts.names["largest"]
    for text, d, scaled in zip(truth or (), (4, 1024, 4, 1024), (False, False, True, True), strict=True):
        weights = Scale().weights({"d": d, "scaled": scaled, "query": 0})  # those of the explorer
        assert float(text) == pytest.approx(weights.max(axis=1).mean(), abs=0.03)
        assert float(text) == pytest.approx(computed[f"d = {d}"][int(scaled)].item(), abs=0.03)
    names = list(SOURCES)
    assert names.index("learn-scale") < names.index("see-scale") < names.index("scale-picture")


@pytest.mark.parametrize(("d", "scaled", "said"), [(4, False, "0.64 at d = 4"), (1024, False, "0.04 at d = 1024")])
def test_what_the_explorer_shows_is_what_its_text_says(d: int, scaled: bool, said: str) -> None:
    weights = Scale().weights({"d": d, "scaled": scaled, "query": 0})
    assert f"{slope(weights):.2f} at d = {d}" == said
    assert said in re.sub(r'"\n\s+"', "", SOURCES["see-scale"])


def test_divided_by_the_root_of_d_nothing_moves_with_d() -> None:
    for d in (4, 64, 1024):
        weights = Scale().weights({"d": d, "scaled": True, "query": 0})
        assert (weights.max(axis=1).mean(), slope(weights)) == pytest.approx((0.3, 0.8), abs=0.03)  # "0.3 and 0.8"


def test_every_concept_cell_ends_in_a_picture(concepts: Concepts) -> None:
    assert [name for name, picture in concepts.pictures.items() if not isinstance(picture, Picture)] == []


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in OTHERS])
def test_a_passage_has_at_most_sixty_words(name: str) -> None:
    body = " ".join(line for line in SOURCES[name].splitlines() if not line.startswith(("#", "|")))
    assert len(body.split()) <= 60


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_concept_cell_has_eleven_lines_at_most_and_none_is_cut_off(name: str) -> None:
    lines = [line for line in SOURCES[name].splitlines() if line and not line.startswith(("import", "from"))]
    assert len(lines) <= 11
    assert max(map(len, lines)) <= 84


def test_no_concept_cell_asserts_anything() -> None:
    assert [name for name in CONCEPTS if re.search(r"^\s*assert\b", SOURCES[name], re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [
        ("vectors-picture", "[2.0, 1.0]", "[-2.0, 1e6]"),
        ("matrix-product-picture", "[1.0, 0, 0, 1]", "[9, -9, 0.5, 1]"),
        ("broadcasting-picture", "[[10.0], [20.0]]", "[[-1.0], [0.0]]"),
        ("softmax-refresher-picture", "[[2.0, 0.0], [12.0, 10.0]]", "[[2.0, 0.0, -5.0], [1200.0, 10.0, 0.0]]"),
        ("why-mean-picture", "[6, 0, 4, 2, 5, 1, 3]", "[0, 0, 0, 0, 0, 0, 0]"),
        ("soft-dictionary-picture", "torch.tensor([1.0, 0.0, 0.0])", "5 * torch.tensor([1.0, 0.0, 0.0])"),
        ("recurrent-picture", "kept = 0.5", "kept = 0.9"),
        ("recurrent-picture", "kept = 0.5", "kept = 1"),
        ("query-key-value-x", "[0, 3, 0, 0]", "[5, -3, 0.5, 100]"),
        ("three-matrices-picture", "[1, 0.5], [0, 1]", "[-1, 0.5], [1e6, 1]"),
        ("three-matrices-picture", "W_V = torch.tensor([[1.0, 0]", "W_V = torch.tensor([[-7.0, 3]"),
        ("scores-picture", "Q @ K.T", "K @ Q.T"),
        ("weights-picture", "softmax(dim=-1)", "softmax(dim=0)"),
        ("hull-picture", "2 * torch.randn", "20 * torch.randn"),
        ("scale-picture", "[4, 64, 1024]", "[1, 2, 3, 300]"),
        ("masks-picture", "hidden = -torch.inf", "hidden = 0.0"),
        ("masks-picture", ".tril()", ".tril(-1)"),
        ("formula-picture", "torch.zeros(7, 7)", "torch.full((7, 7), -torch.inf).triu(1)"),
        ("self-cross-picture", "[2, 0]", "[-40, 1e4]"),
        ("heads-picture", "T, H, d = 7, 2, 3", "T, H, d = 7, 3, 2"),
        ("additive-picture", "torch.manual_seed(0)", "torch.manual_seed(1)"),
        ("position-picture", "torch.zeros(7, 7)", "torch.full((7, 7), -torch.inf).triu(1)"),
        ("position-picture", "[6, 0, 4, 2, 5, 1, 3]", "[6, 5, 4, 3, 2, 1, 0]"),
    ],
)
def test_the_concept_cells_survive_an_edit(cell: str, old: str, new: str) -> None:
    edited = CELLS.run_concepts(cell, old, new)
    assert all(isinstance(picture, Picture) for picture in edited.pictures.values())


@pytest.mark.parametrize("name", [name for name in EXERCISES if not re.search(r"\b(Blanks|Order)\(", SOURCES[name])])
def test_a_picture_that_shows_the_answer_is_released_sealed(name: str) -> None:
    assert "draw=" not in regions.cut(SOURCES[name], regions.KEY)


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_uses_no_markup_that_is_not_shown(name: str) -> None:
    assert not re.search(r"(?<![*\w\s(])\*[A-Za-z]+\*(?!\*)|\s\*[A-Za-z][^*\n]*\*[\s.,;:]", SOURCES[name])


# ---- time


def test_the_stated_minutes_are_what_reading_and_exercises_take(questions: dict[str, Question]) -> None:
    refresher, *others = CELLS.stated_minutes(questions)
    assert (refresher, sum(others)) == (6, 50)
    assert "*Learn · about 50 minutes" in SOURCES["title"]


# ---- what the texts say


def test_what_is_computed_twice_is_the_same(concepts: Concepts) -> None:
    assert re.findall(r"same: (\w+)", concepts.printed) == ["True"] * 3
    assert "QKᵀ is symmetric: False" in concepts.printed
    assert "The outputs only move: True" in concepts.printed


def test_with_a_causal_mask_the_outputs_do_more_than_move() -> None:
    said = re.search(r"a causal one: (.*)", SOURCES["position-picture"])
    assert said is not None
    edited = CELLS.run_concepts("position-picture", "torch.zeros(7, 7)", said[1])
    assert "The outputs only move: False" in edited.printed


def test_the_sentence_behaves_as_its_texts_say(concepts: Concepts) -> None:
    names = concepts.names
    causal, free = names["causal"], names["scores"].softmax(dim=-1)
    assert causal[4, 1] > free[4, 1]  # "so that `cat` gets more"
    assert torch.equal(causal[4, 5:], torch.zeros(2))
    assert torch.equal(names["V"][4], torch.zeros(2))  # "Its own value was [0, 0]"
    assert names["output"][4, 0] > names["output"][4, 1] > 0  # "some furry, some weary"
    assert not names["Q"][1].any()  # "Row `cat` is even: it looks for nothing"
    torch.testing.assert_close(free[1], torch.full((7,), 1 / 7))
    torch.testing.assert_close(names["output"], scaled_dot_product_attention(names["Q"], names["K"], names["V"]))


def test_the_numbers_of_the_scores_are_those_of_the_sentence(
    concepts: Concepts, questions: dict[str, Question]
) -> None:
    scores = concepts.names["scores"]
    assert [float(text) for text in questions["learn-scores"].key] == scores[4:6][:, [1, 2, 6]].flatten().tolist()


def test_the_values_are_those_that_the_passage_lists(concepts: Concepts) -> None:
    names = concepts.names
    handed = {token: value for token, value in zip(names["tokens"], names["V"].tolist(), strict=True) if any(value)}
    assert handed == {"cat": [3, 0], "slept": [1, 1], "tired": [0, 3]}
    torch.testing.assert_close(names["one_hot"].mean(dim=0), torch.full((7,), 1 / 7))  # "the average has 1/7"


def test_three_of_the_outputs_offered_can_be_made_and_the_fourth_cannot() -> None:
    values = torch.tensor([[3.0, 0], [1, 1], [0, 3], [0, 0]])
    made = {"1-1": (0, 1, 0, 0), "29-0": (2.9 / 3, 0, 0.05 / 3, 0.1 / 6), "little": (0.1 / 3, 0, 0.1 / 3, 2.8 / 3)}
    for output, shares in zip(([1, 1], [2.9, 0.05], [0.1, 0.1]), made.values(), strict=True):
        assert sum(shares) == pytest.approx(1)
        torch.testing.assert_close(torch.tensor(shares).float() @ values, torch.tensor(output).float())
    assert [sum(value) for value in values.tolist()] == [3, 2, 3, 0]  # "add up to 3, 2, 3 or 0"
    assert (torch.tensor([2 / 3, 0, 2 / 3, 0]) @ values).tolist() == pytest.approx([2, 2])  # shares of 4/3 in all


def test_what_is_masked_too_late_does_not_add_up_and_of_zero_the_hidden_get_a_share(concepts: Concepts) -> None:
    totals = concepts.names["too_late"].sum(dim=-1)
    assert (totals[:-1] < 1).all()
    with_zero = CELLS.run_concepts("masks-picture", "hidden = -torch.inf", "hidden = 0.0").names["causal"]
    assert with_zero[0, 1:].min() > 0 == concepts.names["causal"][0, 1:].max()


def test_averaged_over_the_keys_every_entry_is_a_fifth(questions: dict[str, Question]) -> None:
    average = questions["axis"].run(["keys", "keys"])["average"]
    torch.testing.assert_close(average, torch.full((2, 3, 4), 1 / 5))


def test_an_additive_score_is_no_larger_than_the_sizes_of_w(concepts: Concepts) -> None:
    additive, w = concepts.names["additive"], concepts.names["w"]
    assert additive.abs().max() < w.abs().sum()
    assert f"±{w.abs().sum():.2f}" in concepts.printed


def test_the_module_takes_tokens_first_unless_told_otherwise() -> None:
    module = torch.nn.MultiheadAttention(4, 2)
    tokens, batch = torch.randn(5, 2, 4), 1
    changed = tokens.clone()
    changed[:, batch] += 1
    torch.testing.assert_close(module(changed, changed, changed)[0][:, 0], module(tokens, tokens, tokens)[0][:, 0])


def test_no_output_leaves_the_hull(concepts: Concepts) -> None:
    outputs = concepts.names["outputs"]
    assert outputs.sum(dim=-1).max() <= 3 + 1e-4
    assert outputs.min() >= 0


def test_scaled_weights_stay_while_unscaled_ones_grow(concepts: Concepts) -> None:
    unscaled, scaled = torch.stack([*concepts.names["largest"].values()], dim=-1)
    assert (unscaled[1:] > unscaled[:-1]).all()
    assert unscaled[-1] > 0.9
    assert (scaled - 0.32).abs().max() < 0.05


def test_true_means_the_opposite_in_the_two_functions() -> None:
    q, seen = torch.randn(1, 3, 4), torch.ones(3, 3).tril().bool()
    module = torch.nn.MultiheadAttention(4, 2, batch_first=True)
    _, averaged = module(q, q, q, attn_mask=~seen)
    _, each = module(q, q, q, attn_mask=~seen, average_attn_weights=False)
    assert not averaged[0][~seen].any()
    torch.testing.assert_close(averaged, each.mean(dim=1))
    weights = scaled_dot_product_attention(q, q, torch.eye(3)[None], attn_mask=seen)  # values that show the weights
    assert not weights[0][~seen].any()


def test_a_row_that_sees_nothing_is_what_the_trap_says() -> None:
    scores, values = torch.randn(1, 3), torch.randn(1, 3, 2)
    assert torch.full((1, 3), -torch.inf).softmax(dim=-1).isnan().all()
    nothing = torch.zeros(1, 1, 3, dtype=torch.bool)
    assert not scaled_dot_product_attention(torch.randn(1, 1, 2), values, values, attn_mask=nothing).any()
    very_negative = scores.masked_fill(torch.ones(1, 3).bool(), -1e9).softmax(dim=-1)
    torch.testing.assert_close(very_negative @ values[0], values[0].mean(dim=0, keepdim=True))


def test_more_heads_are_not_more_parameters() -> None:
    counts = {sum(p.numel() for p in torch.nn.MultiheadAttention(12, heads).parameters()) for heads in (1, 2, 6)}
    assert counts == {4 * (12 * 12 + 12)}


def test_order_may_differ_where_the_solution_says_so(questions: dict[str, Question]) -> None:
    order = questions["learn-order"]
    key = list(order.key)
    swapped = [*key[:2], key[3], key[2], *key[4:]]
    assert order.is_right(swapped)
    late = [*key[:3], key[4], key[3], *key[5:]]
    assert [mistake.text for mistake in order.why_wrong(late)] == ["powers = scores.exp()"]


def test_joining_without_transpose_has_the_right_shape_and_is_wrong(questions: dict[str, Question]) -> None:
    order = questions["learn-heads-order"]
    wrong = [*order.key[:-1], order.key[-1].replace("transpose(0, 2)", "view(T, B, H, d)")]
    run = order.run(wrong)
    assert run.error is None
    assert tuple(run["joined"].shape) == (5, 2, 12)
    assert "`view` swaps nothing" in order.why_wrong(wrong)[0].why


def test_where_the_batch_is_taken_for_the_tokens_the_shape_is_right_and_sentences_mix(
    questions: dict[str, Question],
) -> None:
    order = questions["learn-heads-order"]
    copied = [pick.replace("transpose(0, 2)", "transpose(1, 2)").replace("\t0, 2", "\t1, 2") for pick in order.key]
    run = order.run(copied)  # what stands in question 9
    assert tuple(run["joined"].shape) == (5, 2, 12)
    torch.testing.assert_close(run["weights"].sum(dim=-1), torch.ones(5, 3, 2))  # shared out among two sentences
    assert "sentences would look at each other" in order.why_wrong(copied)[0].why
    Q, K, V = order.run(order.key)["Q"], order.run(order.key)["K"], order.run(order.key)["V"]
    each = [vectors.view(5, 2, 3, 4).permute(1, 2, 0, 3) for vectors in (Q, K, V)]  # (B, H, T, d)
    expected = scaled_dot_product_attention(*each).permute(2, 0, 1, 3).reshape(5, 2, 12)
    torch.testing.assert_close(order.run(order.key)["joined"], expected)


def test_where_only_the_indentation_is_wrong_no_reason_speaks_of_the_choice(questions: dict[str, Question]) -> None:
    order = questions["learn-heads-order"]
    deeper = [pick.replace("1:give", "2:give") for pick in order.key]
    (mistake,) = order.why_wrong(deeper)
    assert "sentences would look" not in mistake.why
    assert "indent" in mistake.why


def test_what_is_to_be_chosen_in_task_4_does_not_stand_filled_in_before_it(questions: dict[str, Question]) -> None:
    names = list(SOURCES)
    before = " ".join(SOURCES[name] for name in names[: names.index("learn-heads-order")])
    assert "transpose(0, 2)" not in before
    assert "view(T, B" not in before


E1, SHARES = math.e, torch.tensor([1.0, 0, 0]).softmax(dim=-1).tolist()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("softmax-refresher", f"{math.exp(2):.2f} and 1, together {math.exp(2) + 1:.2f}"),
        ("softmax-refresher", f"{math.exp(2) / (math.exp(2) + 1):.2f} and {1 / (math.exp(2) + 1):.2f}"),
        ("refresher-softmax", f"2.72 / {E1 + 1:.2f} ≈ {E1 / (E1 + 1):.2f}"),
        ("refresher-softmax", f"1 / {E1 + 1:.2f} ≈ {1 / (E1 + 1):.2f}"),
        ("why-lookup", f"their total {E1 + 2:.2f}"),
        ("why-lookup", f"2.72 / 4.72 ≈ {SHARES[0]:.3f} and twice 1 / 4.72 ≈ {SHARES[1]:.3f}"),
        ("why-lookup", f"≈ {10 * SHARES[0] + 2 * SHARES[1] + 4 * SHARES[2]:.2f}: much of `cat`"),
        ("price", f"{7 * 7} here, a million for a thousand"),
        ("scale", f"{math.sqrt(64):.0f} for d = 64"),
    ],
)
def test_the_numbers_in_the_texts_are_what_is_computed(cell: str, said: str) -> None:
    text = re.sub(r'"\n\s+"', "", SOURCES[cell])  # a text that goes on in the next line
    assert said in text


@pytest.mark.parametrize("name", EXERCISES)
def test_no_text_names_an_option_by_its_letter(name: str) -> None:
    assert not re.search(r"\b(?:[Oo]ption|[Aa]nswer) [A-D]\b|[\"“(][A-D]: ", SOURCES[name])
