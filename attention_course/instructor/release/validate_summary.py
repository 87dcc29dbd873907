"""ValidateSummary: nbgrader's Validate shows what the summary's cell says."""

import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked

SUMMARY = re.compile(r"^\w+\.summary\(\)", re.MULTILINE)


class ValidateSummary(NbGraderPreprocessor):
    """Makes the summary's cell, in the release alone, a graded cell of no points.

    Validate looks at graded cells only. The gradebook knows the cell as a read-only one, and so it is at grading: it is
    no grade, and stands in no report.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Mark one cell, where it is the summary's."""
        if cell.cell_type == "code" and is_locked(cell) and not is_grade(cell) and SUMMARY.search(cell.source):
            cell.metadata["nbgrader"].update({"grade": True, "points": 0})
        return cell, resources
