"""A bank for tests, without the course's own questions: of each concept and difficulty five items."""

from typing import Any

from attention_course.answers.answer import Answer
from attention_course.bank.items import Items
from attention_course.exercises import seal
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.question import DIFFICULTIES

SETS = 5


def made_items() -> list[dict[str, Any]]:
    """Return the items as `items.json` lists them: that of set 3 asks for 3 + 1, and 9 is a known wrong answer."""
    return [
        {
            "id": f"{concept}-{difficulty}-{number}",
            "concept": concept,
            "difficulty": difficulty,
            "set": number,
            "kind": "Numeric",
            "arguments": {"prompt": f"Of {concept}, {difficulty}: how much is {number} + 1?"},
            "sealed": seal.seal(
                {"key": str(number + 1), "why_not": {"9": "That is nine."}, "solution": "Count on by one."}
            ),
        }
        for concept in CONCEPTS
        for difficulty in DIFFICULTIES
        for number in range(1, SETS + 1)
    ]


def made_bank() -> Items:
    """Return the bank."""
    return Items(made_items())


def key(answer: Answer) -> list[str]:
    """Return the right answer to what is asked."""
    return list(answer.question.key)
