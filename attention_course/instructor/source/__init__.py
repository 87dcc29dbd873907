"""For whoever writes a lesson: the check of its source notebook, and a new one to begin with.

cells (what a notebook asks) -> words, fillings (what a question needs) -> check (the whole notebook). new_lesson makes
a lesson, leftovers removes what trying one leaves behind.
"""

from attention_course.instructor.source.cells import asked, load_source
from attention_course.instructor.source.check import check, check_files

__all__ = ["asked", "check", "check_files", "load_source"]
