"""What the explorer `mask` computes: weights under a mask, and what leaks, which is found by trying.

1 is added to both numbers of a token's key, then of its value, and each output is compared with what it was.
`page/js/explorers/mask_numbers.js` computes the same.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attention_course.exercises.explorers.softmax import softmax

if TYPE_CHECKING:
    import numpy as np

TOKENS = ("The", "cat", "slept", "because", "it")
QUERIES = ((1, 0.5), (0.5, -1), (-1, 0.5), (1, 1), (2, 0.5))  # (5, 2)
KEYS = ((0.5, 1), (2, 0), (1, 1), (-0.5, 0.5), (1, -0.5))  # (5, 2)
VALUES = ((1, 0), (3, 0), (1, 1), (0.5, 2), (0, 1))  # (5, 2)
FILLS = {"-inf": -math.inf, "-1e9": -1e9, "0": 0.0}
SAME = 1e-5  # so near are two outputs that count as one
SIZE = len(TOKENS)


@dataclass(frozen=True)
class Seen:
    """What is seen of a mask: the outputs (5, 2), the dead rows, and what leaks: row, column, and through what."""

    outputs: "np.ndarray"
    dead: list[int]
    leaks: list[tuple[int, int, str]]


def maps_of(keep: Sequence[str], fill: str, order: str) -> "np.ndarray":
    """Return the weights, and then those after each key has been changed: (1 + 5, 5, 5)."""
    import numpy as np

    scores, seen = scores_of_all(), kept(keep)
    with np.errstate(invalid="ignore"):  # a row of nothing but −∞ is NaN, which is to be seen
        if order == "before":
            return softmax(np.where(seen, scores, FILLS[fill]))
        return np.where(seen, softmax(scores), FILLS[fill])


def scores_of_all() -> "np.ndarray":
    """Return the scores, and then those after each key has been changed: (1 + 5, 5, 5)."""
    import numpy as np

    keys = np.array(KEYS) + np.concatenate([np.zeros((1, SIZE)), np.eye(SIZE)])[:, :, None]  # (6, 5, 2)
    return np.array(QUERIES) @ keys.transpose(0, 2, 1) / 2**0.5


def look(keep: Sequence[str], maps: "np.ndarray") -> Seen:
    """Return what is seen of a mask with these weights, (1 + 5, 5, 5)."""
    import numpy as np

    values = np.array(VALUES) + np.concatenate([np.zeros((1, SIZE)), np.eye(SIZE)])[:, :, None]  # (6, 5, 2)
    with np.errstate(invalid="ignore"):  # −∞ times 0
        through = {"key": maps @ values[0], "value": maps[0] @ values}  # each (6, 5, 2)
    hidden = [(row, column) for row in range(SIZE) for column in range(SIZE) if keep[row][column] == "0"]
    leaks = [
        (row, column, what)
        for row, column in hidden
        for what, outputs in through.items()
        if not np.allclose(outputs[0, row], outputs[column + 1, row], rtol=0, atol=SAME, equal_nan=True)
    ]
    return Seen(through["key"][0], [row for row in range(SIZE) if "1" not in keep[row]], leaks)


def kept(keep: Sequence[str]) -> "np.ndarray":
    """Return the mask, (5, 5) bool: True may be seen."""
    import numpy as np

    return np.array([[sign == "1" for sign in row] for row in keep])
