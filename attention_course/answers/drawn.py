"""Drawn: which item of a bank a question asks, and in which sitting; and what was answered in earlier ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attention_course.answers.record import Attempt

SURE = ("guess", "think", "sure")  # how sure somebody can be of an answer, from least to most
MOST_SITTINGS = 100
MOST_SEEDS = 10**9


@dataclass(frozen=True)
class Drawn:
    """The item that was drawn: `seed` and `sitting`, counted from 0, are those of all the sitting's questions."""

    seed: int
    sitting: int
    item: str

    @property
    def of(self) -> tuple[int, int]:
        """What tells its sitting from others."""
        return self.seed, self.sitting

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {"seed": self.seed, "sitting": self.sitting, "item": self.item}


@dataclass(frozen=True)
class Sat:
    """What was answered in an earlier sitting."""

    drawn: Drawn
    attempt: "Attempt"

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {**self.drawn.to_json(), **self.attempt.to_json()}


def parse(value: Any) -> Drawn:
    """Return what a JSON value says was drawn; raise ValueError where it says nothing of the kind."""
    seed, sitting, item = value["seed"], value["sitting"], value["item"]
    if len(value) != 3 or type(seed) is not int or type(sitting) is not int:
        raise ValueError("what was drawn has a seed, a sitting and an item")
    if not 0 <= seed < MOST_SEEDS or not 0 <= sitting < MOST_SITTINGS:
        raise ValueError("no sitting has these numbers")
    if not isinstance(item, str) or len(item) > 100:
        raise ValueError("an item has a name")
    return Drawn(seed, sitting, item)
