"""How time or memory grows with the length of a sequence: measured here, drawn, and said in words."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from time import perf_counter
from typing import Any

from attention_course.pictures.curves import curves
from attention_course.pictures.picture import Picture, readable

Call = Callable[[], Any]
REPEATS, ENOUGH = 5, 0.1  # the quickest of so many calls counts, or of as many as fit into so many seconds
STEEP = 3  # how many of the longest lengths say how it grows: for short ones, what every call costs counts more
UNITS = {
    "time": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "memory": ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "bytes")),
}
WHAT = {"time": "Time", "memory": "The largest tensor on the way"}


def growth(runs: Mapping[str, Callable[[int], Call]], lengths: Sequence[int], *, what: str = "time") -> Picture:
    """Measure one or two ways to compute something for growing lengths T, and draw them, both axes logarithmic.

    runs: for each name a function that prepares the inputs for a length, and returns the call to be measured.
    lengths: at least two, growing. what: "time", or "memory": the bytes of the largest tensor that a call makes.
    The picture's `alt` says in words how much more it takes where T doubles.
    Raises ValueError, with a sentence that says what is wanted.
    """
    if what not in WHAT:
        raise ValueError(f"what is {' or '.join(map(repr, WHAT))}, not {what!r}.")
    if not 1 <= len(runs) <= 2:
        raise ValueError(f"growth draws one or two ways to compute something, not {len(runs)}.")
    if len(lengths) < 2 or lengths[0] < 1 or any(b <= a for a, b in pairwise(lengths)):
        raise ValueError("lengths are at least two whole numbers from 1 on, each larger than the one before.")
    measure = seconds if what == "time" else largest
    return drawn({name: [measure(make(T)) for T in lengths] for name, make in runs.items()}, lengths, what)


def drawn(measured: Mapping[str, Sequence[float]], lengths: Sequence[int], what: str) -> Picture:
    """Draw what was measured, a number for each length, in seconds or bytes."""
    tiny = UNITS[what][-1][0] / 10
    measured = {readable(name): [max(value, tiny) for value in values] for name, values in measured.items()}
    low, high = (choice(choice(values) for values in measured.values()) for choice in (min, max))
    across, up = _share(lengths[0], lengths[-1]), _share(low, max(high, low * 2))
    points = {
        f"{name}: × {factor(lengths, values):.2g}": [
            (across(T), up(value)) for T, value in zip(lengths, values, strict=True)
        ]
        for name, values in measured.items()
    }
    told = [
        f"{name}: {_size(values[0], what)} to {_size(values[-1], what)}; where T doubles, {_more(lengths, values)}."
        for name, values in measured.items()
    ]
    ends = (f"T = {lengths[0]}", "", f"{lengths[-1]}"), (_size(low, what), "", _size(max(high, low * 2), what))
    alt = f"{WHAT[what]} for T = {lengths[0]} to {lengths[-1]}, both axes logarithmic. {' '.join(told)}"
    return curves(points, ends, [point for line in points.values() for point in line], alt)


def factor(lengths: Sequence[int], values: Sequence[float]) -> float:
    """Return by how much a value grows where the length doubles: 2 for a line, 4 for a square."""
    x, y = [math.log2(T) for T in lengths][-STEEP:], [math.log2(value) for value in values][-STEEP:]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)
    return float(2**slope)


def seconds(call: Call) -> float:
    """Return how long a call takes: the quickest of a few, since other programs can only make it longer."""
    call()
    taken: list[float] = []
    while len(taken) < REPEATS and (len(taken) < 2 or sum(taken) < ENOUGH):
        begun = perf_counter()
        call()
        taken.append(perf_counter() - begun)
    return min(taken)


def largest(call: Call) -> int:
    """Return the bytes of the largest tensor that a call's steps make in this process; not those within one step."""
    from torch import Tensor
    from torch.overrides import TorchFunctionMode

    most = 0

    class Watch(TorchFunctionMode):
        def __torch_function__(self, function: Any, kinds: Any, args: Any = (), kwargs: Any = None) -> Any:
            nonlocal most
            made = function(*args, **(kwargs or {}))
            for one in made if isinstance(made, list | tuple) else [made]:
                if isinstance(one, Tensor):
                    most = max(most, one.untyped_storage().nbytes())
            return made

    with Watch():
        call()
    return most


def _share(low: float, high: float) -> Callable[[float], float]:
    return lambda value: math.log(value / low) / math.log(high / low)


def _size(value: float, what: str) -> str:
    size, unit = next((one for one in UNITS[what] if value >= one[0]), UNITS[what][-1])
    return f"{value / size:.0f} {unit}" if value >= 100 * size else f"{value / size:.2g} {unit}"


def _more(lengths: Sequence[int], values: Sequence[float]) -> str:
    times = factor(lengths, values)
    return "about the same" if times < 1.15 else f"{times:.1f} times as much"
