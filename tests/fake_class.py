"""A graded class of any size in no time: records and scores are written straight to where grading leaves them."""

import random
import sqlite3
from pathlib import Path

import classroom

from attention_course.answers import record
from attention_course.instructor.course_files import write_notebook

CELLS = "select base_cell.id, base_cell.name from base_cell join grade_cells on grade_cells.id = base_cell.id"


def answers(ability: float, chance: random.Random) -> dict[str, list[list[str]]]:
    """Return the attempts of a student who knows each answer with this probability."""
    made: dict[str, list[list[str]]] = {}
    for name, key in classroom.RIGHT.items():
        while len(made.get(name, [])) < 3 and chance.random() < 0.95:
            picks = key if chance.random() < ability else chance.choice(classroom.FILLINGS[name])
            made.setdefault(name, []).append(list(picks))
            if picks == key:
                break
    return made


def points(attempts: dict[str, list[list[str]]]) -> dict[str, int]:
    """Return what grading gives for these attempts."""
    return {name: int(attempts.get(name, [None])[-1] == key) for name, key in classroom.RIGHT.items()}


def enrol(course: Path, students: dict[str, tuple[str, str]]) -> None:
    """Write students into the gradebook: id -> first name, last name."""
    with sqlite3.connect(course / "gradebook.db") as db:
        rows = [(student, first, last) for student, (first, last) in students.items()]
        db.executemany("insert into student (id, first_name, last_name) values (?, ?, ?)", rows)


def grade(course: Path, student: str, attempts: dict[str, list[list[str]]]) -> None:
    """Leave what grading leaves of one student: the scores, and a notebook with the record (and no cells)."""
    grade_all(course, {student: attempts})


def grade_all(course: Path, attempts: dict[str, dict[str, list[list[str]]]]) -> None:
    """Leave what grading leaves of students who are enrolled."""
    with sqlite3.connect(course / "gradebook.db") as db:
        (assignment,) = db.execute("select id from assignment").fetchone()
        (notebook,) = db.execute("select id from notebook").fetchone()
        cells = [(cell, name) for cell, name in db.execute(CELLS)]
        for student, made in attempts.items():
            one = (f"a-{student}", assignment, student)
            db.execute("insert into submitted_assignment (id, assignment_id, student_id) values (?, ?, ?)", one)
            one = (f"n-{student}", f"a-{student}", notebook)
            db.execute("insert into submitted_notebook (id, assignment_id, notebook_id) values (?, ?, ?)", one)
            scores = points(made)
            db.executemany(
                "insert into grade (id, notebook_id, cell_id, auto_score, needs_manual_grade) values (?, ?, ?, ?, 0)",
                [(f"g-{student}-{name}", f"n-{student}", cell, scores[name]) for cell, name in cells],
            )
    for student, made in attempts.items():
        graded = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        record.write(graded, "practice", classroom.records(made))
        write_notebook(course / "autograded" / student / "practice/practice.ipynb", graded)


def class_of(course: Path, size: int, seed: int = 1) -> None:
    """Enrol and grade a class of this size, from those who know nothing to those who know everything."""
    chance = random.Random(seed)
    students = {f"s{i:04}": (f"First{i}", f"Last{i}") for i in range(size)}
    enrol(course, students)
    grade_all(course, {student: answers(chance.random(), chance) for student in students})
