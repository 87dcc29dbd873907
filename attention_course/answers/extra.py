"""Extra attempts: a code that an instructor gives out and a student pastes into the notebook.

    2-K7QXM-3PD4T-B6A

is how many, ten letters that are made of a secret, the student, the lesson and the number, and three that tell a slip
of the hand or another lesson's code. The notebook knows neither the secret nor who the student is. It grants what the
code claims; whether the code is the student's own is looked at when it is graded.
"""

import base64
import hashlib
import re

from attention_course.errors import LessonError

MOST = 20
CODE = re.compile(r"([1-9]|1[0-9]|20)-([A-Z2-7]{5}-[A-Z2-7]{5})-([A-Z2-7]{3})")
ALIKE = str.maketrans("018", "OIB")  # digits that no code has, and the letters that they are taken for


def code(lesson: str, count: int, proof: bytes) -> str:
    """Return the code for so many extra attempts in a lesson; of the proof the first fifty bits are in it."""
    letters = _letters(proof, 10)
    begin = f"{count}-{letters[:5]}-{letters[5:]}"
    return f"{begin}-{_check(lesson, begin)}"


def tidied(text: str) -> str:
    """Return a code as it was given out, whatever became of its case, its spaces and its dashes on the way."""
    count, _, letters = re.sub(r"[\u2010-\u2015]", "-", re.sub(r"\s", "", text)).upper().partition("-")
    return f"{count}-{letters.translate(ALIKE)}"


def claimed(lesson: str, text: str) -> tuple[str, int]:
    """Return a pasted code, tidied, and how many attempts it claims; raise LessonError for no code of the lesson."""
    given = tidied(text) if isinstance(text, str) else ""
    found = CODE.fullmatch(given)
    if not found or found[3] != _check(lesson, given.rpartition("-")[0]):
        raise LessonError(f"This is no code for extra attempts in {lesson}: copy the whole of it once more.")
    return given, int(found[1])


def count_in(given: str) -> int:
    """Return how many attempts a code claims, 0 where it is none."""
    found = CODE.fullmatch(given)
    return int(found[1]) if found else 0


def counts_like(attempt: int, most: int | None, more: int) -> int:
    """Return as which attempt one counts where `most` are allowed, and `more` on top.

    With two more, the fourth of three counts like the second.
    """
    return max(attempt - more, 1) if most is not None and attempt > most else attempt


def _check(lesson: str, begin: str) -> str:
    return _letters(hashlib.sha256(f"{lesson} {begin}".encode()).digest(), 3)


def _letters(data: bytes, many: int) -> str:
    return base64.b32encode(data).decode("ascii")[:many]
