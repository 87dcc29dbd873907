"""GiveNoPoints: a question that is settled with "nothing" is worth nothing to the gradebook, so the totals follow."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.exercises.read_question import question_in


class GiveNoPoints(NbGraderPreprocessor):
    """Writes 0 points into nbgrader's metadata of such a question; its source keeps what it was worth."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Look at one cell."""
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("grade") and "settled=" in cell.source:
            found = question_in(cell.source)
            if found and found[0].settled and found[0].settled.kind == "nothing":
                about["points"] = 0
        return cell, resources
