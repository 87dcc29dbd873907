"""Reads what is there of a lesson: what students hold and handed in, what the gradebook and `source/` ask."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, BaseCell, Grade, Notebook, SourceCell, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import select

from attention_course.answers import notebook as notebooks
from attention_course.answers import record
from attention_course.errors import CourseError, NotebookError
from attention_course.instructor.changes.compare import Version
from attention_course.instructor.changes.costs import HandedIn
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.extensions.extra_codes import is_granted
from attention_course.instructor.gradebook import connected
from attention_course.instructor.grading import extra_attempts
from attention_course.instructor.grading.known_cells import KnownCell, KnownCells
from attention_course.instructor.grading.known_options import KnownOptions
from attention_course.instructor.runner.find_notebook import find_notebook
from attention_course.instructor.runner.submissions import NothingToGrade, submissions_of
from attention_course.instructor.settling import bank_items
from attention_course.instructor.settling.asked import Asked, asked_in, credit_said, sources_of
from attention_course.instructor.settling.marks import marks_in
from attention_course.instructor.settling.renamed import renamed
from attention_course.instructor.source.cells import code_cells, load_source

SILENT = logging.Logger("changes", logging.CRITICAL + 1)  # what is broken in parts is said when it is graded
Scores = dict[tuple[str, str], "Score"]  # by student and question


class Score(tuple[float | None, float | None]):
    """What the gradebook holds: the automatic score, and the one that was given by hand; None where there is none."""

    @property
    def counts(self) -> float:
        """The score that counts."""
        auto, by_hand = self
        return (auto or 0.0) if by_hand is None else by_hand


def released(coursedir: Any) -> list[str]:
    """Return the sources of the code cells that students hold; none where nothing is released, or it cannot be read."""
    try:
        return sources_of(notebooks.load(notebook_path(coursedir, coursedir.release_directory)))
    except NotebookError:
        return []


def in_source(coursedir: Any) -> list[str]:
    """Return the sources of the code cells in `source/`, with the keys of questions that are answered with code."""
    path = notebook_path(coursedir, coursedir.source_directory)
    return [cell.source for cell in code_cells(load_source(path))]


def in_gradebook(coursedir: Any) -> list[str]:
    """Return the sources of the code cells that the gradebook knows; none where it does not know the lesson."""
    query = (
        select(SourceCell.source)
        .join(Notebook, SourceCell.notebook_id == Notebook.id)
        .join(Assignment, Notebook.assignment_id == Assignment.id)
        .where(Assignment.name == coursedir.assignment_id, SourceCell.cell_type == "code")
    )
    try:
        with connected(coursedir.db_url) as session:
            return [source or "" for source in session.scalars(query)]
    except CourseError:
        return []


def handed_in(coursedir: Any, new: Version, formerly: dict[str, str]) -> Iterator[HandedIn]:
    """Yield what each student handed in, as far as it can be read; `formerly` has the new names by the old ones."""
    lesson = coursedir.assignment_id
    try:
        submissions = submissions_of(coursedir, [])
    except NothingToGrade:
        return
    instructors = [asked.source for asked in new.values()]
    cells = KnownCells({name: KnownCell("code", asked.source, True, {}) for name, asked in new.items()})
    root = Path(coursedir.root)
    for submission in submissions:
        try:
            notebook = find_notebook(submission.folder, lesson, SILENT)
        except (CourseError, OSError):
            continue
        sources, student = sources_of(notebook), submission.student
        read, _ = record.read(notebook, lesson)
        then, _ = extra_attempts.vetted(read, cells, partial(is_granted, root, student, lesson))
        now, _ = KnownOptions(instructors, sources).translated(renamed(then, formerly))
        drawn = {item: found for item, found in bank_items.by_item(now).items() if item in new}
        items, marks = {item: one for item, (_, one) in drawn.items()}, marks_in(notebook["cells"], new, formerly)
        yield HandedIn(
            student,
            {**then, **items},
            {**now, **items},
            {**marks, **bank_items.marks_in(sources, items)},
            {item: name for item, (name, _) in drawn.items()},
            credit_said(sources),
        )


def scores(coursedir: Any) -> Scores:
    """Return what the gradebook holds of each answer; nothing where there is no gradebook."""
    query = (
        select(SubmittedAssignment.student_id, BaseCell.name, Grade.auto_score, Grade.manual_score)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Submitted, Submitted.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == Submitted.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .where(Assignment.name == coursedir.assignment_id)
    )
    try:
        with connected(coursedir.db_url) as session:
            return {(student, name): Score((auto, hand)) for student, name, auto, hand in session.execute(query)}
    except CourseError:
        return {}


def formerly_in(version: Version) -> dict[str, str]:
    """Return the new names of renamed questions, by their old ones."""
    asked = (one for one in version.values() if one.question and one.question.formerly)
    return {one.question.formerly: one.name for one in asked if one.question}


def with_tests(version: Version, sources: Iterable[str]) -> dict[str, Asked]:
    """Return a release's questions with the hidden tests that stand in other sources of the same cells."""
    tests = {name: asked.tests for name, asked in asked_in(sources).items()}
    return {name: replace(asked, tests=tests.get(name, "")) for name, asked in version.items()}


def release_folder(coursedir: Any) -> Path:
    """Return the folder that a lesson is released in."""
    return notebook_path(coursedir, coursedir.release_directory).parent
