"""Training: small tasks whose right attention is known beforehand, a model to vary, and runs that one can watch.

tasks (what is to be learned), reader (a model with switches), maps (what a model looks at) -> measures -> run
-> film (a run once more, checkpoint by checkpoint) -> scrubber. And surgery: what is left when a head is operated on.
"""

from attention_course.training.film import film
from attention_course.training.maps import maps
from attention_course.training.measures import accuracy, best_head, entropy, measures
from attention_course.training.reader import Reader
from attention_course.training.run import Run, rate
from attention_course.training.scrubber import scrubber
from attention_course.training.surgery import surgery
from attention_course.training.tasks import Batch, copy, induction, reverse

__all__ = [
    "Batch",
    "Reader",
    "Run",
    "accuracy",
    "best_head",
    "copy",
    "entropy",
    "film",
    "induction",
    "maps",
    "measures",
    "rate",
    "reverse",
    "scrubber",
    "surgery",
]
