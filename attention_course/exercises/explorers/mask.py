"""Mask: which keys a query may see, what hides the others, the weights that come of it, and what leaks all the same.

Five tokens have fixed queries, keys and values. `page/js/explorers/mask.js` draws the same.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attention_course.exercises.explorers.checking import check_names, check_one_of
from attention_course.exercises.explorers.explorer import State, matrix
from attention_course.exercises.explorers.mask_maps import FILLS, SAME, SIZE, TOKENS, kept, look, maps_of, scores_of_all

if TYPE_CHECKING:
    import numpy as np

    from attention_course.pictures.picture import Picture

SIGNS = {"-inf": "−∞", "-1e9": "−1e9", "0": "0"}
ORDERS = ("before", "after")


class Mask:
    """A state has rows of `keep` ("1": may be seen), the `fill`, and its `order`: written before or after softmax."""

    asks = "masked_softmax"

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, "keep", "fill", "order")
        keep = state["keep"]
        is_row = [isinstance(row, str) and len(row) == SIZE and set(row) <= {"0", "1"} for row in _listed(keep)]
        if not isinstance(keep, list) or is_row != [True] * SIZE:
            raise ValueError(f"keep is a list of {SIZE} texts of {SIZE} signs each, 0 or 1")
        check_one_of(state, "fill", tuple(FILLS))
        check_one_of(state, "order", ORDERS)

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
        what = " or ".join(f"the {what}" for what in ("key", "value") if any(what == how for *_, how in seen.leaks))
        leak = f"Leak: {len(pairs)} of them let {what} through." if pairs else "Nothing leaks."
        return " ".join([*said, leak])

    def maps(self, state: State) -> "np.ndarray":
        """Return the weights, and then those after each key has been changed: (1 + 5, 5, 5)."""
        return maps_of(state["keep"], state["fill"], state["order"])

    def picture(self, state: State) -> "Picture":
        """Return the mask and the weights, side by side."""
        from attention_course.pictures.heatmap import heatmap

        panels = {
            "keep, 1 = may be seen": kept(state["keep"]).astype(float),
            f"weights, {SIGNS[state['fill']]} {state['order']} softmax": self.maps(state)[0],
        }
        return heatmap(panels, TOKENS, TOKENS, kind=["scores", "weights"])

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

        return torch.tensor(scores_of_all(), dtype=torch.float32), torch.tensor(kept(state["keep"]))

    def numbers(self, came: Any) -> dict[str, Any]:
        """Return the weights, 6 maps of 5 by 5; raise ValueError where it gave another thing."""
        return {"maps": matrix(came, f"weights of shape ({1 + SIZE}, {SIZE}, {SIZE})", 1 + SIZE, SIZE, SIZE)}


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


def _listed(keep: Any) -> list[Any]:
    return keep if isinstance(keep, list) else []
