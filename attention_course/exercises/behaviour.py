"""Behaviour: do two programs do the same? What they name is compared, under several seeds, or what they print."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from attention_course.exercises import program

NEAR = 1e-5  # relative: sums in another order differ by less
Behaviour = list[tuple[Mapping[str, Any], str, str]]  # by seed: the named values, what was printed, what was raised


def behaviour(source: str, names: Sequence[str], seeds: Sequence[int]) -> Behaviour:
    """Run a program under each seed; return what became of the names, what it printed and what it raised."""
    runs = [program.run(source, seed=seed) for seed in seeds]
    return [
        ({name: run.names[name] for name in names if name in run.names}, run.printed, str(run.error or ""))
        for run in runs
    ]


def same_behaviour(one: Behaviour, other: Behaviour, names: Sequence[str]) -> bool:
    """Did two programs end without an error and with the same values (where none is named: print the same)?"""
    for (values, printed, error), (others, also_printed, other_error) in zip(one, other, strict=True):
        if error or other_error:
            return False
        if not names and printed != also_printed:
            return False
        if not all(name in values and name in others and alike(values[name], others[name]) for name in names):
            return False
    return True


def alike(one: Any, other: Any) -> bool:
    """Are two values the same, as far as the last digits of floating-point numbers can tell?"""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=NEAR, abs_tol=1e-6) or (one != one and other != other)
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if hasattr(one, "shape") and hasattr(one, "tolist"):  # of torch or numpy, which need not be imported for it
        same_kind = tuple(one.shape) == tuple(other.shape) and one.dtype == other.dtype
        return same_kind and alike(one.tolist(), other.tolist())
    try:
        return bool(one == other)
    except Exception:  # what cannot be compared is not known to be the same
        return False
