"""A gradebook of lessons with one graded cell, worth two points, and a course's folder around it: made in no time."""

from pathlib import Path

from nbgrader.api import Gradebook


def add(gradebook: Gradebook, student: str, score: float | None, assignment: str = "practice", **about: str) -> None:
    """Put a student into the gradebook, with a score where one is given."""
    gradebook.update_or_create_student(student, **about)
    if score is not None:
        gradebook.add_submission(assignment, student)
        [grade] = gradebook.find_submission(assignment, student).notebooks[0].grades
        grade.auto_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def new_gradebook(path: Path, *assignments: str) -> Gradebook:
    """Make a gradebook of these lessons."""
    gradebook = Gradebook(f"sqlite:///{path}")
    for name in assignments:
        gradebook.add_assignment(name)
        gradebook.add_notebook(name, name)
        gradebook.add_grade_cell("total", name, name, max_score=2, cell_type="code")
    return gradebook


def course_around(folder: Path, *lessons: str) -> Gradebook:
    """Make a course's folder with a gradebook of these lessons, and an exchange beside it."""
    for lesson in lessons:
        for step in ("source", "release"):
            write(folder / step / lesson / f"{lesson}.ipynb", "{}")
    config = f'c.CourseDirectory.course_id = "attention"\nc.Exchange.root = "{folder.parent / "exchange"}"\n'
    write(folder / "nbgrader_config.py", f"from pathlib import Path\nFOLDER = Path(__file__).parent\n{config}")
    write(folder / "autograded/README.md", "Here lies what is graded.")
    return new_gradebook(folder / "gradebook.db", *lessons)


def hand_in(folder: Path, student: str, lesson: str, graded: bool = True) -> None:
    """Leave the files of what a student handed in, and of its grading."""
    for step in ("submitted", *(["autograded"] if graded else [])):
        write(folder / step / student / lesson / f"{lesson}.ipynb", f"{step} by {student}")


def write(path: Path, text: str) -> None:
    """Write a file, in folders that are made where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
