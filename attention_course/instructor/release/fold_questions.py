"""FoldQuestions: a student sees a question, not the code that asks it."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.instructor import regions

GOES_ON = "raises-exception"  # Jupyter's tag: where such a cell fails, the cells after it run all the same


class FoldQuestions(NbGraderPreprocessor):
    """Folds the input of each question away, also where the instructor had it unfolded to edit it.

    A cell that only shows something, and may want torch for it, holds up no question where it fails.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Fold one cell's input, in JupyterLab (`source_hidden`) and in Colab (`cellView`)."""
        if cell.cell_type == "code" and regions.is_question(cell.source):
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
        elif cell.cell_type == "code" and not cell.metadata.get("nbgrader"):
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), GOES_ON})
        return cell, resources
