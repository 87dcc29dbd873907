"""What each concept is called, and where it is taught: the lesson, and the heading in it."""

from pathlib import Path
from typing import NamedTuple

from attention_course.exercises.concepts import CONCEPTS


class Taught(NamedTuple):
    """A concept's name in a sentence, and where to look at it again."""

    name: str
    lesson: str
    heading: str


_TAUGHT = (
    Taught("the lookup", "learn", "Why attention"),
    Taught("the scores", "practice", "Scores"),
    Taught("softmax", "learn", "From scores to weights"),
    Taught("the scale", "visualize", "What softmax still moves"),
    Taught("masks", "visualize", "Masks that leak"),
    Taught("values and cross-attention", "learn", "Self and cross"),
    Taught("several heads", "learn", "Several heads"),
    Taught("positions", "visualize", "Where a token stands"),
    Taught("the cost", "visualize", "What it costs"),
    Taught("reading heads", "visualize", "Six maps to read"),
)
TAUGHT = dict(zip(CONCEPTS, _TAUGHT, strict=True))


def notebook_of(lesson: str) -> str:
    """Return the way from the kernel's folder to a lesson's notebook, "" where it lies neither here nor next door."""
    ways = (f"{lesson}.ipynb", f"../{lesson}/{lesson}.ipynb")
    return next((way for way in ways if Path(way).is_file()), "")
