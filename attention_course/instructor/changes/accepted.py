"""What a changed question accepts, put to its hidden tests: they must not refuse it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.errors import CourseError
from attention_course.exercises import program
from attention_course.exercises.question import Picks, Question
from attention_course.instructor.source.cells import code_cells
from attention_course.instructor.source.fillings import misjudged
from attention_course.instructor.source.time_limit import TooLong, time_limit
from attention_course.lesson import Lesson

LONGEST_CELL = 60  # seconds


def refused(notebook: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    """Yield, for each of these questions of a source notebook, what its hidden tests refuse of what it accepts."""
    defined: dict[str, Any] = {}
    looked_at = set(names)
    for cell in code_cells(dict(notebook)):
        if not looked_at or not cell.nbgrader.get("locked"):
            continue
        try:
            with time_limit(LONGEST_CELL):
                run = program.run(cell.shown, given=defined)
        except TooLong:
            yield f"Cell {cell.id} does not end within {LONGEST_CELL} seconds."
            return
        if run.error:
            yield f"Cell {cell.id} raises {str(run.error).rstrip('.')}."
            return
        defined.update(run.names)
        name = cell.nbgrader.get("grade_id", "")
        lesson = defined.get("lesson")
        answer = lesson.answers.get(name) if isinstance(lesson, Lesson) else None
        if name in looked_at and answer and cell.hidden_tests:
            yield from (f"{name}: {said}" for said in _refused(cell.hidden_tests, answer, defined))


def _refused(tests: str, answer: Answer, names: dict[str, Any]) -> Iterator[str]:
    question = answer.question
    if question.judged and not question.written:
        yield from misjudged(tests, answer, names, list(_accepted(question)))


def _accepted(question: Question) -> Iterator[Picks]:
    for picks in question.samples():
        try:
            if question.is_right(picks):
                yield picks
        except CourseError:
            continue
