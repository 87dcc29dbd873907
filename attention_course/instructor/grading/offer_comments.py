"""OfferComments: each question has a place in the gradebook where an instructor's comment is kept."""

from typing import Any

from nbgrader.api import Comment, Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor


class OfferComments(NbGraderPreprocessor):
    """Adds the comments that nbgrader's formgrader fills in, empty ones, where there are none yet.

    nbgrader by itself has them for cells in which a student writes; a question is a cell of tests. What an instructor
    has written stays, however often a submission is graded again.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Add the comments of one submission; the notebook stays as it is."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            there = {comment.cell_id for comment in notebook.comments}
            graded = [grade.cell_id for grade in notebook.grades]
            gradebook.db.add_all([Comment(cell_id=cell, notebook=notebook) for cell in graded if cell not in there])
            gradebook.db.commit()
        return nb, resources
