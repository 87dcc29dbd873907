"""HideKeys: the feedback page shows neither a key in a cell's source nor a line of a hidden test."""

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from attention_course.instructor import regions
from attention_course.instructor.grading.require_score import NO_SCORE, SENTENCE

TITLE = re.compile(r"#\s*@title\s+(.*?)\s*(\{.*\})?")
ERRORS = {
    NO_SCORE: SENTENCE,
    "NotAnswered": "Not answered: 0 points.",
    "CellTimeoutError": "This cell took too long, so it counts 0 points.",
}
FAILED = "The answer did not pass the test: 0 points."


class HideKeys(Preprocessor):
    """Cuts a question's source down to its title, and puts one plain sentence in the place of each traceback.

    The question, the student's answer and the worked solution are in the cell's output.
    """

    enabled = Bool(True).tag(config=True)  # nbconvert's own steps are off unless asked for

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Hide what one cell must not show."""
        if cell.cell_type == "code":
            cell.source = _shown(cell.source)
            for output in cell.outputs:
                if output.output_type == "error":  # its traceback quotes the hidden test's lines
                    sentence = ERRORS.get(output.ename, FAILED)
                    output.update(evalue=sentence, traceback=[sentence])
        return cell, resources


def _shown(source: str) -> str:
    """Return what the feedback shows of a cell's source."""
    if regions.is_question(source):
        title = TITLE.fullmatch(source.split("\n", 1)[0])
        return f"# {title[1]}" if title else ""
    return regions.cut(source, regions.HIDDEN_TESTS).rstrip("\n")
