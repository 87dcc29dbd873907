"""A course folder of its own, run with the real nbgrader."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.instructor.demo.students import MadeUpStudent

PARTS = ("source", "course_config.py", "nbgrader_config.py")
Points = dict[str, dict[str, float]]  # student id -> cell's name -> points


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run an nbgrader command in a folder and return what it said.

    Raises RuntimeError with the end of that where it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"nbgrader {' '.join(arguments)} failed:\n{done.stdout[-2000:]}")
    return done.stdout


def read_points(folder: Path, lesson: str) -> Points:
    """Return the points of every graded cell as the gradebook in a course's folder holds them."""
    from nbgrader.api import Gradebook

    points: Points = {}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(lesson):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            points[submission.student.id] = {grade.name: grade.score for grade in grades}
    return points


class Course:
    """A course folder made from the project's source and configuration; the project itself is left alone."""

    def __init__(self, folder: Path, project: Path, lesson: str = "practice") -> None:
        self.folder, self.lesson = folder, lesson
        folder.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            if (project / part).is_dir():
                shutil.copytree(project / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
            else:
                shutil.copy(project / part, folder / part)

    def nbgrader(self, *arguments: str) -> None:
        """Run an nbgrader command in the course; raise RuntimeError with the end of its log where it fails."""
        nbgrader(self.folder, *arguments)

    def release(self) -> None:
        """Make the students' notebook."""
        self.nbgrader("generate_assignment", self.lesson, "--force")

    def released(self) -> dict[str, Any]:
        """Return the students' notebook."""
        return notebooks.load(self.folder / "release" / self.lesson / f"{self.lesson}.ipynb")

    def enrol(self, students: Iterable[MadeUpStudent]) -> None:
        """Write the students' names into the gradebook."""
        with (self.folder / "students.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["id", "first_name", "last_name"])
            rows.writerows([student.id, student.first_name, student.last_name] for student in students)
        self.nbgrader("db", "student", "import", "students.csv")

    def grade(self) -> None:
        """Grade what was handed in, write the grades to grades.csv and the feedback pages."""
        self.nbgrader("autograde", self.lesson)
        self.nbgrader("export", "--to=grades.csv")
        self.nbgrader("generate_feedback", self.lesson)

    def points(self) -> Points:
        """Return the points of every graded cell as the gradebook holds them."""
        return read_points(self.folder, self.lesson)

    def totals(self) -> dict[str, float]:
        """Return each student's total as the exported grades.csv gives it."""
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            return {row["student_id"]: float(row["score"] or 0) for row in csv.DictReader(file)}

    def feedback(self, student: MadeUpStudent) -> Path:
        """Return where a student's feedback page is."""
        return self.folder / "feedback" / student.id / self.lesson / f"{self.lesson}.html"
