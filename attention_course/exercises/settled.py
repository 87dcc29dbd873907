"""Settled: how an instructor settles a question that went wrong; it stands in the source, and feedback says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Each kind, with what it does in the words of the feedback page.
SETTLEMENTS = {
    "any": "Any of your attempts counts, not the last one alone.",
    "full": "Everybody gets all of its points.",
    "nothing": "It gives no points to anybody, and the totals follow.",
    "told": "What your notebook told you counts.",
    "key": "The answer that is right now counts, whatever your notebook told you.",
}
GIVES = {"full": "everybody gets all of its points", "nothing": "it gives no points to anybody"}  # below the question
LONGEST = 500  # characters of a reason


@dataclass(frozen=True)
class Settled:
    """One settlement: its kind, and the instructor's reason, a sentence for students."""

    kind: str
    reason: str

    @property
    def gives(self) -> str:
        """What it gives whatever is answered, a part of a sentence; "" where that depends on the answer."""
        return GIVES.get(self.kind, "")

    @property
    def words(self) -> str:
        """What feedback says of it."""
        return f"{self.reason} {SETTLEMENTS[self.kind]}"


def read(value: Any) -> Settled | str:
    """Return the settlement that an author wrote, or what is wrong with it, as a part of a sentence."""
    form = 'settled is one kind with its reason, such as settled={"full": "The picture was missing until 3 March."}'
    if not isinstance(value, Mapping) or len(value) != 1:
        return form
    ((kind, reason),) = value.items()
    if kind not in SETTLEMENTS:
        return f"settled knows {', '.join(map(repr, SETTLEMENTS))}, not {kind!r}"
    if not isinstance(reason, str) or not reason.strip() or len(reason) > LONGEST:
        return f"settled needs a reason for {kind!r}, a sentence for students"
    return Settled(kind, reason.strip())
