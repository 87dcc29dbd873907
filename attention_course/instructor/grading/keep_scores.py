"""KeepScores: where an answer could not be graded, the score that it had stays, and somebody is asked to look at it."""

from typing import Any

from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from attention_course.exercises.credit import points
from attention_course.instructor.formatting import number
from attention_course.instructor.grading.remark import remark
from attention_course.page.static_html import FACTS_MIME

KEPT = "{name} {sentence} {now}, and it waits to be graded by hand."


class KeepScores(NbGraderPreprocessor):
    """Before SaveAutoGrades: puts the earlier score in the place of what a cell ended in that could not be graded.

    Its question has said so itself, as data, in a cell in which no code of a student's runs. Where there is no earlier
    score, what the tests gave that could be run is left to stand.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Keep the scores of one submission."""
        cells = [cell for cell in nb.cells if ungraded(cell)]
        if cells:
            with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
                for cell in cells:
                    self._keep(cell, grade_of(gradebook, cell, resources), resources)
        return nb, resources

    def _keep(self, cell: Any, grade: Any, resources: Any) -> None:
        now = "What its other tests give counts for now"
        if grade is not None and grade.auto_score is not None:
            kept = repr(points(1, min(grade.auto_score, cell.metadata.nbgrader["points"])))
            others = [output for output in cell.outputs if output.output_type != "execute_result"]
            result = new_output("execute_result", {"text/plain": kept}, execution_count=cell.execution_count)
            cell.outputs, now = [*others, result], f"Its earlier score, {number(grade.auto_score)}, is kept"
        name = cell.metadata.nbgrader["grade_id"]
        remark(self.log, resources, KEPT.format(name=name, sentence=ungraded(cell), now=now))


def ungraded(cell: Any) -> str:
    """Return why a graded cell's answer could not be graded, a part of a sentence for its instructor; else ""."""
    return next((str(fact["ungraded"]) for fact in facts(cell) if fact.get("ungraded")), "")


def is_read(cell: Any) -> bool:
    """Is a graded cell's answer a text that somebody is to read and to score?"""
    return any(fact.get("by_hand") is True for fact in facts(cell))


def facts(cell: Any) -> list[Any]:
    """Return what the question in a graded cell has shown as data."""
    if cell.cell_type != "code" or not is_grade(cell):
        return []
    return [output.data[FACTS_MIME] for output in cell.outputs if FACTS_MIME in output.get("data", {})]


def grade_of(gradebook: Gradebook, cell: Any, resources: Any) -> Any:
    """Return what the gradebook holds of a cell in the submission that is being graded."""
    about = resources["nbgrader"]
    name = cell.metadata.nbgrader["grade_id"]
    return gradebook.find_grade(name, about["notebook"], about["assignment"], about["student"])
