"""Scale: how the weights of ten keys sharpen with the dimension d, and what dividing the scores by √d does.

Queries and keys have independent normal entries. Given a query, its scores are normal with the query's length as their
deviation: so a score is |q| times a normal number, and the same queries can be followed as d grows. The numbers are
drawn as `page/js/explorers/scale.js` draws them.
"""

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attention_course.exercises.explorers.checking import check_names, check_whole
from attention_course.exercises.explorers.explorer import State
from attention_course.exercises.explorers.softmax import softmax

if TYPE_CHECKING:
    import numpy as np

    from attention_course.pictures.picture import Picture

KEYS, QUERIES, LARGEST = 10, 200, 1024


class Scale:
    """A state has `d`, whether the scores are `scaled`, and which `query` is drawn."""

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, "d", "scaled", "query")
        check_whole(state, "d", 1, LARGEST)
        if type(state["scaled"]) is not bool:
            raise ValueError("scaled is true or false")
        check_whole(state, "query", 0, QUERIES - 1)

    def words(self, state: State) -> str:
        """Say where it stands, and the numbers."""
        weights = self.weights(state)  # (queries, keys)
        own, largest = weights[state["query"]], weights.max(axis=1).mean()
        divided = "divided by √d" if state["scaled"] else "not divided by √d"
        return (
            f"d = {state['d']}, scores {divided}. Query {state['query'] + 1}: the largest weight is {own.max():.2f}, "
            f"and Σp(1−p) is {slope(own):.2f}. "
            f"On average over {QUERIES} queries: {largest:.2f} and {slope(weights):.2f}."
        )

    def weights(self, state: State) -> "np.ndarray":
        """Return the weights of all queries, (queries, keys)."""

        lengths, normal = _drawn()
        scores = lengths[:, state["d"] - 1 : state["d"]] * normal
        scores = scores / math.sqrt(state["d"]) if state["scaled"] else scores
        return softmax(scores)

    def picture(self, state: State) -> "Picture":
        """Return the weights of the query as bars."""
        from attention_course.pictures.prediction import bars

        values = [round(float(weight), 3) for weight in self.weights(state)[state["query"]]]
        return bars(
            [f"key {i + 1}" for i in range(KEYS)], values, (), 0, 1, joined=False, of="the weights of one query"
        )

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        return [{"d": 4, "scaled": False, "query": 0}, {"d": 1024, "scaled": True, "query": QUERIES - 1}]


def slope(weights: Any) -> float:
    """Return Σp(1−p) on average: how much the weights still change where the scores do."""
    return float((weights * (1 - weights)).sum(axis=-1).mean())


@functools.cache
def _drawn() -> "tuple[np.ndarray, np.ndarray]":
    """Return each query's length for each d, (queries, 1024), and the keys' normal numbers, (queries, keys)."""
    import numpy as np

    entries = _normal(2, QUERIES * LARGEST).reshape(QUERIES, LARGEST)
    return np.sqrt((entries**2).cumsum(axis=1)), _normal(1, QUERIES * KEYS).reshape(QUERIES, KEYS)


def _normal(seed: int, count: int) -> "np.ndarray":
    """Return normal numbers, of two uniform ones each (G. Box and M. Muller, 1958)."""
    import numpy as np

    uniform = _uniform(seed, 2 * count).reshape(count, 2)
    return np.sqrt(-2 * np.log(uniform[:, 0])) * np.cos(2 * np.pi * uniform[:, 1])


def _uniform(seed: int, count: int) -> "np.ndarray":
    """Return numbers between 0 and 1: the generator mulberry32, in integers of 32 bits, as any page can run it."""
    import numpy as np

    low = np.uint64(0xFFFFFFFF)
    state = (np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x6D2B79F5)) & low
    mixed = ((state ^ (state >> np.uint64(15))) * (state | np.uint64(1))) & low
    mixed ^= (mixed + ((mixed ^ (mixed >> np.uint64(7))) * (mixed | np.uint64(61)))) & low
    return ((mixed ^ (mixed >> np.uint64(14))).astype(np.float64) + 0.5) / 2**32
