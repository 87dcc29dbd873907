"""CollectAnswers: the student's answers, wherever the notebook carries them, go into its metadata."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.instructor.extensions.extra_codes import is_granted
from attention_course.instructor.grading import by_code, extra_attempts, written_answers
from attention_course.instructor.grading.changed import changed
from attention_course.instructor.grading.known_cells import KnownCells, known_cells
from attention_course.instructor.grading.known_options import KnownOptions
from attention_course.instructor.grading.remark import remark
from attention_course.instructor.grading.settle_scores import HELD, PROMISED
from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.settling.renamed import rename_cells, renamed

FOUND = "found"  # in the notebook's own metadata: by question, where its code was found, if not in its cell


class CollectAnswers(NbGraderPreprocessor):
    """Reads the record of attempts from metadata and receipts, and leaves nothing else in the notebook's metadata.

    So widget state goes too, whose stale and broken forms nbconvert cannot read. What was picked is told by the ids of
    options, whatever the notebook calls them. An answer that is code is the text of its cell as it was handed in. A
    record that cannot be used costs its own question, and the log says which and why.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Collect the answers of one submission."""
        lesson = resources["nbgrader"]["notebook"]
        known_here, looked_at = known_cells(resources), changed(self, resources)
        records, problems = record.read(nb, lesson)
        if looked_at.aliases:
            rename_cells(nb.cells, looked_at.aliases)
            records, problems = renamed(records, looked_at.aliases), renamed(problems, looked_at.aliases)
        held, promised = looked_at.held_by(nb.cells)
        asked = {name for name, cell in known_here.items() if cell.metadata["grade"]}
        unknown = (set(records) | set(problems)) - asked - {""}
        records, problems = _without(unknown, records), _without(unknown, problems)
        known = KnownOptions(
            (cell.source for cell in known_here.values()), (cell.source for cell in nb.cells), looked_at.former
        )
        records, never_offered = known.translated(records)
        student = resources["nbgrader"]["student"]
        records, not_granted = extra_attempts.vetted(
            records, known_here, lambda code: is_granted(Path(course_of(self).root), student, lesson, code)
        )
        found = _collect_code(nb, known_here, records, problems)
        for sentence in (*problems.values(), *_said_of(unknown), *never_offered, *not_granted, *found.values()):
            remark(self.log, resources, sentence)
        coded = by_code.attempts_in(nb, lesson)
        nb.metadata.clear()
        record.write(nb, lesson, records, problems)
        if found:
            nb.metadata[record.METADATA_KEY][FOUND] = found
        if coded:
            nb.metadata[record.METADATA_KEY][by_code.CODED] = coded
        if held:
            nb.metadata[record.METADATA_KEY][HELD] = held
        if promised:
            nb.metadata[record.METADATA_KEY][PROMISED] = promised
        return nb, resources


def _collect_code(nb: Any, known: KnownCells, records: dict[str, Record], problems: dict[str, str]) -> dict[str, str]:
    """Put the texts of the answers' cells into the records; return a sentence on each that was not simply there."""
    said = {}
    cells = written_answers.code_cells(nb.cells, known)
    for asked in written_answers.written_questions(known):
        found = written_answers.found_for(asked, cells, records.get(asked.name))
        records_of_it, text = records.pop(asked.name, None), found.text if found else ""
        problem = written_answers.problem_with(asked, text)
        if problem:
            problems[asked.name], text = problem, text[: written_answers.SHOWN]
        elif found:
            records[asked.name] = written_answers.with_text(records_of_it, text)
            problems.pop(asked.name, None)
        if found:
            written_answers.put_into_its_cell(nb.cells, asked, text)
        if found and found.remark:
            said[asked.name] = f"{asked.name}: {found.remark}"
    return said


def _without(names: Collection[str], values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _said_of(unknown: Collection[str]) -> list[str]:
    """Return one sentence on all answers to questions that the lesson does not ask, however many."""
    if len(unknown) > 1:
        return [f"The notebook holds answers to {len(unknown)} questions that are not of this lesson."]
    return [f"The notebook holds an answer to {name!r}, which is no question of this lesson." for name in unknown]
