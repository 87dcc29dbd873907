"""Units: what stands behind a number, and how large each unit is."""

import math
import re
from collections.abc import Mapping
from typing import Any

from attention_course.errors import PicksError
from attention_course.exercises.number_text import number

TAIL = re.compile(r"(.*?)\s*([^\W\d_][^\d]*|%)", re.DOTALL)  # what is typed, and a unit behind it
SHARES = {"%": 0.01}  # what a number without a unit may be given in

Units = dict[str, float]  # from each unit to its size in the first one; {} for a number without a unit


def units(given: Any) -> Units | None:
    """Return units from what an author wrote, a text or a dict from texts to sizes; None where that is neither."""
    sizes = dict(given) if isinstance(given, Mapping) else {given: 1} if isinstance(given, str) else {}
    if not sizes or not all(isinstance(name, str) and is_number(size) and size for name, size in sizes.items()):
        return None
    if next(iter(sizes.values())) != 1:
        return None
    return {name: float(size) for name, size in sizes.items() if name}


def split(text: str) -> tuple[str, str]:
    """Return what was typed without its unit, and the unit, "" where there is none."""
    try:
        number(text)
    except ValueError:
        if found := TAIL.fullmatch(text.strip()):
            return found[1], found[2].strip()
    return text, ""


def size_of(unit: str, known: Units) -> float:
    """Return how large a typed unit is, 1 for none; raise PicksError with a sentence where it is not known."""
    if not unit:
        return 1
    sizes = known or SHARES
    folded = {name.casefold(): size for name, size in sizes.items() if len(name) > 2}  # a b is no B
    size = sizes.get(unit) or folded.get(unit.casefold())
    if size is None:
        inside = f"in {' or '.join(known)}" if known else "without a unit"
        raise PicksError(f"{unit!r} is not understood here: write the number {inside}.")
    return size


def is_number(value: Any) -> bool:
    """Is this a finite number, and no truth value?"""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
