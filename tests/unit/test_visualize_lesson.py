"""The lesson `visualize`: what its explorers and maps come to, what its texts say, how long it takes."""

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from lesson_cells import Concepts, LessonCells
from torch.nn.functional import scaled_dot_product_attention

from attention_course.exercises.explore import Explore
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.explorers.cost import costs_of
from attention_course.exercises.explorers.hull import KEYS, TOKENS, VALUES
from attention_course.exercises.explorers.mask_maps import look, maps_of
from attention_course.exercises.explorers.position import score
from attention_course.exercises.predict import Predict
from attention_course.exercises.question import Question
from attention_course.pictures.picture import Picture

CELLS = LessonCells("visualize")
SOURCES, EXERCISES, CONCEPTS = CELLS.sources, CELLS.exercises, CELLS.concepts
OTHERS = ("title", "result-heading", "hand-in", "answer-code")
CAUSAL = ["10000", "11000", "11100", "11110", "11111"]
EMPTY_FIRST = ["00000", *CAUSAL[1:]]
ROUNDS = ("hull", "scale", "mask", "tape", "position", "cost")  # each a prediction, an explorer, a question


def text(name: str) -> str:
    """Return a cell's text, with those of its texts as one that go on in the next line."""
    return re.sub(r'"\n\s+"', "", SOURCES[name])


# ---- its exercises


def test_each_round_is_a_prediction_that_unlocks_an_explorer_and_a_question(questions: dict[str, Question]) -> None:
    names = list(questions)
    for place, what in enumerate(ROUNDS):
        predicted, moved, asked = names[3 * place : 3 * place + 3]
        assert (predicted, moved) == (f"predict-{what}", f"see-{what}")
        explorer = questions[moved]
        assert isinstance(explorer, Explore)
        assert (explorer.explorer, explorer.predict) == (what, predicted)
        assert questions[asked].points == 1
    assert names[3 * len(ROUNDS)] == "vis-heads"


def test_its_exercises_are_numbered_by_their_kinds(questions: dict[str, Question]) -> None:
    CELLS.check_titles(questions)


def test_the_points_are_those_of_the_title(questions: dict[str, Question]) -> None:
    CELLS.check_points(questions)


def test_the_stated_minutes_are_what_reading_and_exercises_take(questions: dict[str, Question]) -> None:
    assert sum(CELLS.stated_minutes(questions)) == 40
    assert "*Visualize · about 40 minutes" in SOURCES["title"]


@pytest.mark.parametrize("name", [name for name in CELLS.texts if name not in OTHERS])
def test_a_passage_has_at_most_sixty_words(name: str) -> None:
    body = " ".join(line for line in SOURCES[name].splitlines() if not line.startswith(("#", "|")))
    assert len(body.split()) <= 60


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_uses_no_markup_that_is_not_shown(name: str) -> None:
    assert not re.search(r"(?<![*\w])\*[A-Za-z]+\*(?!\*)", SOURCES[name])


@pytest.mark.parametrize("name", EXERCISES)
def test_no_text_names_an_option_by_its_letter(name: str) -> None:
    assert not re.search(r"\b(?:[Oo]ption|[Aa]nswer) [A-D]\b", SOURCES[name])


# ---- what is predicted


@pytest.mark.parametrize(
    ("name", "came_out"),
    [
        ("predict-hull", ("corner",)),
        ("predict-mask", ("11111",) * 5),
        ("predict-tape", ("1100", "0011", "1100", "0011")),
        ("predict-position", ("relative",)),
        ("predict-cost", ("0.625", "1", "1", "0.25")),
    ],
)
def test_what_is_predicted_comes_out_so(name: str, came_out: tuple[str, ...], questions: dict[str, Question]) -> None:
    asked = questions[name]
    assert isinstance(asked, Predict)
    assert asked.comes_out() == (came_out, "")


def test_the_slope_falls_as_d_grows_by_the_explorers_numbers_and_by_torchs(questions: dict[str, Question]) -> None:
    asked = questions["predict-scale"]
    assert isinstance(asked, Predict)
    truth, _ = asked.comes_out()
    torch.manual_seed(0)
    for said, d in zip(truth or (), (1, 4, 16, 64, 256, 1024), strict=True):
        p = (torch.randn(1000, 1, d) @ torch.randn(1000, d, 10)).softmax(dim=-1)
        assert float(said) == pytest.approx((p * (1 - p)).sum(dim=-1).mean().item(), abs=0.03)
    assert "from 0.82 at d = 1 to 0.04 at d = 1024" in text("predict-scale")
    assert [f"{float(one):.2f}" for one in (truth or ())[::5]] == ["0.82", "0.04"]


# ---- the hull


def attended(x: float, y: float, temperature: float = 1) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights and the output of a query: (7,), (2,)."""
    keys, values = torch.tensor(KEYS).float(), torch.tensor(VALUES).float()
    scores = keys @ torch.tensor([float(x), float(y)]) / 2**0.5 / temperature
    weights = scores.softmax(dim=0)
    return weights, weights @ values


def test_the_numbers_of_the_hull_are_those_that_torch_computes() -> None:
    weights, output = attended(1, 0.5)
    assert f"{weights[1]:.2f} of the weight, and the output is [{output[0]:.2f}, {output[1]:.2f}]" in text(
        "predict-hull"
    )
    weights, output = attended(1, 0.5, 0.1)
    assert f"`cat` {weights[1]:.2f}, output [{output[0]:.2f}, {output[1]:.2f}]" in text("predict-hull")
    _, middle = attended(0, 0)
    assert f"[{middle[0]:.2f}, {middle[1]:.2f}]" in text("see-hull")
    torch.testing.assert_close(attended(1, 0.5, 0.1)[1], attended(10, 5)[1])  # "ten times as long would do the same"
    queries = torch.tensor([[1.0, 0.5]])
    keys, values = torch.tensor(KEYS).float(), torch.tensor(VALUES).float()
    torch.testing.assert_close(scaled_dot_product_attention(queries, keys, values)[0], attended(1, 0.5)[1])


def test_only_slept_can_never_win(questions: dict[str, Question]) -> None:
    places = torch.linspace(-40, 40, 161)
    queries = torch.cartesian_prod(places, places)
    scores = queries @ torch.tensor(KEYS).float().T
    alone = (scores == scores.max(dim=-1, keepdim=True).values).sum(dim=-1) == 1
    assert {TOKENS[best] for best in scores[alone].argmax(dim=-1).tolist()} == {"cat", "tired"}
    apart = queries.any(dim=-1)  # where all scores are 0, all tokens share the first place
    assert (scores[apart].max(dim=-1).values > scores[apart][:, TOKENS.index("slept")]).all()
    assert questions["vis-hull"].key == ["slept"]
    told = torch.tensor(KEYS).float() @ torch.tensor([2.0, 2.0]) / 2**0.5
    assert f"score {told[1]:.2f} there, `slept` {told[2]:.2f}" in text("vis-hull")


# ---- the scale


def test_the_largest_of_ten_weights_is_what_torch_finds_too(questions: dict[str, Question]) -> None:
    torch.manual_seed(0)
    for said, divisor in zip(questions["vis-scale"].key, (1, 8), strict=True):
        weights = (torch.randn(4000, 1, 64) @ torch.randn(4000, 64, 10) / divisor).softmax(dim=-1)
        assert float(said) == pytest.approx(weights.amax(dim=-1).mean().item(), abs=0.02)


@pytest.mark.parametrize("scaled", [False, True])
def test_the_wrong_numbers_are_those_that_the_explorer_shows(scaled: bool, questions: dict[str, Question]) -> None:
    weights = EXPLORERS["scale"].weights({"d": 64, "scaled": scaled, "query": 0})  # type: ignore[attr-defined]
    drawn, slope = weights[0].max(), (weights * (1 - weights)).sum(axis=-1).mean()
    wrong = [float(number) for number in list(questions["vis-scale"].why_not[scaled])[:2]]  # type: ignore[attr-defined]
    assert wrong == pytest.approx([drawn, slope], abs=0.005)


def test_the_explorer_begins_where_a_reason_says_and_stays_where_the_text_says() -> None:
    begins = EXPLORERS["scale"].weights({"d": 4, "scaled": False, "query": 0})  # type: ignore[attr-defined]
    assert f"{begins.max(axis=1).mean():.1f}" == "0.5"  # "That is at d = 4"
    for d in (1, 4, 16, 64, 256, 1024):
        p = EXPLORERS["scale"].weights({"d": d, "scaled": True, "query": 0})  # type: ignore[attr-defined]
        assert (p * (1 - p)).sum(axis=-1).mean() == pytest.approx(0.8, abs=0.03)  # "at about 0.8 for every d"


# ---- masks


def masked(keep: list[str], fill: str, order: str) -> tuple[torch.Tensor, int]:
    """Return the weights, (5, 5), and how many cells leak."""
    maps = maps_of(keep, fill, order)
    return torch.tensor(maps[0]), len({leak[:2] for leak in look(keep, maps).leaks})


def test_two_of_six_ways_let_nothing_through() -> None:
    ways = [(fill, order) for fill in ("-inf", "-1e9", "0") for order in ("before", "after")]
    tight = [way for way in ways if not masked(CAUSAL, *way)[1]]
    assert tight == [("-inf", "before"), ("-1e9", "before")]


def test_no_way_does_both_for_a_row_that_sees_nothing() -> None:
    weights, leaks = masked(EMPTY_FIRST, "-inf", "before")
    assert (weights[0].isnan().all(), leaks) == (True, 0)
    maps = maps_of(EMPTY_FIRST, "-1e9", "before")
    average = look(EMPTY_FIRST, maps).outputs[0]
    assert f"[{average[0]:.2f}, {average[1]:.2f}]" in text("vis-mask")
    assert masked(EMPTY_FIRST, "-1e9", "before")[1] > 0
    weights, leaks = masked(EMPTY_FIRST, "0", "after")
    assert not weights[0].any()
    assert leaks > 0


def test_pytorchs_own_function_does_both() -> None:
    keep = torch.tensor([[sign == "1" for sign in row] for row in EMPTY_FIRST])
    q, k, v = torch.randn(3, 5, 2)
    before = scaled_dot_product_attention(q, k, v, attn_mask=keep)
    assert not before[0].any()
    after = scaled_dot_product_attention(q, k + torch.eye(5)[4][:, None], v + torch.eye(5)[4][:, None], attn_mask=keep)
    torch.testing.assert_close(after[:4], before[:4])


# ---- heads, places, cost


def test_split_and_joined_by_reshape_alone_each_head_has_two_tokens() -> None:
    owner = torch.arange(4)[:, None].repeat(1, 6)  # (4, 6)
    heads = owner.reshape(2, 4, 3)
    assert [[row.unique().tolist() for row in head] for head in heads] == [[[0], [0], [1], [1]], [[2], [2], [3], [3]]]
    assert torch.equal(heads.reshape(4, 6), owner)
    assert "0, 0, 1, 1, and those of head 1 to 2, 2, 3, 3" in text("vis-tape")


@pytest.mark.parametrize(("query", "key"), [(12, 5), (28, 21), (5, 12), (12, 19), (24, 10)])
def test_rope_knows_the_distance_and_its_direction_only(query: int, key: int) -> None:
    assert (score("rope", query, key, 3) == pytest.approx(score("rope", 12, 5, 3))) is (query - key == 7)
    assert f"{score('rope', query, key, 3):.2f}" in text("vis-rope")
    q, k = torch.randn(2, 4, dtype=torch.complex128)  # pairs of numbers, to be turned; whatever they hold
    angles = 10_000 ** (-torch.arange(4.0) / 4)

    def turned(query: int, key: int) -> torch.Tensor:
        by = torch.polar(torch.ones(4), angles * query), torch.polar(torch.ones(4), angles * key)
        return ((q * by[0]) * (k * by[1]).conj()).real.sum()

    assert torch.allclose(turned(query, key), turned(12, 5), atol=1e-4) is (query - key == 7)


def test_the_scores_of_the_sinusoids_are_those_that_the_text_says() -> None:
    assert f"{score('sinusoid', 12, 5, 3):.2f} became {score('sinusoid', 32, 25, 3):.2f}" in text("predict-position")


def test_the_cache_is_what_its_tensors_take(questions: dict[str, Question]) -> None:
    layer = torch.empty(2, 1, 8, 4096, 128, dtype=torch.float16)  # keys and values, B, KV heads, T, d
    size = 80 * layer.numel() * layer.element_size()
    assert f"{size:,}".replace(",", " ") in text("vis-cost")
    assert questions["vis-cost"].is_right(["1.25"])
    for typed in (f"{size} bytes", "1280 MiB", "1.34 GB", "1342 MB"):
        assert questions["vis-cost"].is_right([typed])
    assert not questions["vis-cost"].is_right(["1280"])


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("0.625", 80 * 8 * 128 * 4096 * 2),  # keys alone
        ("10", 2 * 80 * 64 * 128 * 4096 * 2),  # every query head
        ("1/64", 2 * 8 * 128 * 4096 * 2),  # one layer
        ("2.5", 2 * 2 * 80 * 8 * 128 * 4096 * 2),  # one factor of two too many
    ],
)
def test_a_wrong_cache_is_what_its_reason_says(said: str, counted: int, questions: dict[str, Question]) -> None:
    assert float(Fraction(said)) == counted / 2**30
    assert said in questions["vis-cost"].why_not[0]  # type: ignore[attr-defined]


def test_with_twice_the_length_two_costs_double_and_two_grow_fourfold() -> None:
    state = {"layers": 32, "heads": 32, "kv_heads": 32, "d": 128, "bytes": 2}
    short, long = (costs_of({**state, "tokens": tokens}) for tokens in (4096, 8192))
    assert [after / before for before, after in zip(short, long, strict=True)] == [2, 4, 4, 2]


def test_scores_overtake_projections_at_twice_the_width() -> None:
    state = {"layers": 32, "heads": 32, "kv_heads": 32, "d": 128, "bytes": 2}
    costs = costs_of({**state, "tokens": 8192})
    assert costs.scores == costs.projections
    assert "at T = 8192, twice the width D = 4096" in text("see-cost")


# ---- six maps


def rules(words: list[str]) -> dict[str, torch.Tensor]:
    """Return the map of each rule without any noise, (T, T), as its row in the table says."""
    T = len(words)
    last = {i: max((b + 1 for b in range(i) if words[b] == words[i]), default=None) for i in range(T)}
    even = {i: [1 / (i + 1)] * (i + 1) + [0.0] * (T - i - 1) for i in range(T)}

    def at(places: list[int | None]) -> torch.Tensor:
        return torch.tensor([even[i] if j is None else [float(c == j) for c in range(T)] for i, j in enumerate(places)])

    return {
        "itself": at([*range(T)]),
        "before": at([0, *range(T - 1)]),
        "first": at([0] * T),
        "mirror": at([*range(T)][::-1]),
        "everywhere": torch.full((T, T), 1 / T),
        "after last copy": at([last[i] for i in range(T)]),
    }


def overlap(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return which share of the weights two maps have at the same places."""
    return float(torch.minimum(one, other).sum(dim=-1).mean())


def fitting(maps: torch.Tensor, words: list[str]) -> list[str]:
    """Return for each map the rule that has most in common with it."""
    by_name = rules(words)
    return [max(by_name, key=lambda name: overlap(one, by_name[name])) for one in maps]


def test_each_map_fits_the_rule_that_is_its_key_and_no_other_nearly_as_well(
    concepts: Concepts, questions: dict[str, Question]
) -> None:
    asked = questions["vis-heads"]
    keys = [asked.text_of(pick).strip('"') for pick in asked.key]  # type: ignore[attr-defined]
    words, maps = concepts.names["words"], concepts.names["maps"]
    assert fitting(maps, words) == keys
    torch.testing.assert_close(maps.sum(dim=-1), torch.ones(6, len(words)))
    by_name = rules(words)
    for key, one in zip(keys, maps, strict=True):
        right, second, *_ = sorted((overlap(one, other) for other in by_name.values()), reverse=True)
        assert right > second + 0.2, key
    assert sum(bool((one.triu(1) == 0).all()) for one in maps) == 3  # "Three have a causal mask"


def test_what_is_said_of_single_cells_is_so(concepts: Concepts) -> None:
    A, B, C, D, E, F = concepts.names["maps"]
    words = concepts.names["words"]
    assert (words[7], words[1], words[2]) == ("cat", "cat", "saw")
    assert C[7].argmax() == 2
    assert A.argmax(dim=-1).tolist() == [0] * 11
    assert B.argmax(dim=-1).tolist() == [*range(11)]
    assert D.argmax(dim=-1).tolist() == [*range(11)][::-1]
    assert F.argmax(dim=-1).tolist() == [0, *range(10)]
    assert E.max() < 0.5
    assert {row: int(C[row].argmax()) for row in (3, 6, 7, 8, 9, 10)} == {3: 1, 6: 4, 7: 2, 8: 3, 9: 7, 10: 5}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("torch.manual_seed(0)", "torch.manual_seed(5)"),
        ("the cat saw the dog and the cat saw the dog", "a b a"),
        ("0.5 * torch.randn", "20 * torch.randn"),
        ("0.5 * torch.randn", "0 * torch.randn"),
    ],
)
def test_the_concept_cell_survives_an_edit(old: str, new: str) -> None:
    edited = CELLS.run_concepts("maps-picture", old, new)
    assert all(isinstance(picture, Picture) for picture in edited.pictures.values())


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_rules_are_seen_with_other_noise_too(seed: int, questions: dict[str, Question]) -> None:
    edited = CELLS.run_concepts("maps-picture", "torch.manual_seed(0)", f"torch.manual_seed({seed})")
    asked: Any = questions["vis-heads"]
    keys = [asked.text_of(pick).strip('"') for pick in asked.key]
    assert fitting(edited.names["maps"], edited.names["words"]) == keys


def test_a_concept_cell_is_short_and_none_of_its_lines_is_cut_off() -> None:
    for name in CONCEPTS:
        lines = [line for line in SOURCES[name].splitlines() if line and not line.startswith(("import", "from"))]
        assert len(lines) <= 12
        assert max(map(len, lines)) <= 84
        assert not re.search(r"^\s*assert\b", SOURCES[name], re.MULTILINE)


def test_the_explorers_begin_in_states_that_say_something(questions: dict[str, Question]) -> None:
    for what in ROUNDS:
        explorer = questions[f"see-{what}"]
        assert isinstance(explorer, Explore)
        assert explorer.moved.words(explorer.start)
        assert np.isfinite(explorer.points)
