"""Strips: what stands apart and what was joined."""

import itertools
import re

import numpy as np
import pytest
import torch

from attention_course import strips

HEADS = np.arange(8 * 10 * 16).reshape(8, 10, 16) / 100
JOINED = np.concatenate(HEADS, axis=-1)  # (10, 128)


def pieces(picture):
    """Return left edge, top and width of each piece in a picture of strips, in pixels."""
    axes = [axes.get_position() for axes in picture.figure.axes]
    width, height = picture.figure.get_size_inches() * 96
    return [(round(box.x0 * width), round((1 - box.y1) * height), round(box.width * width)) for box in axes]


def test_pieces_stand_apart_side_by_side_and_what_was_joined_is_one():
    *heads, joined = pieces(strips({"heads": HEADS, "joined": [JOINED]}))
    assert len(heads) == 8
    assert len({top for _, top, _ in heads}) == 1
    gaps = [right[0] - left[0] - left[2] for left, right in itertools.pairwise(heads)]
    assert all(7 <= gap <= 9 for gap in gaps)
    assert joined[0] == heads[0][0]
    assert joined[1] > heads[0][1]
    assert joined[2] == pytest.approx(sum(width for _, _, width in heads), abs=8)


def test_the_text_alternative_says_which_pieces_there_are():
    alt = strips({"heads": HEADS, "given": [JOINED], "both": [HEADS[0], JOINED]}, title="What was done").alt
    assert alt == (
        "What was done: heads: 8 pieces, each 10 rows by 16 columns. given: 1 piece, 10 rows by 128 columns. "
        "both: 2 pieces, 10 rows by 16 columns and 10 rows by 128 columns."
    )


def test_a_strip_without_pieces_is_its_title():
    picture = strips({"given nothing": []})
    assert pieces(picture) == []
    assert ">given nothing</" in picture.svg()
    assert picture.alt == "given nothing: nothing."


def test_titles_are_text_whatever_they_hold():
    svg = strips({"<script>": [[[1.0]]]}, title="$x$").svg()
    assert "<script" not in svg
    assert ">$x$</" in svg


def test_tensors_and_arrays_look_the_same():
    tensor = torch.tensor(JOINED, requires_grad=True)
    assert strips({"joined": [tensor]}).png() == strips({"joined": [JOINED]}).png()


def test_strips_fit_on_a_page():
    width, height = strips({"heads": HEADS, "joined": [JOINED], "result": [JOINED]}).figure.get_size_inches() * 96
    assert width <= 720
    assert height < 400


@pytest.mark.parametrize(
    ("piece", "error", "sentence"),
    [
        (128, ValueError, r'A piece of "given" needs shape \(rows, columns\), but got shape \(\)'),
        (np.zeros((0, 3)), ValueError, r"got shape \(0, 3\)"),
        ("text", TypeError, "needs numbers"),
    ],
)
def test_what_is_no_matrix_is_refused_with_a_sentence(piece, error, sentence):
    with pytest.raises(error, match=sentence):
        strips({"given": [piece]})


def test_strips_have_the_colour_of_their_role():
    light = [strips({"x": [np.ones((2, 2))]}, kind=kind).png() for kind in ("output", "values", "keys")]
    assert len(set(light)) == 3
    with pytest.raises(ValueError, match="kind must be one of weights, "):
        strips({"x": [np.ones((2, 2))]}, kind="colours")


def test_strips_hold_no_unreadable_letter():
    assert not re.search(r"\x00", strips({"a\x00b": []}).alt)
