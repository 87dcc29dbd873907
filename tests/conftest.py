"""Fixtures that several tests share."""

import shutil
from pathlib import Path

import classroom
import pytest


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
