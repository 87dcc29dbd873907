"""Cost: what the attention of one sentence of T tokens costs, in operations and in bytes, all layers together.

A multiplication and an addition are two operations (FLOPs). Projections are W_Q, W_K, W_V and W_O of one forward pass;
scores are counted for all pairs, also where a mask hides some. The same numbers as in `page/js/explorers/cost.js`.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from attention_course.exercises.explorers.checking import check_names, check_one_of
from attention_course.exercises.explorers.explorer import State

if TYPE_CHECKING:
    from attention_course.pictures.picture import Picture

OFFERED = {
    "tokens": tuple(2**i for i in range(6, 18)),
    "layers": (1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96),
    "heads": (1, 2, 4, 6, 8, 12, 16, 32, 64),
    "kv_heads": (1, 2, 3, 4, 6, 8, 12, 16, 32, 64),
    "d": (8, 16, 32, 64, 128, 256),
    "bytes": (1, 2, 4),
}


class Costs(NamedTuple):
    """What it costs: FLOPs of projections, of scores and weighted sum; bytes of stored weights and of the KV-cache."""

    projections: int
    scores: int
    weights: int
    cache: int


class Cost:
    """A state has the numbers of `tokens`, `layers`, `heads`, `kv_heads`, the size `d` of a head, `bytes` a number."""

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, *OFFERED)
        for name, offered in OFFERED.items():
            check_one_of(state, name, offered)
        if state["heads"] % state["kv_heads"]:
            raise ValueError("kv_heads divides heads")

    def words(self, state: State) -> str:
        """Say where it stands, and the costs."""
        costs = costs_of(state)
        return (
            f"T = {state['tokens']}, layers: {state['layers']}, heads: {state['heads']}, "
            f"KV heads: {state['kv_heads']}, d = {state['d']}, bytes per number: {state['bytes']}. "
            f"Projections: {flops(costs.projections)}; scores and weighted sum: {flops(costs.scores)}. "
            f"Weights, if stored: {size(costs.weights)}; KV-cache: {size(costs.cache)}. "
            "T doubled: four times the scores, twice the cache."
        )

    def picture(self, state: State) -> "Picture":
        """Return the operations and the bytes against T, both in doublings."""
        from attention_course.pictures.curves import curves

        rows = [costs_of({**state, "tokens": tokens}) for tokens in OFFERED["tokens"]]
        at = OFFERED["tokens"].index(state["tokens"])
        lowest, highest = frame_of([number for row in rows for number in (row.scores, row.projections)])
        named = {"scores and sum": [row.scores for row in rows], "projections": [row.projections for row in rows]}
        drawn = {name: along(values, lowest, highest) for name, values in named.items()}
        ends = ("64", "tokens T, each step a doubling", "131072"), (flops(lowest), "", flops(highest))
        told = "; ".join(f"{name} from {flops(values[0])} to {flops(values[-1])}" for name, values in named.items())
        alt = f"Operations against T, from 64 to 131072: {told}."
        return curves(drawn, ends, [line[at] for line in drawn.values()], alt)

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        start = {"tokens": 1024, "layers": 12, "heads": 12, "kv_heads": 12, "d": 64, "bytes": 2}
        small = {"tokens": 128, "layers": 2, "heads": 2, "kv_heads": 1, "d": 64, "bytes": 2}
        large = {"tokens": 131072, "layers": 96, "heads": 64, "kv_heads": 8, "d": 128, "bytes": 4}
        return [start, small, large]


def costs_of(state: State) -> Costs:
    """Return what a state costs."""
    tokens, layers, heads, kv_heads, d, each = (state[name] for name in OFFERED)
    width = heads * d
    return Costs(
        projections=layers * 2 * tokens * width * (2 * heads + 2 * kv_heads) * d,
        scores=layers * 2 * (2 * heads * tokens**2 * d),
        weights=layers * heads * tokens**2 * each,
        cache=2 * layers * kv_heads * d * tokens * each,
    )


def along(values: Sequence[int], lowest: int, highest: int) -> list[tuple[float, float]]:
    """Return the points of a line, as shares of the picture, which goes up in equal ratios."""
    height = math.log(highest / lowest)
    return [(i / (len(values) - 1), math.log(value / lowest) / height) for i, value in enumerate(values)]


def frame_of(numbers: Sequence[int]) -> tuple[int, int]:
    """Return the powers of ten between which numbers lie."""
    return 10 ** (len(str(min(numbers))) - 1), 10 ** len(str(max(numbers)))


def flops(number: int) -> str:
    """Return a number of operations as it is said: "1.5 GFLOP"."""
    return _sized(number, 1000, ("FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"))


def size(number: int) -> str:
    """Return a number of bytes as it is said: "64 KiB"."""
    return _sized(number, 1024, ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB"))


def _sized(number: float, step: int, units: Sequence[str]) -> str:
    place = 0
    while number >= step and place < len(units) - 1:
        number, place = number / step, place + 1
    digits = 100 if number < 10 else 10 if number < 100 else 1
    return f"{math.floor(number * digits + 0.5) / digits:.10g} {units[place]}"
