"""The explorer position: scores against distance, as torch computes them."""

import re

import pytest
import torch

from attention_course.exercises.explorers.position import FARTHEST, LAST, Position, curve, score
from attention_course.exercises.explorers.position import K as KEY
from attention_course.exercises.explorers.position import Q as QUERY

STATE = {"scheme": "rope", "query": 12, "key": 5, "shift": 20, "head": 3}
q, k = (torch.tensor(vector, dtype=torch.float64) for vector in (QUERY, KEY))
PLACES = [(0, 0), (12, 5), (5, 12), (32, 0), (132, 100)]


def rope(x, position):
    """Turn neighbours, as the lesson `code` gives it."""
    turns = torch.polar(torch.ones(4, dtype=torch.float64), position * 1e4 ** (-torch.arange(0, 8, 2).double() / 8))
    return torch.view_as_real(torch.view_as_complex(x.reshape(4, 2)) * turns).flatten()


def waves(position):
    """Return the sinusoids of a place (Vaswani et al., 2017)."""
    angles = position / 1e4 ** (torch.arange(0, 8, 2).double() / 8)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"more": 1}, "it has scheme, query, key, shift and head"),
        *(({"scheme": bad}, "scheme is one of sinusoid, rope, alibi") for bad in ("RoPE", "", 2, None, {})),
        *(({"query": bad}, "query is a whole number from 0 to 32") for bad in (-1, 33, 1.5, "1", True)),
        *(({"key": bad}, "key is a whole number from 0 to 32") for bad in (-1, 33, 1.5, "1", True)),
        *(({"shift": bad}, "shift is a whole number from 0 to 100") for bad in (-1, 101, 0.5, None)),
        *(({"head": bad}, "head is a whole number from 1 to 8") for bad in (0, 9, False, "3")),
    ],
)
def test_what_is_no_state_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Position().check({**STATE, **changes})


@pytest.mark.parametrize(("query", "key"), PLACES)
def test_the_scores_are_those_of_torch(query, key):
    root = 8**0.5
    assert score("rope", query, key, 1) == pytest.approx(float(rope(q, query) @ rope(k, key)) / root)
    assert score("sinusoid", query, key, 1) == pytest.approx(float((q + waves(query)) @ (k + waves(key))) / root)
    slopes = torch.tensor([2 ** (-8 * i / 8) for i in range(1, 9)], dtype=torch.float64)
    for head in range(1, 9):
        expected = q @ k / root + slopes[head - 1] * (key - query)
        assert score("alibi", query, key, head) == pytest.approx(float(expected))


@pytest.mark.parametrize(("scheme", "stays"), [("rope", True), ("alibi", True), ("sinusoid", False)])
def test_a_common_shift_changes_no_score_but_that_of_added_sinusoids(scheme, stays):
    for shift in (1, 20, FARTHEST):
        here, there = (curve({**STATE, "scheme": scheme}, by) for by in (0, shift))
        assert len(here) == LAST + 1
        assert (here == pytest.approx(there, abs=1e-9)) is stays
        said = Position().words({**STATE, "scheme": scheme, "shift": shift})
        assert said.endswith(", the same.") is stays
        assert ("not the same" in said) is not stays


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shift": 0}, "RoPE. Query at 12, key at 5: distance 7, score 1.03. Shift both to see whether the score"),
        ({}, "score 1.03. Both shifted by 20, to 32 and 25: score 1.03, the same."),
        ({"scheme": "sinusoid"}, "Both shifted by 20, to 32 and 25: score 3.88, not the same: they differ by 0.66."),
        ({"scheme": "alibi"}, "ALiBi, head 3 of 8, slope 1/8. Query at 12, key at 5: distance 7, score 0.20. Both"),
        ({"scheme": "alibi", "key": 0, "query": 32, "head": 1}, "slope 1/2. Query at 32, key at 0: distance 32, "),
        ({"query": 0, "key": 32}, "distance −32, score 0.59. The key stands after the query: a causal mask hides it. "),
    ],
)
def test_the_words_say_whether_the_score_stays(changes, said):
    assert said in Position().words({**STATE, **changes})


def test_of_added_sinusoids_the_part_that_is_theirs_alone_stays():
    own = float(waves(12) @ waves(5)) / 8**0.5
    assert own == pytest.approx(float(waves(32) @ waves(25)) / 8**0.5)
    said = Position().words({**STATE, "scheme": "sinusoid"})
    assert said.endswith(f"What the sinusoids give by themselves, {own:.2f}, stays.")


def test_the_picture_s_alternative_says_the_scores_of_some_keys():
    alt = Position().picture({**STATE, "scheme": "alibi", "head": 1, "query": 0, "shift": 3}).alt
    row = "1.07, 5.07, 9.07, 13.07, 17.07"
    assert alt == f"Scores with keys at 0, 8, 16, 24 and 32: {row}; both shifted by 3: {row}."
