"""AskForGrade: what could not be graded, or is to be read, is listed as waiting for somebody to grade it by hand."""

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.grading.keep_scores import grade_of, is_read, ungraded


class AskForGrade(NbGraderPreprocessor):
    """After SaveAutoGrades: has nbgrader's formgrader list what somebody is to grade by hand.

    That is what could not be graded, and texts whose question says that they are read.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Look at one submission."""
        cells = [cell for cell in nb.cells if ungraded(cell) or is_read(cell)]
        if cells:
            with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
                for cell in cells:
                    if grade := grade_of(gradebook, cell, resources):
                        grade.needs_manual_grade = True
                gradebook.db.commit()
        return nb, resources
