"""Which items a sitting asks: a pure function of its seed, so that whoever knows the seed asks the same."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from attention_course.answers.drawn import MOST_SEEDS
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.question import DIFFICULTIES

FORMS = len(DIFFICULTIES)

Numbered = Mapping[tuple[str, str], Sequence[str]]  # the ids of the items of a concept and a difficulty


def new_seed() -> int:
    """Return the seed of somebody's first sitting."""
    return secrets.randbelow(MOST_SEEDS)


def form(seed: int, sitting: int) -> int:
    """Return which of the three forms a sitting is: the next sitting is the next form."""
    return (seed + sitting) % FORMS


def difficulty(concept: str, seed: int, sitting: int) -> str:
    """Return how difficult a concept's item is: form f gives concept i the difficulty (i + f) mod 3."""
    return DIFFICULTIES[(CONCEPTS.index(concept) + form(seed, sitting)) % FORMS]


def item(concept: str, seed: int, sitting: int, items: Numbered) -> str:
    """Return the id of the item that a sitting asks of a concept.

    Three sittings that follow one another share no item, by their forms; the next three take other numbers, as long as
    there are others.
    """
    level = difficulty(concept, seed, sitting)
    in_order = sorted(items[concept, level], key=lambda name: _chance(seed, name))
    return in_order[sitting // FORMS % len(in_order)]


def _chance(seed: int, name: str) -> bytes:
    """Return a number of chance that is the same on every machine, and with every version of Python."""
    return hashlib.sha256(f"{seed} {name}".encode()).digest()
