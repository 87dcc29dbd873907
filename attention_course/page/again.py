"""Again, in other numbers: the items of a template, asked in the place of a finished question. Nothing of it counts."""

import functools
import json
import pkgutil
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from attention_course.exercises.item import made, template_of
from attention_course.exercises.question import Question

FILE = "bank/items.json"  # a release holds those items alone that its questions name
ATTEMPTS = 3

Item = Mapping[str, Any]


class Deck:
    """The items of a template in an order of chance: all are asked before one comes again, and none twice in a row."""

    def __init__(self, items: Iterable[Item], chance: Random | None = None) -> None:
        self._items, self._chance = list(items), chance or Random()
        self._left: list[Item] = []
        self._last: Item = {}

    def question(self, asking: Question) -> Question:
        """Return the next item as a question that takes the place of the one which names the template."""
        question = made(self._next(), asking.name, attempts=ATTEMPTS).shuffled(self._chance)
        question.label = f"{asking.title}, in other numbers"  # type: ignore[misc]
        return question

    def _next(self) -> Item:
        if not self._left:
            self._left = self._chance.sample(self._items, len(self._items))
            if self._left[-1] is self._last:
                self._left.reverse()
        self._last = self._left.pop()
        return self._last


@functools.cache
def deck(template: str) -> Deck | None:
    """Return a template's items, None where there are none here; they go on as long as the kernel runs."""
    items = [item for item in _items() if template_of(item) == template] if template else []
    return Deck(items) if items else None


@functools.cache
def _items() -> list[Item]:
    try:
        return json.loads(pkgutil.get_data("attention_course", FILE) or b"[]")
    except FileNotFoundError:  # a release whose questions name no template
        return []
