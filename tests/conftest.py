"""Fixtures that several tests share.

What they need is imported when they need it: the process that hands the tests out to others reads this file, too.
"""

import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest
from filelock import FileLock

import attention_course.instructor  # noqa: F401 - before nbformat, which imports less then

WEIGHTED_SUM_OF_CHIARA = """
    select base_cell.id, submitted_notebook.id from base_cell, grade_cells, submitted_notebook, submitted_assignment
    where base_cell.name = 'weighted-sum' and grade_cells.id = base_cell.id
    and submitted_notebook.assignment_id = submitted_assignment.id and submitted_assignment.student_id = 'chiara'
"""
Shared = Callable[[str, Callable[[Path], object]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put off a file that needs the environment which another one begins with installing."""
    items.sort(key=lambda item: item.path.name == "test_start_test_recall.py")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Return a function that has a folder made, by the first of the run's processes that asks for its name."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, is_made = base / name, base / f"{name}-is-made"
        with FileLock(base / f"{name}.lock"):
            if not is_made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what failed in another process
                make(folder)
                is_made.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def released_course(shared: Shared) -> Path:
    """A course folder whose lesson is released; to look at, not to change."""
    import classroom

    def make(course: Path) -> None:
        classroom.make_course(course)
        classroom.nbgrader(course, "generate_assignment", classroom.LESSON)

    return shared("released", make)


@pytest.fixture
def course(released_course: Path, tmp_path: Path) -> Path:
    """A course folder of one's own whose lesson is released."""
    return Path(shutil.copytree(released_course, tmp_path / "course"))


@pytest.fixture
def at_once() -> Iterator[None]:
    """The demo's commands run in the process of the commands, too."""
    with commands_at_once():
        yield


@contextmanager
def commands_at_once() -> Iterator[pytest.MonkeyPatch]:
    import classroom

    with pytest.MonkeyPatch.context() as patched:
        for module in ("course", "exchange"):
            patched.setattr(f"attention_course.instructor.demo.{module}.nbgrader", classroom.nbgrader)
        yield patched


@pytest.fixture(scope="session")
def played(shared: Shared) -> Path:
    """A folder with the demo that was played, what it said, and a copy of the project before and after; to look at."""
    import project

    from attention_course.instructor.demo import __main__ as demo

    def make(folder: Path) -> None:
        after = shutil.copytree(project.copy(folder / "before"), folder / "after")
        with commands_at_once() as patched, redirect_stdout(io.StringIO()) as said:
            patched.chdir(after)
            assert demo.main([str(folder / "demo")]) == 0
        (folder / "said.txt").write_text(said.getvalue(), encoding="utf-8")

    return shared("played", make)


@pytest.fixture(scope="session")
def graded_class(played: Path, shared: Shared) -> Path:
    """A course folder with the demo's class of twelve, graded, with feedback; to look at, not to change.

    Chiara's name is hostile; she has a comment, and half a point given by hand for a wrong answer.
    """
    import classroom

    def make(course: Path) -> None:
        shutil.copytree(played / "demo", course)
        with sqlite3.connect(course / "gradebook.db") as db:
            db.execute("update student set first_name = '<b>Chiara</b>' where id = 'chiara'")
            cell, notebook = db.execute(WEIGHTED_SUM_OF_CHIARA).fetchone()
            db.execute("update grade set manual_score = 0.5 where cell_id = ? and notebook_id = ?", (cell, notebook))
            comment = ("Well tried.\n<script>alert(1)</script>", cell, notebook)
            db.execute("update comment set manual_comment = ? where cell_id = ? and notebook_id = ?", comment)
        classroom.nbgrader(course, "generate_feedback", classroom.LESSON, "--student=chiara", "--force")

    return shared("graded-class", make)
