"""TakeSolutions: the reference that stands in an answer cell becomes the key of the question below it."""

import json
import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.errors import QuestionError
from attention_course.exercises.find_answer import CODE
from attention_course.instructor import regions
from attention_course.instructor.release.question_calls import name_of, question_calls


class TakeSolutions(NbGraderPreprocessor):
    """Writes `key="…",` into the KEY region of each question whose answer is code, before ClearSolutions takes it away.

    The key is the whole text of the answer cell, without the markers of its SOLUTION regions.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Take the solutions of one notebook; raise QuestionError where there is none."""
        answers = {
            cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source
            for cell in nb.cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
        }
        for cell in nb.cells:
            if cell.cell_type == "code" and (name := written_question(cell.source)):
                cell.source = with_key(cell.source, name, answers.get(name + CODE))
        return nb, resources


def written_question(source: str) -> str:
    """Return the name of the question that a cell asks and that is answered with code, "" where it asks none."""
    try:
        calls = list(question_calls(source))
    except SyntaxError:  # SealKeys says what is to be said of that
        return ""
    return next((name_of(call) for call, kind in calls if kind.written), "")


def with_key(source: str, name: str, answer: str | None) -> str:
    """Return a question's source with the reference as its key; as it is where its author wrote the key there."""
    found = regions.find(source, regions.KEY)
    if not found or re.search(r"^\s*key\s*=", regions.inside(source, regions.KEY), re.MULTILINE):
        return source
    reference = reference_in(answer) if answer is not None else ""
    if not reference:
        raise QuestionError(
            f"Cell {name!r}: its key is the code between ### BEGIN SOLUTION and ### END SOLUTION in a cell of its own, "
            f"which the Create Assignment panel calls {name + CODE!r}, an “Autograded answer”; there is none."
        )
    lines = source.split("\n")
    begin = found[0].start
    indent = re.match(r"\s*", lines[begin])
    lines.insert(begin + 1, f"{indent[0] if indent else ''}key={json.dumps(reference, ensure_ascii=False)},")
    return "\n".join(lines)


def reference_in(answer: str) -> str:
    """Return an answer cell's text without the markers of its SOLUTION regions; "" where it has no region."""
    found = regions.find(answer, regions.SOLUTION)
    markers = {line for region in found for line in (region.start, region.stop - 1)}
    lines = [line for number, line in enumerate(answer.split("\n")) if number not in markers]
    return "\n".join(lines) if found else ""
