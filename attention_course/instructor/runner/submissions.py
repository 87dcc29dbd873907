"""Submissions: what was handed in, and whether it is graded already."""

import glob
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from attention_course.errors import CourseError
from attention_course.instructor.grading.drop_files import TIME
from attention_course.instructor.runner.one_gradebook import OneGradebook

MARKER = ".graded.json"


class NothingToGrade(CourseError):
    """There is no such assignment, or nobody has handed it in; the message says which."""


@dataclass(frozen=True)
class Submission:
    """One student's folder in `submitted/`."""

    student: str
    folder: Path

    def digest(self) -> str:
        """Return a digest of all that grading may look at: notebooks, what only looks like one, the time."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.suffix.lower() == ".ipynb" or path.name == TIME:
                digest.update(f"{path.relative_to(self.folder)}\n{_content(path)}\n".encode(errors="surrogateescape"))
        return digest.hexdigest()


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link {os.readlink(path)}"
    if not path.is_file():
        return "no file"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def submissions_of(coursedir: Any, students: list[str]) -> list[Submission]:
    """Return the submissions of an assignment, of these students or of all, in alphabetical order.

    Raises NothingToGrade where a student who is named has handed in nothing, or nobody has.
    """
    step, assignment = coursedir.submitted_directory, coursedir.assignment_id
    pattern = re.compile(coursedir.format_path(step, "(?P<student>.*)", re.escape(assignment), escape=True))
    found = {}
    for path in sorted(glob.glob(coursedir.format_path(step, "*", glob.escape(assignment)))):
        matched = pattern.fullmatch(path)
        if matched and os.path.isdir(path):
            found[matched["student"]] = Submission(matched["student"], Path(path))
    for student in students:
        if student not in found:
            raise NothingToGrade(f"{student} has handed in no {assignment}: there is no folder for it in {step}/.")
    if not found:
        raise NothingToGrade(f"Nobody has handed in {assignment}: no folder in {step}/ holds a folder {assignment}/.")
    left_out = set(coursedir.student_id_exclude.split(","))
    return [found[student] for student in sorted(students or found.keys() - left_out)]


def source_digest(gradebook: Gradebook, assignment: str) -> str:
    """Return a digest of what the gradebook holds of an assignment; raise NothingToGrade where it holds nothing."""
    try:
        notebook = gradebook.find_notebook(assignment, assignment)
    except MissingEntry as error:
        sentence = (
            f"The gradebook knows no {assignment}: make its release first (nbgrader generate_assignment {assignment})."
        )
        raise NothingToGrade(sentence) from error
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    cells = [
        [cell.name, cell.cell_type, cell.locked, cell.source, cell.checksum, points.get(cell.name)]
        for cell in notebook.source_cells
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


class Markers:
    """Which submissions are graded: beside each graded notebook lies a marker that says of what it is the grading.

    It is written last. nbgrader removes it with the notebook, and does not copy it, since its name begins with a dot.
    """

    def __init__(self, source: str, in_gradebook: set[str]) -> None:
        self.source, self.in_gradebook = source, in_gradebook

    @classmethod
    def read(cls, gradebook: OneGradebook, assignment: str) -> "Markers":
        """Return the markers that would be right today; raise NothingToGrade where the assignment is not known."""
        with gradebook.transaction() as opened:
            submissions = opened.assignment_submissions(assignment)
            return cls(source_digest(opened, assignment), {submission.student_id for submission in submissions})

    def is_graded(self, submission: Submission, folder: Path, notebook: str) -> bool:
        """Is this very submission graded, by this very source, and is the grading still there?"""
        try:
            marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return (
            submission.student in self.in_gradebook
            and (folder / f"{notebook}.ipynb").exists()
            and marker == self._marker(submission.digest())
        )

    def set(self, folder: Path, digest: str) -> None:
        """Mark a submission of this digest as graded."""
        new = folder / f"{MARKER}.new"
        new.write_text(json.dumps(self._marker(digest)), encoding="utf-8")
        os.replace(new, folder / MARKER)

    def _marker(self, digest: str) -> dict[str, str]:
        return {"submitted": digest, "source": self.source}
