"""Facts: what each lesson says of itself, as `python -m attention_course.instructor.source.facts` writes it down."""

import json
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FILE = "lessons.json"


@dataclass(frozen=True)
class Section:
    """A part of a lesson under a heading: its `minutes` (0 where the heading says none), and points by question."""

    title: str
    minutes: int
    questions: Mapping[str, float]


@dataclass(frozen=True)
class Facts:
    """A lesson: its title, how long it takes, in its own words and in minutes, and its sections in their order."""

    lesson: str
    title: str
    time: str
    minutes: int
    sections: tuple[Section, ...]

    @property
    def questions(self) -> dict[str, float]:
        """The points of each question, by its name."""
        return {name: points for section in self.sections for name, points in section.questions.items()}

    @property
    def points(self) -> float:
        """What all questions give together."""
        return sum(self.questions.values())


def from_json(value: Mapping[str, Any]) -> dict[str, Facts]:
    """Return the facts of each lesson, by its name."""
    return {
        lesson: Facts(lesson, **{**said, "sections": tuple(Section(**section) for section in said["sections"])})
        for lesson, said in value.items()
    }


def known() -> dict[str, Facts]:
    """Return the facts of each lesson that there is, by its name."""
    return from_json(json.loads(pkgutil.get_data("attention_course.course", FILE) or b"{}"))
