"""A lesson that goes on with code of another one, and a Dask cluster that grades it: one file is all that it needs."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import classroom
import pytest
import written_class
import written_lesson
from test_grade_class import STUDENTS as OF_PRACTICE
from test_grade_class import hand_in_all, states
from waiting import until

from attention_course.answers import record
from attention_course.exercises import seal
from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.demo.course import read_points
from attention_course.instructor.source.check import check

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

LESSON = "onward"
FILE = f"{LESSON}/{LESSON}.ipynb"
QUESTION = """answer = lesson.ask(Write(
    "my-shares", "easy", number=1, points=0,
    prompt="Bring your `shares`.",
    defines=["shares"],
    given="import torch",
    brings={"shares": ["shares"]},
    examples=[{"title": "Nothing kept", "code": "shares(torch.zeros(1, 2), torch.zeros(1, 2, dtype=torch.bool))"}],
    ### BEGIN KEY
    ### END KEY
))
### BEGIN HIDDEN TESTS
answer.points(0)
### END HIDDEN TESTS"""
STUDENTS = ("brought", "recorded", "nothing", "wrong")
MINE = written_class.RIGHT.replace("    kept", "    print('this is mine')\n    kept", 1)


def source() -> dict[str, Any]:
    """Return the lesson that comes after `shares`: it brings what was written there, and asks for `Mix`."""
    names = {"shares-code": "my-shares-code", "shares": "my-shares"}
    lesson = written_lesson.notebook(
        {
            "setup": (f'Lesson("{written_lesson.LESSON}")', f'Lesson("{LESSON}")'),
            "shares": QUESTION,
            "mix": ('uses=["shares"]', 'uses=["my-shares"]'),
        }
    )
    for cell in lesson["cells"][1:]:
        about = cell["metadata"]["nbgrader"]
        about["grade_id"] = cell["id"] = names.get(about["grade_id"], about["grade_id"])
        if cell["id"] == "my-shares":
            about["points"] = 0
    return lesson


def hand_in(course: Path, student: str, mine: str = "", recorded: str = "") -> None:
    notebook = classroom.read(course / "release" / FILE)
    classroom.cell(notebook, "mix-code")["source"] = written_class.RIGHT_MIX
    if mine:
        classroom.cell(notebook, "my-shares-code")["source"] = mine
    if recorded:
        record.write(notebook, LESSON, classroom.records({"my-shares": [[recorded]]}))
    folder = course / "submitted" / student / LESSON
    folder.mkdir(parents=True)
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def run(course: Path, *command: str) -> str:
    code, said = classroom.COMMANDS.run(course, *command)
    assert code == 0, said
    return said


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a Dask cluster with one worker, which knows nothing of a course but what it is sent; yield its address."""
    file = folder / "scheduler.json"
    commands = [
        ["scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard", f"--scheduler-file={file}"],
        ["worker", "--nthreads=1", "--no-dashboard", f"--scheduler-file={file}", f"--local-directory={folder}"],
    ]
    processes = [classroom.start_module(folder, f"distributed.cli.dask_{name}", *more) for name, *more in commands]
    try:
        until(lambda: file.is_file() and file.read_text(encoding="utf-8").endswith("}"), "the scheduler listens")
        yield classroom.read(file)["address"]
    finally:
        for process in reversed(processes):
            process.terminate()
            classroom.all_said(process)


@pytest.fixture(scope="module")
def graded(shared: Any, released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which four students are graded by a cluster, with feedback and report.

    What the same cluster said of a class of the lesson `practice` stands in practice.txt: to start one takes longer
    than all that it does here.
    """

    def make(course: Path) -> None:
        classroom.make_course(course)
        write_notebook(course / "source" / FILE, source())
        classroom.nbgrader(course, "generate_assignment", LESSON)
        hand_in(course, "brought", mine=MINE)
        hand_in(course, "recorded", recorded=MINE)
        hand_in(course, "nothing")
        hand_in(course, "wrong", mine=written_class.NO_ZEROS)
        other = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("practice") / "course"))
        hand_in_all(other)
        with cluster(tmp_path_factory.mktemp("cluster")) as address:
            said = run(course, "attention-course", "grade", LESSON, f"--scheduler={address}")
            (course / "said.txt").write_text(said, encoding="utf-8")
            said = classroom.grade(other, f"--scheduler={address}")
            (course / "practice.txt").write_text(said, encoding="utf-8")
        run(course, "nbgrader", "generate_feedback", LESSON)
        run(course, "attention-course", "report", LESSON)

    return shared("carried-on", make)


def feedback(graded: Path, student: str) -> str:
    return (graded / f"feedback/{student}/{LESSON}/{LESSON}.html").read_text(encoding="utf-8")


def test_the_authoring_check_accepts_it() -> None:
    assert check(source(), LESSON) == []


def test_the_authoring_check_refuses_tests_of_what_was_graded_elsewhere_and_asks_for_an_example() -> None:
    lesson = source()
    cell = next(cell for cell in lesson["cells"] if cell["id"] == "my-shares")
    test = '@answer.test("a", points=0, why="A.")\ndef a(student): pass\nanswer.points(0)'
    cell["source"] = cell["source"].replace("answer.points(0)", test).replace("examples=[{", "examples=[{}][:0] and [{")
    assert check(lesson, LESSON) == [
        "Cell my-shares: what is brought is graded in its own lesson: leave out its hidden tests, all but "
        "answer.points(0).",
        "Cell my-shares: it has no example: add to examples= a call that shows whether the code that is brought works "
        "here.",
    ]


def test_the_reference_is_sealed_and_the_cell_begins_with_what_to_do(graded: Path) -> None:
    released = classroom.read(graded / "release" / FILE)
    begins = "".join(classroom.cell(released, "my-shares-code")["source"])
    assert begins == "# Your code of the lesson 'shares' comes here: bring it with the button below, or paste it in."
    asked = "".join(classroom.cell(released, "my-shares")["source"])
    assert "masked_fill" not in json.dumps(released)
    assert "masked_fill" in seal.unseal(asked.split('sealed="')[1].split('"')[0], "my-shares")["key"]


def test_a_cluster_grades_it_with_what_each_brought_or_with_the_reference(graded: Path) -> None:
    everybody = {student: {"my-shares": 0, "mix": 1} for student in STUDENTS}
    assert read_points(graded, LESSON) == everybody
    for student in ("brought", "recorded"):
        page = feedback(graded, student)
        assert "shares is your own, from Task 1." in page
        assert "this is mine" in page
    assert "shares is the course&#x27;s, since yours (Task 1) is not brought yet." in feedback(graded, "nothing")
    assert "shares is the course&#x27;s, since yours (Task 1) does not pass" in feedback(graded, "wrong")
    said = (graded / "said.txt").read_text(encoding="utf-8")
    assert "4 graded, 0 failed" in said
    assert "my-shares: It does not stand in its cell: the code that was brought counts." in said


def test_what_is_carried_on_is_no_question_of_the_report(graded: Path) -> None:
    page = (graded / f"reports/{LESSON}.html").read_text(encoding="utf-8")
    assert "Task 2: mix" in page
    assert "my-shares" not in page


def test_a_dask_cluster_that_runs_already_executes_a_class_without_code_too(graded: Path) -> None:
    said = (graded / "practice.txt").read_text(encoding="utf-8")
    assert states(said) == dict.fromkeys(OF_PRACTICE, "graded")
