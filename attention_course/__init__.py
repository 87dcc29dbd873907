"""What a notebook of the course imports; light enough that no cell waits for torch."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attention_course.exercises.blanks import Blanks
from attention_course.exercises.card import Card
from attention_course.exercises.choice import Choice
from attention_course.exercises.explain import Explain
from attention_course.exercises.explore import Explore
from attention_course.exercises.numeric import Numeric
from attention_course.exercises.order import Order
from attention_course.exercises.predict import Predict
from attention_course.exercises.shapes import Shapes
from attention_course.exercises.write import Write
from attention_course.lesson import Lesson
from attention_course.pictures.picture import Picture

if TYPE_CHECKING:
    from attention_course.pictures.example_heads import example_heads
    from attention_course.pictures.growth import growth
    from attention_course.pictures.heatmap import heatmap
    from attention_course.pictures.strips import strips

__version__ = "0.2.0"

__all__ = [
    "Blanks",
    "Card",
    "Choice",
    "Explain",
    "Explore",
    "Lesson",
    "Numeric",
    "Order",
    "Picture",
    "Predict",
    "Shapes",
    "Write",
    "example_heads",
    "growth",
    "heatmap",
    "strips",
]


DRAWING = ("example_heads", "growth", "heatmap", "strips")


def __getattr__(name: str) -> Any:
    """Return a function that draws, from the module of its name, which needs numpy; nothing else here does."""
    if name in DRAWING:
        return getattr(import_module(f"{__name__}.pictures.{name}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
