"""Mask: which keys a query may see, what hides the others, the weights that come of it, and what leaks all the same.

Five tokens have fixed queries, keys and values. What leaks is found by trying: 1 is added to both numbers of a token's
key, then of its value, and each output is compared with what it was. `page/js/explorers/mask.js` draws the same.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attention_course.exercises.explorers.explorer import State, matrix

if TYPE_CHECKING:
    import numpy as np

    from attention_course.pictures.picture import Picture

TOKENS = ("The", "cat", "slept", "because", "it")
QUERIES = ((1, 0.5), (0.5, -1), (-1, 0.5), (1, 1), (2, 0.5))  # (5, 2)
KEYS = ((0.5, 1), (2, 0), (1, 1), (-0.5, 0.5), (1, -0.5))  # (5, 2)
VALUES = ((1, 0), (3, 0), (1, 1), (0.5, 2), (0, 1))  # (5, 2)
FILLS = {"-inf": -math.inf, "-1e9": -1e9, "0": 0.0}
SIGNS = {"-inf": "−∞", "-1e9": "−1e9", "0": "0"}
ORDERS = ("before", "after")
SAME = 1e-5  # so near are two outputs that count as one
SIZE = len(TOKENS)


@dataclass(frozen=True)
class Seen:
    """What is seen of a mask: the outputs (5, 2), the dead rows, and what leaks: row, column, and through what."""

    outputs: "np.ndarray"
    dead: list[int]
    leaks: list[tuple[int, int, str]]


class Mask:
    """A state has rows of `keep` ("1": may be seen), the `fill`, and its `order`: written before or after softmax."""

    asks = "masked_softmax"

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        if set(state) != {"keep", "fill", "order"}:
            raise ValueError("it has keep, fill and order")
        keep = state["keep"]
        is_row = [isinstance(row, str) and len(row) == SIZE and set(row) <= {"0", "1"} for row in _listed(keep)]
        if not isinstance(keep, list) or is_row != [True] * SIZE:
            raise ValueError(f"keep is a list of {SIZE} texts of {SIZE} signs each, 0 or 1")
        if not isinstance(state["fill"], str) or state["fill"] not in FILLS:
            raise ValueError(f"fill is one of {', '.join(FILLS)}")
        if not isinstance(state["order"], str) or state["order"] not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}")

    def words(self, state: State) -> str:
        """Say what is hidden and how, which rows are dead, and what leaks."""
        hidden = "".join(state["keep"]).count("0")
        if not hidden:
            return "Nothing is hidden."
        maps = self.maps(state)
        seen = look(state["keep"], maps)
        said = [f"{hidden} of {SIZE * SIZE} cells are hidden: {SIGNS[state['fill']]} {state['order']} softmax."]
        said += [f"“{TOKENS[row]}” sees no key: {dead_words(maps[0][row], seen.outputs[row])}." for row in seen.dead]
        pairs = {(row, column) for row, column, _ in seen.leaks}
        through = " and ".join(what for what in ("key", "value") if any(what == how for *_, how in seen.leaks))
        leak = f"Leak: {len(pairs)} of them still reach the row, through the {through}." if pairs else "Nothing leaks."
        return " ".join([*said, leak])

    def maps(self, state: State) -> "np.ndarray":
        """Return the weights, and then those after each key has been changed: (1 + 5, 5, 5)."""
        import numpy as np

        scores, keep = scores_of_all(), _kept(state["keep"])
        fill = FILLS[state["fill"]]
        with np.errstate(invalid="ignore"):  # a row of nothing but −∞ is NaN, which is to be seen
            if state["order"] == "before":
                return _softmax(np.where(keep, scores, fill))
            return np.where(keep, _softmax(scores), fill)

    def picture(self, state: State) -> "Picture":
        """Return the weights as a heatmap."""
        from attention_course.pictures.heatmap import heatmap

        how = f"{SIGNS[state['fill']]} {state['order']} softmax"
        return heatmap(self.maps(state)[0], TOKENS, TOKENS, title=f"The weights: {how}")

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        causal = ["1" * (row + 1) + "0" * (SIZE - row - 1) for row in range(SIZE)]
        return [
            {"keep": ["1" * SIZE] * SIZE, "fill": "-inf", "order": "before"},
            {"keep": causal, "fill": "0", "order": "after"},
            {"keep": [*causal[1:], "0" * SIZE], "fill": "-1e9", "order": "before"},
        ]

    # ---- with a function of the student's

    def arguments(self, state: State) -> tuple[Any, ...]:
        """Return what `masked_softmax(scores, keep)` is called with: (1 + 5, 5, 5), (5, 5)."""
        import torch

        return torch.tensor(scores_of_all(), dtype=torch.float32), torch.tensor(_kept(state["keep"]))

    def numbers(self, came: Any) -> dict[str, Any]:
        """Return the weights, 6 maps of 5 by 5; raise ValueError where it gave another thing."""
        return {"maps": matrix(came, f"weights of shape ({1 + SIZE}, {SIZE}, {SIZE})", 1 + SIZE, SIZE, SIZE)}


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


def dead_words(weights: "np.ndarray", output: "np.ndarray") -> str:
    """Say what a row without a key gets."""
    first = float(weights[0])
    if any(math.isnan(weight) for weight in weights):
        return "its weights are NaN, and so is its output"
    if all(weight == 0 for weight in weights):
        return "its weights are 0, and so is its output"
    if all(abs(weight - 1 / SIZE) < SAME for weight in weights):
        return f"it gets the average of all values, [{output[0]:.2f}, {output[1]:.2f}]"
    return f"its weights are no shares, the first is {'−∞' if math.isinf(first) else f'{first:.0e}'}"


def _softmax(scores: "np.ndarray") -> "np.ndarray":
    import numpy as np

    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _kept(keep: Sequence[str]) -> "np.ndarray":
    import numpy as np

    return np.array([[sign == "1" for sign in row] for row in keep])  # (5, 5) bool


def _listed(keep: Any) -> list[Any]:
    return keep if isinstance(keep, list) else []
