"""Items: the bank's questions, as `items.json` beside this file lists them."""

import functools
import json
import pkgutil
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.drawn import Drawn
from attention_course.bank import draw
from attention_course.bank.drawn_answer import DrawnAnswer
from attention_course.bank.live_drawn import LiveDrawn
from attention_course.errors import LessonError
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.item import made
from attention_course.exercises.question import Question
from attention_course.page.live_answer import LiveAnswer

FILE = "items.json"


class Items:
    """A bank of items. A question is made when it is asked: a student meets ten of some hundred."""

    def __init__(self, items: Iterable[Mapping[str, Any]]) -> None:
        self._items = {item["id"]: item for item in items}
        self.numbered: dict[tuple[str, str], list[str]] = {}
        for name, item in self._items.items():
            self.numbered.setdefault((item["concept"], item["difficulty"]), []).append(name)
        self._made = functools.cache(self._make)

    def drawn(self, concept: str, of: tuple[int, int]) -> Drawn:
        """Return what a sitting, told by its seed and its number, asks of a concept.

        Raises LessonError where the bank lacks it.
        """
        seed, sitting = of
        if concept not in CONCEPTS:
            raise LessonError(f"The bank has no concept {concept!r}, it has: {', '.join(CONCEPTS)}.")
        level = draw.difficulty(concept, seed, sitting)
        if (concept, level) not in self.numbered:
            raise LessonError(f"The bank has no {level} item on {concept}.")
        return Drawn(seed, sitting, draw.item(concept, seed, sitting, self.numbered))

    def question(self, name: str, drawn: Drawn, number: int | None = None) -> Question:
        """Return the item that was drawn as a question of this name, which is its concept's.

        Its numbers may be any: the bank may have got new ones since it was drawn. Raises LessonError where its concept,
        or its difficulty, is not that of the form.
        """
        item = self._items.get(drawn.item)
        if not item or item["concept"] != name or item["difficulty"] != draw.difficulty(name, *drawn.of):
            raise LessonError(f"{drawn.item[:60]!r} is no item of its sitting.")
        return self._made(name, drawn, number)

    def answer_to(self, question: Question, *arguments: Any, **named: Any) -> Answer:
        """Return a new answer to a question of the bank's; the arguments are those of `Answer`."""
        return DrawnAnswer(question, *arguments, **named)

    def live_answer_to(self, answer: Answer) -> LiveAnswer:
        """Return such an answer in the form in which its page shows it."""
        return LiveDrawn(answer)

    def _make(self, name: str, drawn: Drawn, number: int | None) -> Question:
        item = self._items[drawn.item]
        question = made(item, name, number=number, attempts=1).shuffled(Random(f"{drawn.seed} {drawn.item}"))
        question.bank, question.drawn, question.label = self, drawn, "Question"  # type: ignore[misc]
        return question


@functools.cache
def bank() -> Items:
    """Return the course's own bank."""
    return Items(json.loads(pkgutil.get_data("attention_course.bank", FILE) or b"[]"))
