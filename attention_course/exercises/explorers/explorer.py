"""Explorer: what an explorer says of its states, for records, and for pages without a script."""

import math
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from attention_course.pictures.picture import Picture

State = dict[str, Any]  # plain JSON values


class Explorer(Protocol):
    """One explorer; the page has a class of the same name."""

    def check(self, state: State) -> None:
        """Raise ValueError, with what is wrong, where this is no state."""

    def words(self, state: State) -> str:
        """Say in a sentence or two what a state shows, with its numbers."""

    def picture(self, state: State) -> Picture:
        """Return the picture of a state."""

    def samples(self) -> Sequence[State]:
        """Return states to try, the first of them that in which it begins."""


@runtime_checkable
class AskingExplorer(Explorer, Protocol):
    """An explorer whose numbers may also come from a function that the student wrote."""

    asks: str  # the function's name

    def arguments(self, state: State) -> tuple[Any, ...]:
        """Return what the function is called with."""

    def numbers(self, came: Any) -> dict[str, Any]:
        """Return of what it gave the numbers that the page draws, as JSON; raise ValueError with what is wanted."""


def matrix(came: Any, wanted: str, *shape: int) -> list[Any]:
    """Return a tensor as lists of numbers; what is no finite number is a text, as JSON knows none ("NaN").

    Raises ValueError with what is wanted where it is no tensor of this shape.
    """
    if tuple(getattr(came, "shape", ())) != shape:
        raise ValueError(wanted)
    return _plain(came.tolist())


def _plain(values: Any) -> Any:
    if isinstance(values, list):
        return [_plain(value) for value in values]
    if isinstance(values, int | float) and not isinstance(values, bool):
        return values if math.isfinite(values) else "NaN" if math.isnan(values) else f"{'-' * (values < 0)}Infinity"
    raise ValueError("real numbers")
