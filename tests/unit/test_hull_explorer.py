"""Hull: a query among the keys of the course's sentence, and its output in the hull of the values."""

import contextlib
import io
import json
import math
import re

import numpy as np
import pytest
import torch
from lesson_cells import LessonCells

from attention_course.answers.making import answer_to
from attention_course.errors import PicksError
from attention_course.exercises.explore import Explore
from attention_course.exercises.explorers import EXPLORERS
from attention_course.exercises.explorers.hull import HULL, KEYS, TOKENS, VALUES

STATE = {"x": 1, "y": 0.5, "temperature": 1}
STATES = [STATE, {"x": -3, "y": 4, "temperature": 0.1}, {"x": 0, "y": 0, "temperature": 10}]
STATES += [{"x": 4, "y": 0.25, "temperature": 0.32}, {"x": -0.05, "y": -4.0, "temperature": 2.51}]
hull = EXPLORERS["hull"]


def text(**changes):
    return json.dumps({**STATE, **changes})


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (["{}"], "it has x, y and temperature"),
        ([text(more=1)], "it has x, y and temperature"),
        *(
            ([text(x=x)], "x is a number from -4 to 4, in steps of 0.05")
            for x in (4.05, -5, 0.01, "1", True, None, math.nan)
        ),
        *(([text(y=y)], "y is a number from -4 to 4") for y in (math.inf, [1], 0.123)),
        *(
            ([text(temperature=t)], "temperature is a number from 0.1 to 10")
            for t in (0, 0.05, 10.01, 0.123, "1", False)
        ),
    ],
)
def test_every_wrong_form_of_a_place_is_refused_with_a_sentence(picks, sentence):
    answer = answer_to(Explore("see", "easy", number=1, prompt="Move it.", explorer="hull", solution="So."))
    with pytest.raises(PicksError, match=re.escape(sentence)):
        answer.check(picks)
    assert answer.record.attempts == ()


def test_keys_and_values_are_those_of_the_lesson_learn():
    cells = LessonCells("learn").sources
    names = {"torch": torch, "heatmap": lambda *_, **__: None}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in ("why-mean-picture", "query-key-value-x", "three-matrices-picture"):
            exec(cells[cell], names)
    assert names["tokens"] == [*TOKENS]
    assert names["K"].tolist() == np.array(KEYS).tolist()
    assert names["V"].tolist() == np.array(VALUES).tolist()
    assert names["Q"][TOKENS.index("it")].tolist() == [STATE["x"], STATE["y"]]


@pytest.mark.parametrize("state", STATES)
def test_the_numbers_are_those_of_torch(state):
    query, keys, values = (tensor.double() for tensor in hull.arguments(state))
    wanted = torch.nn.functional.scaled_dot_product_attention(query, keys, values)
    weights, output = hull.attended(state)
    assert output == pytest.approx(wanted[0].numpy(), abs=1e-6)
    assert weights == pytest.approx((query @ keys.T / 2**0.5).softmax(dim=-1)[0].numpy(), abs=1e-6)


@pytest.mark.parametrize(
    ("state", "weights", "output"),
    [
        (
            {"x": 1, "y": 0.5, "temperature": 1},
            [0.05222801054, 0.4356936221, 0.1508489678, 0.05222801054, 0.1059244106, 0.05222801054, 0.1508489678],
            [1.457929834, 0.6033958712],
        ),
        (
            {"x": 4, "y": 0.25, "temperature": 2.51},
            [0.0249872075, 0.7343268159, 0.08273612715, 0.0249872075, 0.07710956944, 0.0249872075, 0.030865865],
            [2.285716575, 0.1753337221],
        ),
    ],
)
def test_the_numbers_are_the_very_same_in_the_page(state, weights, output):
    """tests/js/hull.test.mjs has these, too."""
    found = hull.attended(state)
    assert found[0] == pytest.approx(weights, abs=1e-9)
    assert found[1] == pytest.approx(output, abs=1e-9)


def test_no_output_leaves_the_hull_whatever_the_query():
    corners = np.array(HULL)
    sides = np.roll(corners, -1, axis=0) - corners  # against the clock
    random = np.random.default_rng(0)
    outputs = [np.array(value) for value in VALUES]
    outputs += [hull.attended({"x": x, "y": y, "temperature": 0.1})[1] for x, y in random.uniform(-4, 4, (200, 2))]
    for output in outputs:
        apart = output - corners
        assert (sides[:, 0] * apart[:, 1] - sides[:, 1] * apart[:, 0] >= -1e-9).all()
    assert {*HULL} <= {*VALUES}


def test_the_words_say_the_numbers():
    weights, output = hull.attended(STATE)
    said = hull.words(STATE)
    assert said.startswith("Query [1, 0.5] at temperature 1. Weights: The 0.0")
    assert f"cat {weights[1]:.2f}, slept" in said
    assert said.endswith(f"Output: [{output[0]:.2f}, {output[1]:.2f}], inside the hull of the values.")
    assert hull.picture(STATE).alt == f"A query among seven keys, and its output among seven values. {said}"


def test_a_colder_query_takes_nearly_all_from_one_key():
    assert hull.attended({**STATE, "temperature": 0.1})[0].max() > 0.999
    assert hull.attended({**STATE, "temperature": 10})[0] == pytest.approx(1 / 7, abs=0.04)


@pytest.mark.parametrize(
    ("came", "wanted"),
    [
        (None, "(out, weights)"),
        (torch.zeros(1, 2), "(out, weights)"),
        ((torch.zeros(1, 2), torch.zeros(7)), "weights of shape (1, 7)"),
        ((torch.zeros(2), torch.zeros(1, 7)), "out of shape (1, 2)"),
        (([[0, 0]], torch.zeros(1, 7)), "out of shape (1, 2)"),
        ((torch.zeros(1, 2, dtype=torch.complex64), torch.zeros(1, 7)), "real numbers"),
        ((torch.zeros(1, 2, dtype=torch.bool), torch.zeros(1, 7)), "real numbers"),
    ],
)
def test_what_is_no_output_with_its_weights_is_said(came, wanted):
    with pytest.raises(ValueError, match=re.escape(wanted)):
        hull.numbers(came)


def test_numbers_that_json_does_not_know_travel_as_texts():
    out = torch.tensor([[math.nan, math.inf]])
    numbers = hull.numbers((out, -math.inf * torch.ones(1, 7)))
    assert numbers == {"weights": ["-Infinity"] * 7, "output": ["NaN", "Infinity"]}
    json.dumps(numbers, allow_nan=False)
