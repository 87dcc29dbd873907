"""WriteStarters: a question that is answered with code knows what its answer cell begins with."""

import ast
import json
import re
import textwrap
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.exercises.find_answer import CODE
from attention_course.instructor import regions
from attention_course.instructor.release.question_calls import question_calls
from attention_course.instructor.release.take_solutions import written_question

BRING_IT = "# Your code of the lesson {lesson!r} comes here: bring it with the button below, or paste it in."


class WriteStarters(NbGraderPreprocessor):
    """Writes `starter="…",` before the KEY region of such a question, after ClearSolutions has made the starter.

    So it can be told, at home and at grading, whether a cell was worked on. A cell into which code is brought from
    another lesson begins with a comment that says so, and one whose question has a `starter` of its author's with that.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the starters of one notebook."""
        answers = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nb.cells}
        for cell in nb.cells:
            name = written_question(cell.source) if cell.cell_type == "code" else ""
            if name and name + CODE in answers:
                answer = answers[name + CODE]
                if lesson := _brings_from(cell.source):
                    answer.source = BRING_IT.format(lesson=lesson)
                elif begins := _word(cell.source, "starter"):
                    answer.source = textwrap.dedent(begins).strip("\n")
                cell.source = _with_starter(cell.source, answer.source)
        return nb, resources


def _brings_from(source: str) -> str:
    """Return the lesson from which a cell's question brings code, "" where it brings none."""
    return next(iter(_word(source, "brings") or {}), "")


def _word(source: str, name: str) -> Any:
    """Return what a cell's question says under this name, None where it says nothing."""
    given = [word.value for call, _ in question_calls(source) for word in call.keywords if word.arg == name]
    return ast.literal_eval(given[0]) if given else None


def _with_starter(source: str, starter: str) -> str:
    found = regions.find_paired(source, regions.KEY)
    if not found or re.search(r"^\s*starter\s*=", source, re.MULTILINE):
        return source
    lines = source.split("\n")
    indent = re.match(r"\s*", lines[found[0].start])
    lines.insert(found[0].start, f"{indent[0] if indent else ''}starter={json.dumps(starter, ensure_ascii=False)},")
    return "\n".join(lines)
