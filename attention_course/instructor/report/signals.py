"""Reads what the signals are looked for in, beside what the class did: the lesson's own code, the release."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attention_course.exercises.question import Question
from attention_course.exercises.write import Write
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.report.results import ClassResults
from attention_course.instructor.signals.all_signals import all_signals
from attention_course.instructor.signals.trace import Kind


def look(coursedir: Any, whole: ClassResults) -> list[Kind]:
    """Return the signals of a class whose work is graded."""
    traces = [student.trace for student in whole.students if student.trace]
    return all_signals(traces, _given(whole.questions), _released(coursedir))


def _given(questions: Sequence[Question]) -> dict[str, list[str]]:
    """Return, by question answered with code, what the course itself has of it: starter and reference."""
    return {
        question.name: [source for source in (question.starter, question.key) if isinstance(source, str)]
        for question in questions
        if isinstance(question, Write)
    }


def _released(coursedir: Any) -> float:
    """Return when the release was made, in seconds since 1970; 0 where there is none."""
    path: Path = notebook_path(coursedir, coursedir.release_directory)
    return path.stat().st_mtime if path.is_file() else 0.0
