"""The explorer cost: operations and bytes, as torch counts and stores them."""

import re

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from attention_course.exercises.explorers.cost import OFFERED, Cost, costs_of, flops, size

STATE = {"tokens": 1024, "layers": 12, "heads": 12, "kv_heads": 12, "d": 64, "bytes": 2}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"more": 1}, "it has tokens, layers, heads, kv_heads, d and bytes"),
        *(
            ({name: bad}, f"{name} is one of {', '.join(map(str, offered))}")
            for name, offered in OFFERED.items()
            for bad in (0, 5, -1, float(offered[1]), str(offered[1]), True, None, [])
        ),
        ({"heads": 8, "kv_heads": 3}, "kv_heads divides heads"),
        ({"heads": 4, "kv_heads": 8}, "kv_heads divides heads"),
    ],
)
def test_what_is_no_state_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Cost().check({**STATE, **changes})


@pytest.mark.parametrize(("heads", "kv_heads"), [(4, 4), (4, 2), (4, 1)])
def test_the_costs_are_what_torch_counts_and_stores(heads, kv_heads):
    T, layers, d = 64, 2, 8
    x = torch.randn(T, heads * d)
    with FlopCounterMode(display=False) as projections:
        for _ in range(layers):
            q = (x @ torch.randn(heads * d, heads * d)).view(T, heads, d).transpose(0, 1)  # (H, T, d)
            k, v = (x @ torch.randn(heads * d, kv_heads * d) for _ in range(2))  # (T, KV heads · d)
            _ = x @ torch.randn(heads * d, heads * d)  # stands for the last projection, W_O
    k, v = (one.view(T, kv_heads, d).transpose(0, 1) for one in (k, v))
    with FlopCounterMode(display=False) as scores:
        for _ in range(layers):
            weights = q @ k.repeat_interleave(heads // kv_heads, 0).mT  # (H, T, T)
            _ = weights @ v.repeat_interleave(heads // kv_heads, 0)
    costs = costs_of({"tokens": T, "layers": layers, "heads": heads, "kv_heads": kv_heads, "d": d, "bytes": 4})
    assert costs.projections == projections.get_total_flops()
    assert costs.scores == scores.get_total_flops()
    assert costs.weights == layers * weights.nbytes
    assert costs.cache == layers * (k.nbytes + v.nbytes)


def test_twice_the_tokens_cost_four_times_the_scores_and_twice_the_cache():
    once, twice = costs_of(STATE), costs_of({**STATE, "tokens": 2048})
    assert [b / a for a, b in zip(once, twice, strict=True)] == [2, 4, 4, 2]


def test_the_words_say_the_costs():
    small = {"tokens": 128, "layers": 2, "heads": 2, "kv_heads": 1, "d": 64, "bytes": 2}
    assert Cost().words(small) == (
        "T = 128, layers: 2, heads: 2, KV heads: 1, d = 64, bytes per number: 2. Projections: 25.2 MFLOP; scores and "
        "weighted sum: 16.8 MFLOP. Weights, if stored: 128 KiB; KV-cache: 64 KiB. "
        "T doubled: four times the scores, twice the cache."
    )


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (flops(999), "999 FLOP"),
        (flops(1000), "1 kFLOP"),
        (flops(1_125_000), "1.13 MFLOP"),
        (flops(57_982_058_496), "58 GFLOP"),
        (size(1023), "1023 bytes"),
        (size(1536), "1.5 KiB"),
        (size(65536), "64 KiB"),
        (size(12 * 1024 * 2**20), "12 GiB"),
    ],
)
def test_large_numbers_are_said_short(said, text):
    assert said == text


def test_the_picture_s_alternative_says_where_its_lines_begin_and_end():
    alt = Cost().picture(STATE).alt
    lines = "scores and sum from 151 MFLOP to 633 TFLOP; projections from 3.62 GFLOP to 7.42 TFLOP"
    assert alt == f"Operations against T, from 64 to 131072: {lines}."
