"""Explorer: what an explorer says of its states, for records, and for pages without a script."""

from collections.abc import Sequence
from typing import Any, Protocol

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
