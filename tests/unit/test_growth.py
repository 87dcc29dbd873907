"""Growth: what is measured, by how much it grows where the length doubles, and how that is said."""

import pytest
import torch

from attention_course import growth
from attention_course.pictures.growth import drawn, factor, largest, seconds

LENGTHS = [128, 256, 512, 1024]


@pytest.mark.parametrize(("power", "times"), [(0, 1), (1, 2), (2, 4)])
def test_a_line_doubles_and_a_square_becomes_four_times_as_much(power, times):
    assert factor(LENGTHS, [3e-6 * T**power for T in LENGTHS]) == pytest.approx(times)


def test_what_every_call_costs_does_not_hide_how_it_grows():
    assert factor([16, 32, 256, 512, 1024], [1 + T**2 / 1e4 for T in (16, 32, 256, 512, 1024)]) > 3.5


def test_the_largest_tensor_is_that_of_the_scores():
    q = torch.randn(100, 4)
    assert largest(lambda: (q @ q.mT).softmax(-1)) == 100 * 100 * 4
    assert largest(lambda: [q[i] @ q.mT for i in range(100)]) <= 100 * 4 * 4  # a view is as large as what it views
    assert largest(lambda: None) == 0


def test_the_quickest_call_counts():
    calls = []
    assert 0 <= seconds(lambda: calls.append(1)) < 0.1
    assert len(calls) == 6  # one to warm up


def test_the_picture_says_in_words_how_much_more_it_takes():
    alt = drawn({"whole": [T**2 * 1e-9 for T in LENGTHS], "step": [2e-4] * 4}, LENGTHS, "time").alt
    assert alt == (
        "Time for T = 128 to 1024, both axes logarithmic. whole: 16 µs to 1 ms; where T doubles, 4.0 times as much. "
        "step: 200 µs to 200 µs; where T doubles, about the same."
    )


def test_memory_is_measured_by_the_largest_tensor():
    picture = growth({"scores": lambda T: lambda: torch.zeros(T, T)}, [16, 32, 64], what="memory")
    assert "scores: 1 KiB to 16 KiB; where T doubles, 4.0 times as much." in picture.alt
    assert "× 4" in picture.svg()


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (({}, [1, 2]), "one or two ways"),
        (({"a": lambda T: lambda: T}, [4]), "at least two"),
        (({"a": lambda T: lambda: T}, [4, 2]), "at least two"),
    ],
)
def test_what_cannot_be_drawn_is_said(arguments, match):
    with pytest.raises(ValueError, match=match):
        growth(*arguments)
    with pytest.raises(ValueError, match="what is 'time' or 'memory'"):
        growth({"a": lambda T: lambda: T}, [1, 2], what="space")
