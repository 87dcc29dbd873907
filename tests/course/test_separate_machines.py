"""A class graded on a Dask cluster of separate machines, of which one dies and another one is cut off."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import classroom
import machines
import pytest
import whole_gradebook
import written_class
import written_lesson
from classroom import LESSON
from forked import is_alive
from separate_cluster import DATABASE, PROJECT, SeparateCluster, separate_cluster
from waiting import until

from attention_course.instructor.course_files import write_notebook

pytestmark = pytest.mark.skipif(bool(machines.why_not()), reason=machines.why_not() or "-")

CODE = ("honest", "other-style", "partly-right", "wrong", "starter", "no-python", "stripped", "deleted", "reads")
CODE += ("opens", "ends", "says")
WRONG = {"purpose": [["larger-input"], ["fewer-layers"]], "attention-weights": [["relu"], ["sigmoid"]]}
# What a worker's machine tries to get at: a way to the database, then files.
PRIES = f"""
import pathlib, socket, sys
try:
    socket.create_connection(({DATABASE!r}, 5432), timeout=5)
    print("the database")
except OSError:
    pass
print(*[path for folder in sys.argv[1:] for path in pathlib.Path(folder).rglob("*")])
"""


def hand_in(course: Path) -> None:
    """Hand in a dozen of `practice`, a broken one among them, and a dozen of a lesson with code."""
    for number in range(11):
        attempts = [classroom.ALL_RIGHT, classroom.ALL_RIGHT | WRONG, WRONG][number % 3]
        classroom.hand_in(course, f"student-{number:02}", attempts)
    classroom.hand_in_text(course, "cut-off", classroom.UNREADABLE["truncated"])
    for student in CODE:
        written_class.hand_in(course, student, written_class.CLASS[student][0])


def release(course: Path) -> None:
    for lesson in (LESSON, written_lesson.LESSON):
        classroom.nbgrader(course, "generate_assignment", lesson)


def make_course(folder: Path, db_url: str = "") -> Path:
    """Make a course with both lessons."""
    course = classroom.make_course(folder)
    write_notebook(course / "source" / written_lesson.FILE, written_lesson.notebook())
    keep_gradebook_in(course, db_url)
    return course


def keep_gradebook_in(course: Path, db_url: str) -> None:
    config = (PROJECT / "course_config.py").read_text(encoding="utf-8")
    line = f"\nc.CourseDirectory.db_url = {db_url!r}\n" if db_url else ""
    (course / "course_config.py").write_text(config + line, encoding="utf-8")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, graded on this machine."""
    course = make_course(tmp_path_factory.mktemp("local") / "course")
    release(course)
    hand_in(course)
    for lesson in (LESSON, written_lesson.LESSON):
        classroom.COMMANDS.run(course, "attention-course", "grade", lesson)
    return course


@pytest.fixture(scope="module")
def cluster() -> Iterator[SeparateCluster]:
    with separate_cluster() as made:
        made.add_worker("one")
        made.add_worker("two")
        yield made


@pytest.fixture(scope="module")
def course(local: Path, cluster: SeparateCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same class, not graded yet, with its gradebook in the database."""
    course = make_course(tmp_path_factory.mktemp("cluster") / "course", cluster.socket_url)
    release(course)
    shutil.copytree(local / "submitted", course / "submitted")
    keep_gradebook_in(course, cluster.db_url)
    return course


def is_graded_as(local: Path, cluster: SeparateCluster, lesson: str) -> None:
    here = whole_gradebook.rows(whole_gradebook.url(local), lesson)
    assert whole_gradebook.rows(cluster.socket_url, lesson) == here
    assert len({row[0] for row in here}) == 12


def test_a_worker_reaches_neither_the_database_nor_the_course(cluster: SeparateCluster, course: Path) -> None:
    folders = [course, PROJECT / "source"]
    for worker in cluster.workers.values():
        assert worker.run(sys.executable, "-S", "-c", PRIES, *folders).strip() == ""
    seen = cluster.grader.run(sys.executable, "-S", "-c", PRIES, *folders)
    assert seen.startswith("the database\n")  # so what they do not find is there
    assert f"submitted/cut-off/{classroom.NOTEBOOK}" in seen


def test_a_worker_that_is_switched_off_midway_changes_no_grade(
    cluster: SeparateCluster, course: Path, local: Path
) -> None:
    code, said = cluster.grade(course, LESSON, cluster.workers["two"].off, after=3)
    assert (code, said.splitlines()[-1]) == (1, "11 graded, 1 failed, 0 unchanged and skipped."), said
    is_graded_as(local, cluster, LESSON)


def test_a_worker_that_is_cut_off_midway_changes_no_grade(cluster: SeparateCluster, course: Path, local: Path) -> None:
    three = cluster.add_worker("three")
    code, said = cluster.grade(course, written_lesson.LESSON, three.unplug)
    assert (code, said.splitlines()[-1]) == (0, "12 graded, 0 failed, 0 unchanged and skipped."), said
    is_graded_as(local, cluster, written_lesson.LESSON)


def test_a_machine_is_off_as_soon_as_whoever_made_it_is_gone(tmp_path: Path) -> None:
    program = "import machines, sys\nmade = machines.Machine('m')\nprint(made.pid, flush=True)\nsys.stdin.read()"
    folder = str(Path(machines.__file__).parent)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    maker = subprocess.Popen([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": folder}, **pipes)
    assert maker.stdout
    pid = int(maker.stdout.readline())
    maker.kill()
    maker.communicate()
    until(lambda: not is_alive(pid), "the machine is off")
