"""Mask: weights under a mask, rows that see no key, and what leaks."""

import json
import math
import re

import numpy as np
import pytest
import torch

from attention_course.answers.making import answer_to
from attention_course.errors import PicksError
from attention_course.exercises.explore import Explore
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.explorers.mask import ORDERS
from attention_course.exercises.explorers.mask_maps import FILLS, KEYS, QUERIES, SIZE, VALUES, look

ALL = ["11111"] * SIZE
CAUSAL = ["10000", "11000", "11100", "11110", "11111"]
DEAD = ["11111", "00000", "11111", "11111", "11111"]
mask = EXPLORERS["mask"]


def state(keep=CAUSAL, fill="-inf", order="before"):
    return {"keep": list(keep), "fill": fill, "order": order}


def seen(*arguments):
    made = state(*arguments)
    maps = mask.maps(made)
    return maps[0], look(made["keep"], maps)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"more": 1}, "it has keep, fill and order"),
        *(
            ({"keep": keep}, "keep is a list of 5 texts of 5 signs each, 0 or 1")
            for keep in (
                None,
                [],
                "11111",
                {"0": "11111"},
                ALL[:4],
                [*ALL, "11111"],
                [*ALL[:4], "1111"],
                [*ALL[:4], "11112"],
            )
        ),
        *(({"keep": [*ALL[:4], row]}, "keep is a list") for row in (11111, None, ["1"] * 5, "１1111")),
        *(({"fill": fill}, "fill is one of -inf, -1e9, 0") for fill in ("inf", 0, None, [], "")),
        *(({"order": order}, "order is one of before, after") for order in ("", "during", True, None, {})),
    ],
)
def test_every_wrong_form_of_a_mask_is_refused_with_a_sentence(changes, sentence):
    answer = answer_to(Explore("see", "easy", number=1, prompt="Paint.", explorer="mask", solution="So."))
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check([json.dumps({**state(), **changes})])
    assert answer.record.attempts == ()


@pytest.mark.parametrize("keep", [ALL, CAUSAL, DEAD, ["01010", "00000", "11100", "00111", "10000"]])
@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("order", ORDERS)
def test_the_weights_are_those_of_torch(keep, fill, order):
    q, k, v = (torch.tensor(rows, dtype=torch.float64) for rows in (QUERIES, KEYS, VALUES))
    hidden = torch.tensor([[sign == "0" for sign in row] for row in keep])
    scores = q @ k.T / 2**0.5
    if order == "before":
        wanted = scores.masked_fill(hidden, FILLS[fill]).softmax(dim=-1)
    else:
        wanted = scores.softmax(dim=-1).masked_fill(hidden, FILLS[fill])
    weights, found = seen(keep, fill, order)
    assert weights == pytest.approx(wanted.numpy(), abs=1e-12, nan_ok=True)
    assert found.outputs == pytest.approx((wanted @ v).numpy(), rel=1e-9, abs=1e-12, nan_ok=True)


def test_what_leaks_is_what_changes_when_torch_is_given_other_keys_and_values():
    q, k, v = (torch.tensor(rows, dtype=torch.float64) for rows in (QUERIES, KEYS, VALUES))
    hidden = torch.tensor([[sign == "0" for sign in row] for row in CAUSAL])

    def output(keys, values):
        return (q @ keys.T / 2**0.5).softmax(dim=-1).masked_fill(hidden, 0) @ values

    wanted = []
    for row, column in hidden.nonzero().tolist():
        changed = torch.eye(SIZE, dtype=torch.float64)[column][:, None]
        for what, other in {"key": output(k + changed, v), "value": output(k, v + changed)}.items():
            if (other - output(k, v))[row].abs().max() > 1e-5:
                wanted.append((row, column, what))
    assert seen(CAUSAL, "0", "after")[1].leaks == wanted


@pytest.mark.parametrize(
    ("keep", "fill", "order", "through"),
    [
        (CAUSAL, "-inf", "before", set()),
        (CAUSAL, "-1e9", "before", set()),
        (CAUSAL, "0", "before", {"value"}),  # e to the power of 0 is a weight
        (CAUSAL, "0", "after", {"key"}),  # its score stands in the denominator
        (DEAD, "-inf", "before", set()),  # NaN, whatever changes
        (DEAD, "-1e9", "before", {"value"}),  # the average of all values, hidden ones, too
        (DEAD, "0", "after", set()),
    ],
)
def test_what_leaks(keep, fill, order, through):
    assert {what for *_, what in seen(keep, fill, order)[1].leaks} == through


@pytest.mark.parametrize(
    ("fill", "order", "said"),
    [
        ("-inf", "before", "“cat” sees no key: its weights are NaN, and so is its output."),
        ("-1e9", "before", "“cat” sees no key: it gets the average of all values, [1.10, 0.80]. Leak: 5 of them"),
        ("0", "after", "“cat” sees no key: its weights are 0, and so is its output. Nothing leaks."),
        ("-inf", "after", "“cat” sees no key: its weights are no shares, the first is −∞."),
        ("-1e9", "after", "“cat” sees no key: its weights are no shares, the first is -1e+09."),
    ],
)
def test_what_a_row_without_a_key_gets(fill, order, said):
    words = mask.words(state(DEAD, fill, order))
    assert words.startswith(
        f"5 of 25 cells are hidden: {'−∞' if fill == '-inf' else '−1e9' if fill != '0' else 0} {order}"
    )
    assert said in words


def test_the_words_say_what_is_hidden_and_leaks():
    assert mask.words(state(ALL)) == "Nothing is hidden."
    assert mask.words(state()) == "10 of 25 cells are hidden: −∞ before softmax. Nothing leaks."
    assert mask.words(state(CAUSAL, "0", "after")).endswith("Leak: 10 of them let the key through.")
    assert "Leak: 5 of them let the value through." in mask.words(state(DEAD, "0", "before"))
    assert "weights, −∞ before softmax" in mask.picture(state()).alt


@pytest.mark.parametrize(
    ("fill", "order", "weights", "output", "after"),
    [
        (
            "0",
            "after",
            [0.2133317907, 0.3038098606, 0.3038098606, 0.0738612612, 0.0],
            [1.465501864, 0.451532383],
            [0.1607050404, 0.2288631045, 0.2288631045, 0.0556404506, 0.0],
        ),
        (
            "-inf",
            "before",
            [0.238409416, 0.3395233838, 0.3395233838, 0.08254381634, 0.0],
            [1.637774859, 0.5046110165],
            [0.238409416, 0.3395233838, 0.3395233838, 0.08254381634, 0.0],
        ),
        (
            "0",
            "before",
            [0.220230731, 0.3136347727, 0.3136347727, 0.07624986175, 0.07624986175],
            [1.512894753, 0.542384358],
            [0.220230731, 0.3136347727, 0.3136347727, 0.07624986175, 0.07624986175],
        ),
    ],
)
def test_the_weights_are_the_very_same_in_the_page(fill, order, weights, output, after):
    """tests/js/mask.test.mjs has these, too: of row 3 the weights, the output, and the weights after key 4 changed."""
    maps = mask.maps(state(CAUSAL, fill, order))
    assert maps[0][3] == pytest.approx(weights, abs=1e-9)
    assert maps[5][3] == pytest.approx(after, abs=1e-9)
    assert look(CAUSAL, maps).outputs[3] == pytest.approx(output, abs=1e-9)


def test_what_the_students_function_is_asked_is_a_batch_of_scores():
    scores, keep = mask.arguments(state())
    assert (scores.shape, keep.shape, keep.dtype) == ((1 + SIZE, SIZE, SIZE), (SIZE, SIZE), torch.bool)
    came = scores.masked_fill(~keep, -math.inf).softmax(dim=-1)
    assert np.array(mask.numbers(came)["maps"]) == pytest.approx(mask.maps(state()), abs=1e-6)
    with pytest.raises(ValueError, match=re.escape("weights of shape (6, 5, 5)")):
        mask.numbers(came[0])
