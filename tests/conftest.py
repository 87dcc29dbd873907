"""Fixtures that several tests share."""

import shutil
import sqlite3
from pathlib import Path

import classroom
import fake_class
import pytest

from attention_course.instructor.demo import CLASS, make_class

WEIGHTED_SUM_OF_CHIARA = """
    select base_cell.id, submitted_notebook.id from base_cell, grade_cells, submitted_notebook, submitted_assignment
    where base_cell.name = 'weighted-sum' and grade_cells.id = base_cell.id
    and submitted_notebook.assignment_id = submitted_assignment.id and submitted_assignment.student_id = 'chiara'
"""


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder whose lesson is released; to look at, not to change."""
    course = classroom.make_course(tmp_path_factory.mktemp("released") / "course")
    classroom.nbgrader(course, "generate_assignment", "practice")
    return course


@pytest.fixture
def course(released_course: Path, tmp_path: Path) -> Path:
    """A course folder of one's own whose lesson is released."""
    return Path(shutil.copytree(released_course, tmp_path / "course"))


@pytest.fixture(scope="session")
def graded_class(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with the demo's class of twelve, graded, with feedback; to look at, not to change.

    Chiara's name is hostile; she has a comment, and half a point given by hand for a wrong answer.
    """
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("graded") / "course"))
    make_class(course, CLASS)
    fake_class.enrol(course, {one.id: (one.first_name, one.last_name) for one in CLASS})
    classroom.nbgrader(course, "autograde", "practice")
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("update student set first_name = '<b>Chiara</b>' where id = 'chiara'")
        cell, notebook = db.execute(WEIGHTED_SUM_OF_CHIARA).fetchone()
        db.execute("update grade set manual_score = 0.5 where cell_id = ? and notebook_id = ?", (cell, notebook))
        comment = ("Well tried.\n<script>alert(1)</script>", cell, notebook)
        db.execute("update comment set manual_comment = ? where cell_id = ? and notebook_id = ?", comment)
    classroom.nbgrader(course, "generate_feedback", "practice", "--student=[bce]*")
    return course
