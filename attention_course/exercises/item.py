"""Item: a question that was computed from a template, as the bank's file lists it."""

from collections.abc import Mapping
from typing import Any

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.question import Question


def made(item: Mapping[str, Any], name: str, **settings: Any) -> Question:
    """Return an item as a question of this name; `settings` are arguments that take the place of its own."""
    given = {**item["arguments"], **settings, "sealed": item.get("sealed")}
    return KINDS[item["kind"]](name, item["difficulty"], **given)


def template_of(item: Mapping[str, Any]) -> str:
    """Return the name of the template that an item was made from: "scores-easy" of "scores-easy-2"."""
    return item["id"].rpartition("-")[0]
