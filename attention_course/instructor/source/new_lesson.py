"""A new lesson to begin with: one example of each kind of question, which the check finds complete at once."""

import json
import re
from importlib.resources import files
from pathlib import Path

from attention_course.errors import LessonError
from attention_course.instructor.course_files import write_notebook

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
EXAMPLE = files("attention_course.instructor.source").joinpath("example.ipynb")
PLACEHOLDER = "LESSON"


def new_lesson(lesson: str, course: Path) -> Path:
    """Make source/LESSON/LESSON.ipynb in a course's folder and return its path; what is there is left alone.

    Raises LessonError where the name is none, the folder is no course's, or the lesson is there.
    """
    if not NAME.fullmatch(lesson):
        raise LessonError(f"A lesson's name has small letters, digits, hyphens and underscores, not {lesson!r}.")
    if not (course / "nbgrader_config.py").is_file():
        raise LessonError(f"There is no nbgrader_config.py in {course}: go to the course's folder.")
    path = course / "source" / lesson / f"{lesson}.ipynb"
    if path.exists():
        raise LessonError(f"{path} is there: choose another name.")
    notebook = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace(PLACEHOLDER, lesson)
    try:
        write_notebook(path, notebook)
    except OSError as error:
        raise LessonError(f"{path} cannot be written: {error.strerror}.") from error
    return path
