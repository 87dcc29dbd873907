"""Template: a question as a function of one set of numbers, and the sets that it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.seal import seal

Slip = tuple[Any, str]  # a wrong answer, None where it cannot be made, and why it is wrong
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True)
class Template:
    """A question that can be asked in several sets of numbers.

    `ask` takes one set and returns the question's arguments as a dict, hidden ones too, with its "kind". It computes
    the key, and the wrong answers that have a reason. `name` begins with the concept: "scores-easy". A set in which
    something went wrong can be `settled`, as a question can.
    """

    name: str
    difficulty: str
    ask: Callable[..., Mapping[str, Any]]
    sets: Sequence[Mapping[str, Any]]
    settled: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # by the set's number

    def __post_init__(self) -> None:
        if any("nothing" in how for how in self.settled.values()):
            raise ValueError(f'{self.name}: others are asked other items, so say {{"full": "why"}}, not "nothing"')

    @property
    def concept(self) -> str:
        """What it is about: "scores"; "reserve" for what belongs to no form."""
        return self.name.partition("-")[0]

    def item(self, number: int) -> dict[str, Any]:
        """Return the question in one of its sets, counted from 1, as the bank keeps it."""
        name = f"{self.name}-{number}"
        asked = {"attempts": 1, **self.ask(**self.sets[number - 1])}
        if number in self.settled:
            asked["settled"] = dict(self.settled[number])
        kind = KINDS[asked.pop("kind")]
        if isinstance(asked["key"], float):
            asked["key"] = written(asked["key"])
        if kind.lists:  # options of a choice, lines of a program
            asked[kind.lists] = _mixed(asked[kind.lists], name)
        hidden = {argument: asked.pop(argument) for argument in kind.hidden & asked.keys()}
        return {
            "id": name,
            "concept": self.concept,
            "difficulty": self.difficulty,
            "set": number,
            "kind": kind.__name__,
            "arguments": asked,
            "sealed": seal(hidden),
        }


def slips(*known: Slip) -> dict[str, str]:
    """Return wrong answers with their reasons; raise ValueError where two slips lead to the same one.

    A slip whose answer is None cannot be made with these numbers.
    """
    said: dict[str, str] = {}
    for wrong, why in known:
        if wrong is None:
            continue
        text = wrong if isinstance(wrong, str) else written(wrong)
        if text in said:
            raise ValueError(f"Two slips lead to {text}: take other numbers.")
        said[text] = why
    return said


def written(number: float) -> str:
    """Return a number as a key has it: "0.25", "-3", with eight digits at most."""
    return f"{number:.8g}"


def shown(number: float, digits: int = 4) -> str:
    """Return a number as a text shows it to people, with a proper minus sign."""
    return f"{number:.{digits}g}".replace("-", "−")


def factor(number: float) -> str:
    """Return a number as it stands in a product: "3", "(−2)"."""
    return shown(number) if number >= 0 else f"({shown(number)})"


def listed(numbers: Sequence[Any], last: str = "and") -> str:
    """Return "1, 2 and 3"."""
    texts = [one if isinstance(one, str) else shown(one) for one in numbers]
    return f" {last} ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def _mixed(by_id: Mapping[str, str], name: str) -> dict[str, str]:
    """Return options or lines in an order of chance, which is always the same one for an item."""
    return dict(Random(name).sample([*by_id.items()], len(by_id)))
