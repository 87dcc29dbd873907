"""Hull: a query among the keys of a sentence, its weights, and its output, which never leaves the hull of the values.

The sentence is that of the lesson `learn`, with its keys and values of two numbers each. A temperature divides the
scores; at 1 it is attention as it is. `page/js/explorers/hull.js` draws the same.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attention_course.exercises.explorers.checking import check_names
from attention_course.exercises.explorers.explorer import State, matrix
from attention_course.exercises.explorers.softmax import softmax

if TYPE_CHECKING:
    import numpy as np

    from attention_course.pictures.picture import Picture

TOKENS = ("The", "cat", "slept", "because", "it", "was", "tired")
KEYS = ((0, 0), (3, 0), (1, 1), (0, 0), (1, 0), (0, 0), (0, 3))  # (7, 2): animal, feeling
VALUES = ((0, 0), (3, 0), (1, 1), (0, 0), (0, 0), (0, 0), (0, 3))  # (7, 2): furry, weary
HULL = ((0, 0), (3, 0), (0, 3))  # the corners of all that the values span
FARTHEST, PER_UNIT = 4, 20  # how far a query may lie from 0 along each axis, and how many places there are in between
COLDEST, WARMEST = 0.1, 10


class Hull:
    """A state has the query's two numbers, `x` and `y`, and the `temperature`."""

    asks = "attend"

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, "x", "y", "temperature")
        for name in ("x", "y"):
            if not _is_place(state[name], -FARTHEST, FARTHEST, PER_UNIT):
                raise ValueError(f"{name} is a number from -{FARTHEST} to {FARTHEST}, in steps of {1 / PER_UNIT:g}")
        if not _is_place(state["temperature"], COLDEST, WARMEST, 100):
            raise ValueError(f"temperature is a number from {COLDEST} to {WARMEST}, with two decimals at most")

    def words(self, state: State) -> str:
        """Say where the query lies, and the numbers."""
        weights, output = self.attended(state)
        shares = ", ".join(f"{token} {weight:.2f}" for token, weight in zip(TOKENS, weights, strict=True))
        return (
            f"Query [{state['x']:g}, {state['y']:g}] at temperature {state['temperature']:g}. Weights: {shares}. "
            f"Output: [{output[0]:.2f}, {output[1]:.2f}], inside the hull of the values."
        )

    def attended(self, state: State) -> "tuple[np.ndarray, np.ndarray]":
        """Return the weights of the keys, (7,), and the output, (2,)."""
        import numpy as np

        scores = np.array(KEYS) @ [state["x"], state["y"]] / 2**0.5 / state["temperature"]
        weights = softmax(scores)
        return weights, weights @ np.array(VALUES)

    def picture(self, state: State) -> "Picture":
        """Return the query among the keys, and the output in the hull."""
        from matplotlib.figure import Figure

        from attention_course.pictures.palette import ROLES
        from attention_course.pictures.picture import Picture

        weights, output = self.attended(state)
        colour = {role: both.light for role, both in ROLES.items()}
        figure = Figure(figsize=(6.2, 3.1), layout="constrained")
        left = figure.add_subplot(1, 2, 1, xlabel="animal", ylabel="feeling", xlim=(-4.4, 4.4), ylim=(-4.4, 4.4))
        right = figure.add_subplot(1, 2, 2, xlabel="furry", ylabel="weary", xlim=(-0.6, 3.6), ylim=(-0.6, 3.6))
        left.scatter(*zip(*KEYS, strict=True), color=colour["key"])
        left.annotate("", (state["x"], state["y"]), (0, 0), arrowprops={"color": colour["query"], "width": 2})
        right.fill(*zip(*HULL, strict=True), color=colour["value"], alpha=0.2)
        furry, weary = zip(*VALUES, strict=True)
        right.scatter(furry, weary, s=20 + 200 * weights, color=colour["value"])
        right.scatter([output[0]], [output[1]], s=70, color=colour["output"], marker="D", edgecolor="white")
        for axes, points in ((left, KEYS), (right, VALUES)):
            axes.set_aspect("equal")
            for place in dict.fromkeys(points):
                names = ", ".join(token for token, other in zip(TOKENS, points, strict=True) if other == place)
                below = {"xytext": (0, -14), "ha": "center" if axes is left else "left"}  # of 0, where several are
                where = below if place == (0, 0) else {"xytext": (6, 4)}
                axes.annotate(names, place, textcoords="offset points", fontsize=8, **where)
        left.set_title("query (arrow) among the keys", fontsize=9)
        right.set_title("output (diamond) in the hull", fontsize=9)
        return Picture(figure, f"A query among seven keys, and its output among seven values. {self.words(state)}")

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        return [{"x": 1, "y": 0.5, "temperature": 1}, {"x": -3, "y": 4, "temperature": 0.1}]

    # ---- with a function of the student's

    def arguments(self, state: State) -> tuple[Any, ...]:
        """Return what `attend(q, k, v)` is called with: (1, 2), (7, 2), (7, 2)."""
        import torch

        query = torch.tensor([[state["x"], state["y"]]], dtype=torch.float32) / state["temperature"]
        return query, torch.tensor(KEYS, dtype=torch.float32), torch.tensor(VALUES, dtype=torch.float32)

    def numbers(self, came: Any) -> dict[str, Any]:
        """Return the weights, 7, and the output, 2; raise ValueError where it gave another thing."""
        if not isinstance(came, tuple | list) or len(came) != 2:
            raise ValueError("(out, weights)")
        return {
            "weights": matrix(came[1], "weights of shape (1, 7)", 1, len(KEYS))[0],
            "output": matrix(came[0], "out of shape (1, 2)", 1, 2)[0],
        }


def _is_place(value: Any, least: float, most: float, per_unit: int) -> bool:
    """Is it a number within bounds, and one of so many in a unit?"""
    is_number = type(value) in (int, float) and least <= value <= most
    return is_number and abs(value * per_unit - round(value * per_unit)) < 1e-6
