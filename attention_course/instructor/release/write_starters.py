"""WriteStarters: a question that is answered with code knows what its answer cell begins with."""

import json
import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.exercises.find_answer import CODE
from attention_course.instructor import regions
from attention_course.instructor.release.take_solutions import written_question


class WriteStarters(NbGraderPreprocessor):
    """Writes `starter="…",` before the KEY region of such a question, after ClearSolutions has made the starter.

    So it can be told, at home and at grading, whether a cell was worked on.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the starters of one notebook."""
        starters = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in nb.cells}
        for cell in nb.cells:
            name = written_question(cell.source) if cell.cell_type == "code" else ""
            if name and name + CODE in starters:
                cell.source = _with_starter(cell.source, starters[name + CODE])
        return nb, resources


def _with_starter(source: str, starter: str) -> str:
    found = regions.find_paired(source, regions.KEY)
    if not found or re.search(r"^\s*starter\s*=", source, re.MULTILINE):
        return source
    lines = source.split("\n")
    indent = re.match(r"\s*", lines[found[0].start])
    lines.insert(found[0].start, f"{indent[0] if indent else ''}starter={json.dumps(starter, ensure_ascii=False)},")
    return "\n".join(lines)
