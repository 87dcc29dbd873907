"""How numbers, times, names and paths are written for people: on pages, in tables and on the terminal."""

import re
from collections.abc import Sequence
from datetime import datetime

from attention_course.exercises.question import Question
from attention_course.pictures.picture import readable


def number(value: float) -> str:
    """Return points as people write them, with two decimals at most, as Canvas and Moodle keep them: 1, 0.5, 2.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(count: float, thing: str) -> str:
    """Return a number with its noun: "1 point", "2 points"."""
    return f"{number(count)} {thing}{'' if count == 1 else 's'}"


def day_and_hour(time: datetime) -> str:
    """Return a time as people write it: "5 December 2026, 18:00"."""
    return f"{time.day} {time:%B %Y, %H:%M}"


def full_name(first: str | None, last: str | None, student: str) -> str:
    """Return a student's name on one line, or the id where there is none; nothing in it turns the text around it."""
    name = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", f"{first or ''} {last or ''}").strip()
    return readable(name or student)


def short_title(question: Question) -> str:
    """Return a question's column heading: "T1" for Task 1, "Q1" for Question 1."""
    return question.name if question.number is None else f"{question.label[0]}{question.number}"


def printable(parts: Sequence[str]) -> str:
    """Return where a file comes from, fit to be printed on a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in "/".join(parts))
