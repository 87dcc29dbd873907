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

CODE = ("honest", "other-style", "partly-right", "wrong", "starter", "no-python", "stripped", "deleted", "reads")
CODE += ("opens", "ends", "says")
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


def hand_in(course: Path, demo: Path) -> None:
    """Hand in the demo's dozen of `practice`, and a notebook that is cut off; and a dozen of a lesson with code."""
    shutil.copytree(demo / "submitted", course / "submitted")
    classroom.hand_in_text(course, "cut-off", classroom.UNREADABLE["truncated"])
    for student in CODE:
        written_class.hand_in(course, student, written_class.CLASS[student][0])


def keep_gradebook_in(course: Path, db_url: str) -> None:
    config = (PROJECT / "course_config.py").read_text(encoding="utf-8")
    (course / "course_config.py").write_text(f"{config}\nc.CourseDirectory.db_url = {db_url!r}\n", encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def machines_can_be_made() -> None:
    if reason := machines.why_not():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeparateCluster]:
    base = tmp_path_factory.getbasetemp()
    with separate_cluster(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as made:
        made.add_worker("one")
        made.add_worker("two")
        yield made


@pytest.fixture(scope="module")
def course(cluster: SeparateCluster, played: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with both lessons, handed in and not graded, its gradebook in the database."""
    course = classroom.make_course(tmp_path_factory.mktemp("cluster") / "course")
    write_notebook(course / "source" / written_lesson.FILE, written_lesson.notebook())
    keep_gradebook_in(course, cluster.socket_url)
    for lesson in (LESSON, written_lesson.LESSON):
        classroom.nbgrader(course, "generate_assignment", lesson)
    hand_in(course, played / "demo")
    keep_gradebook_in(course, cluster.db_url)
    return course


def test_a_worker_reaches_neither_the_database_nor_the_course(cluster: SeparateCluster, course: Path) -> None:
    folders = [course, PROJECT / "source"]
    for worker in cluster.workers.values():
        assert worker.run(sys.executable, "-S", "-c", PRIES, *folders).strip() == ""
    seen = cluster.grader.run(sys.executable, "-S", "-c", PRIES, *folders)
    assert seen.startswith("the database\n")  # so what they do not find is there
    assert f"submitted/cut-off/{classroom.NOTEBOOK}" in seen


def test_a_worker_that_is_switched_off_midway_changes_no_grade(
    cluster: SeparateCluster, course: Path, played: Path
) -> None:
    code, said = cluster.grade(course, LESSON, {3: cluster.workers["two"].off})
    assert (code, said.splitlines()[-1]) == (1, "12 graded, 1 failed, 0 unchanged and skipped."), said
    here = whole_gradebook.rows(whole_gradebook.url(played / "demo"), LESSON)
    there = whole_gradebook.rows(cluster.socket_url, LESSON)
    assert [row for row in there if row[0] != "cut-off"] == here
    assert {row[4] for row in there if row[0] == "cut-off"} == {0}


def test_a_worker_that_is_cut_off_midway_changes_no_grade(cluster: SeparateCluster, course: Path) -> None:
    three = cluster.add_worker("three")
    code, said = cluster.grade(course, written_lesson.LESSON, {1: three.unplug})
    assert (code, said.splitlines()[-1]) == (0, "12 graded, 0 failed, 0 unchanged and skipped."), said
    graded = whole_gradebook.rows(cluster.socket_url, written_lesson.LESSON)
    points = {(row[0], row[3]): row[4] for row in graded if len(row) == 7}
    right = {student: written_class.CLASS[student][1] for student in CODE}
    assert points == {(who, what): right[who][at] for who in CODE for at, what in enumerate(("shares", "mix"))}


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
