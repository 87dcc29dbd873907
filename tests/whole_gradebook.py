"""All that grading writes into a gradebook, for the tests to compare."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook


def rows(db_url: str, lesson: str) -> list[tuple[Any, ...]]:
    """Return everything that grading writes of a lesson, but for the ids it makes up."""
    found: list[tuple[Any, ...]] = []
    with Gradebook(db_url) as opened:
        for submission in opened.assignment_submissions(lesson):
            about = submission.student_id, submission.timestamp
            for notebook in submission.notebooks:
                found += [
                    (*about, notebook.name, grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                    for grade in notebook.grades
                ]
                found += [(*about, notebook.name, comment.name, comment.auto_comment) for comment in notebook.comments]
    return sorted(found, key=str)


def url(course: Path) -> str:
    """Return the db_url of the gradebook that lies in a course's folder."""
    return f"sqlite:///{course / 'gradebook.db'}"
