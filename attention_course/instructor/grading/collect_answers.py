"""CollectAnswers: the student's answers, wherever the notebook carries them, go into its metadata."""

from collections.abc import Collection
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.answers import record
from attention_course.instructor.grading.known_cells import known_cells
from attention_course.instructor.grading.known_options import KnownOptions
from attention_course.instructor.grading.remark import remark


class CollectAnswers(NbGraderPreprocessor):
    """Reads the record of attempts from metadata and receipts, and leaves nothing else in the notebook's metadata.

    So widget state goes too, whose stale and broken forms nbconvert cannot read. What was picked is told by the ids of
    options, whatever the notebook calls them. A record that cannot be used costs its own question, and the log says
    which and why.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Collect the answers of one submission."""
        lesson = resources["nbgrader"]["notebook"]
        records, problems = record.read(nb, lesson)
        asked = {name for name, cell in known_cells(resources).items() if cell.metadata["grade"]}
        unknown = (set(records) | set(problems)) - asked - {""}
        records, problems = _without(unknown, records), _without(unknown, problems)
        known = KnownOptions(
            (cell.source for cell in known_cells(resources).values()), (cell.source for cell in nb.cells)
        )
        records, never_offered = known.translated(records)
        for sentence in (*problems.values(), *_said_of(unknown), *never_offered):
            remark(self.log, resources, sentence)
        nb.metadata.clear()
        record.write(nb, lesson, records, problems)
        return nb, resources


def _without(names: Collection[str], values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _said_of(unknown: Collection[str]) -> list[str]:
    """Return one sentence on all answers to questions that the lesson does not ask, however many."""
    if len(unknown) > 1:
        return [f"The notebook holds answers to {len(unknown)} questions that are not of this lesson."]
    return [f"The notebook holds an answer to {name!r}, which is no question of this lesson." for name in unknown]
