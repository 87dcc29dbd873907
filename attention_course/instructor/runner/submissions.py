"""Submissions: what was handed in, and whether it is graded already."""

import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

import attention_course
from attention_course.errors import CourseError
from attention_course.instructor.course_files import lessons_in, replace_file
from attention_course.instructor.extensions.file import read_extensions
from attention_course.instructor.formatting import printable
from attention_course.instructor.grading.drop_files import LATE, TIME
from attention_course.instructor.handed_in.notebook_names import is_archive, is_notebook
from attention_course.instructor.handed_in.read_notebook import LARGEST
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.runner.looks_new import MARKER
from attention_course.instructor.runner.one_gradebook import OneGradebook

PACKAGE = Path(attention_course.__file__).parent
LATER = ("CourseTotal", "CanvasExport", "MoodleExport")  # options about scores that are there
LATER_LINE = re.compile(rf"^c\.({'|'.join(LATER)})\..*\n?".encode(), re.MULTILINE)


class NothingToGrade(CourseError):
    """There is no such assignment, or nobody has handed it in; the message says which."""


@dataclass(frozen=True)
class Submission:
    """One student's folder in `submitted/`, and what this student is granted that changes a grade."""

    student: str
    folder: Path
    granted: str = ""

    def digest(self) -> str:
        """Return a digest of all that grading may look at: notebooks, what looks like one, the time, extensions."""
        digest = hashlib.sha256(self.granted.encode())
        for path in sorted(self.folder.rglob("*")):
            if is_notebook(path.name) or is_archive(path.name) or path.name in (TIME, LATE):
                digest.update(f"{path.relative_to(self.folder)}\n{_content(path)}\n".encode(errors="surrogateescape"))
        return digest.hexdigest()


def _content(path: Path) -> str:
    """Return a digest of a file; of what cannot be read, or is too large to be a notebook, what can be told of it."""
    if path.is_symlink():
        return f"link {os.readlink(path)}"
    if not path.is_file():
        return "no file"
    try:
        about = path.stat()
        if about.st_size > LARGEST:
            return f"{about.st_size} bytes at {about.st_mtime_ns}"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"not to be read: {error.strerror}"


def submissions_of(coursedir: Any, students: list[str]) -> list[Submission]:
    """Return the submissions of an assignment, of these students or of all, in alphabetical order.

    Raises NothingToGrade where a student who is named has handed in nothing, or nobody has.
    """
    step, assignment = coursedir.submitted_directory, coursedir.assignment_id
    found = {}
    for student in sorted(students_in(Path(coursedir.root, step))):
        folder = Path(coursedir.format_path(step, student, assignment))
        if folder.is_dir():
            found[student] = Submission(student, folder)
    for student in students:
        if student not in found:
            raise NothingToGrade(f"{student} has handed in no {assignment}: there is no folder for it in {step}/.")
    if not found:
        raise NothingToGrade(f"Nobody has handed in {assignment}: no folder in {step}/ holds a folder {assignment}/.")
    left_out = set(coursedir.student_id_exclude.split(","))
    return [found[student] for student in sorted(students or found.keys() - left_out)]


def students_in(folder: Path) -> list[str]:
    """Return the students who have a folder in submitted/; what no student's id can be is none's."""
    try:
        return [path.name for path in folder.iterdir() if can_name_folder(path.name) and path.is_dir()]
    except FileNotFoundError:
        return []


def strays(coursedir: Any) -> list[str]:
    """Return a sentence on each thing in submitted/ that is no submission of any assignment's, by its place."""
    step, assignment = coursedir.submitted_directory, coursedir.assignment_id
    said = []
    for path in sorted(path for path in Path(coursedir.root, step).glob("*") if not path.name.startswith(".")):
        name = printable((step, path.name))
        if not path.is_dir():
            said.append(f"{name} lies in no student's folder, and is not graded.")
        elif not can_name_folder(path.name):
            said.append(
                f"{name} has a name that no student's id can be, and is not graded: give the folder another one."
            )
        elif not Path(coursedir.format_path(step, path.name, assignment)).is_dir():
            near = [each.name for each in path.iterdir() if _is_near(each, assignment)]
            if near:
                there = printable((*near[:1],))
                said.append(f"{name} holds {there}, but no folder {assignment}/: it is not graded as {assignment}.")
    return said


def _is_near(path: Path, assignment: str) -> bool:
    """Is this a notebook that lies too high, or the assignment's folder under another spelling?"""
    name = path.name.casefold()
    return ".ipynb" in name or is_archive(name) or name.strip() == assignment.casefold()


def with_extensions(coursedir: Any, gradebook: OneGradebook, submissions: list[Submission]) -> list[Submission]:
    """Return the submissions with what their students are granted.

    Raises ExtensionError where that is not understood, or granted to nobody that is known.
    """
    extensions = read_extensions(Path(coursedir.root))
    if not extensions:
        return submissions
    with gradebook.transaction() as opened:
        roster = {student.id for student in opened.students}
        lessons = {assignment.name for assignment in opened.assignments} | {*lessons_in(coursedir)}
    handed_in = students_in(Path(coursedir.root, coursedir.submitted_directory))
    extensions.demand_known(roster | {*handed_in}, lessons)
    return [replace(one, granted=extensions.of(one.student, coursedir.assignment_id).mark) for one in submissions]


def unknown_students(gradebook: OneGradebook, submissions: list[Submission]) -> list[str]:
    """Return a sentence on each student who is not on the roster, where there is one; they are graded all the same."""
    with gradebook.transaction() as opened:
        roster = {student.id for student in opened.students}
    new = [submission.student for submission in submissions if submission.student not in roster]
    return [f"{student} is not on the roster, and is graded all the same." for student in new] if roster else []


def source_digest(gradebook: Gradebook, assignment: str) -> str:
    """Return a digest of what the gradebook holds of an assignment; raise NothingToGrade where it holds nothing."""
    try:
        notebook = gradebook.find_notebook(assignment, assignment)
    except MissingEntry as error:
        sentence = (
            f"The gradebook knows no {assignment}: make its release first (nbgrader generate_assignment {assignment})."
        )
        raise NothingToGrade(sentence) from error
    due = opened_until(gradebook, assignment)
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    cells = [
        [cell.name, cell.cell_type, cell.locked, cell.source, cell.checksum, points.get(cell.name)]
        for cell in notebook.source_cells
    ]
    return hashlib.sha256(json.dumps([due, *cells]).encode()).hexdigest()


def opened_until(gradebook: Gradebook, assignment: str) -> str:
    """Return when an assignment is due, as the gradebook has it; "" where it is not said."""
    due = gradebook.find_assignment(assignment).duedate
    return due.isoformat() if due else ""


def settings_digest(course: Path, config: Any) -> str:
    """Return a digest of what a score depends on beside the lesson: the course's configuration, and this package.

    What becomes of scores later, such as weights in a course total, is no reason to grade a class again.
    """
    files = [*sorted(course.glob("*config.py")), *sorted(PACKAGE.rglob("*.py"))]
    grading = {section: options for section, options in config.items() if section not in LATER}
    digest = hashlib.sha256(json.dumps(grading, default=str, sort_keys=True).encode())
    for path in files:
        digest.update(LATER_LINE.sub(b"", path.read_bytes()))
    return digest.hexdigest()


class Markers:
    """Which submissions are graded: beside each graded notebook lies a marker that says of what it is the grading.

    It is written last. nbgrader removes it with the notebook, and does not copy it, since its name begins with a dot.
    """

    def __init__(self, source: str, settings: str, in_gradebook: set[str]) -> None:
        self.source, self.settings, self.in_gradebook = source, settings, in_gradebook

    @classmethod
    def read(cls, gradebook: OneGradebook, assignment: str, settings: str) -> "Markers":
        """Return the markers that would be right today; raise NothingToGrade where the assignment is not known."""
        with gradebook.transaction() as opened:
            submissions = opened.assignment_submissions(assignment)
            source = source_digest(opened, assignment)
            return cls(source, settings, {submission.student_id for submission in submissions})

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
        replace_file(folder / MARKER, json.dumps(self._marker(digest)))

    def _marker(self, digest: str) -> dict[str, str]:
        return {"submitted": digest, "source": self.source, "settings": self.settings}
