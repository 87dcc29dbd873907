"""A made-up class that answers, hands in, is graded and gets feedback, with all the real parts but a browser.

students (who answers what) -> answering (their notebooks) -> course (nbgrader grades them) -> grades (as expected?).
`__main__` and exchange are the two demos; run_demo is what both of them do.
"""

from attention_course.instructor.demo.answering import make_class
from attention_course.instructor.demo.course import Course
from attention_course.instructor.demo.students import CLASS, MadeUpStudent

__all__ = ["CLASS", "Course", "MadeUpStudent", "make_class"]
