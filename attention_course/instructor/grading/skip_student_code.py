"""SkipStudentCode: at grading only the instructor's cells run."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor.grading.known_cells import known_cells

SKIP = "skip-execution"  # nbclient's tag


class SkipStudentCode(NbGraderPreprocessor):
    """Tags every code cell that is not the instructor's, so that it is not run.

    Whose a cell is, the gradebook says: a locked cell with the very source that is kept there. Answers are data, so no
    student code needs to run: none can cheat, hang or harm.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Tag the cells of one submission, and take away tags that would change how the instructor's are run."""
        known = known_cells(resources)
        for cell in nb.cells:
            if cell.cell_type == "code":
                instructors = known.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
                if instructors and instructors.locked and instructors.source == cell.source:
                    cell.metadata.pop("tags", None)
                else:
                    cell.metadata["tags"] = [SKIP]
        return nb, resources
