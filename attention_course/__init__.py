"""What a notebook of the course imports; light enough that no cell waits for torch."""

from attention_course.lesson import Lesson
from attention_course.pictures.heatmap import heatmap
from attention_course.pictures.picture import Picture
from attention_course.questions import Blanks, Choice

__version__ = "0.1.0"

__all__ = ["Blanks", "Choice", "Lesson", "Picture", "heatmap"]
