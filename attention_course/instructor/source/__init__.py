"""For whoever writes a lesson: the check of its source notebook, and a new one to begin with.

cells (what a notebook asks) -> words, fillings (what a question needs) -> check (the whole notebook); new (a lesson)
"""

from attention_course.instructor.source.cells import asked, load
from attention_course.instructor.source.check import check, main

__all__ = ["asked", "check", "load", "main"]
