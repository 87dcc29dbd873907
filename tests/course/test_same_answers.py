"""`attention-course answers`: the answers of a graded class, one comment or score for all who gave one, taken back."""

import html
import json
import re
import shutil
from pathlib import Path

import classroom
import pytest
from classroom import LESSON, PAGE
from nbgrader.api import Gradebook

from attention_course.instructor.marks.journal import FILE

# Keala, Dmitri and Giorgos picked the same wrong options in "scaled-weights"? The page says who, so no test guesses.
Q = "weighted-sum"


@pytest.fixture(scope="module")
def graded(graded_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graded class of twelve, one copy for the tests of this file, which go on from each other's state."""
    return Path(shutil.copytree(graded_class, tmp_path_factory.mktemp("answers") / "course"))


def answers(course: Path, *arguments: str, exits: int = 0) -> str:
    code, said = classroom.COMMANDS.run(course, "attention-course", "answers", *arguments)
    assert code == exits, said
    return said
