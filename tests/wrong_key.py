"""A question whose key was found to be wrong, and what six students had answered, for the tests."""

from datetime import UTC, datetime
from typing import Any

from attention_course.answers.record import Record
from attention_course.exercises.choice import Choice
from attention_course.instructor.settling.asked import asked_in

# Six students: what each attempted, and what each gets where B was the key, and C is (the case key-fixed-no-release).
ATTEMPTS = {"kim": "CB", "lee": "B", "moe": "CAD", "nan": "C", "oli": "CAC", "pat": "ADB"}


def source(key: str, **more: Any) -> str:
    """Return the cell that asks the question, as it stands in source/ and in the gradebook."""
    said = "".join(f"{name}={value!r}, " for name, value in more.items())
    return (
        f'answer = lesson.ask(Choice(\n    "purpose", "easy", {said}\n    prompt="Which?",\n'
        '    options={"A": "a", "B": "b", "C": "c", "D": "d"},\n'
        f'    ### BEGIN KEY\n    key="{key}",\n    ### END KEY\n))\n'
        "### BEGIN HIDDEN TESTS\nanswer.points(1)\n### END HIDDEN TESTS"
    )


def question(key: str, **more: Any) -> Choice:
    asked = asked_in([source(key, **more)])["purpose"].question
    assert isinstance(asked, Choice)
    return asked


def records(letters: str) -> Record:
    made = Record()
    for minute, letter in enumerate(letters):
        made = made.with_attempt((letter,), datetime(2026, 3, 2, 9, minute, tzinfo=UTC))
    return made
