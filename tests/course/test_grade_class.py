"""`attention-course grade`: the whole class, once each, with nbgrader's own scores, whatever happens in between."""

import functools
import os
import re
import shutil
import signal
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import classroom
import nbformat
import postgresql
import psutil
import pytest
import test_broken_submissions as broken
import whole_gradebook
from classroom import LESSON, NOTEBOOK
from nbgrader.api import Gradebook
from waiting import until

from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.runner.execute import Task, execute
from attention_course.instructor.runner.workers import Workers

NAMES = list(classroom.RIGHT)
WRONG = {
    "purpose": [["larger-input"], ["fewer-layers"], ["shuffle"]],
    "attention-weights": [["relu"], ["sigmoid"]],
    "scaled-weights": [["64", "softmax"]],
}
STUDENTS: dict[str, dict[str, Any]] = {
    "amara": classroom.ALL_RIGHT,
    "björn": classroom.ALL_RIGHT | WRONG,
    "chiara": {},
    "o'neill-4711": {name: classroom.ALL_RIGHT[name] for name in NAMES[:5]},
}
BROKEN = [
    broken.missing,
    broken.renamed_by_drive,
    broken.cut_off,
    broken.without_nbgraders_metadata,
    broken.a_directory,
]


def hand_in_all(course: Path) -> None:
    for student, attempts in STUDENTS.items():
        classroom.hand_in(course, student, attempts)


def gradebook(course: Path) -> list[tuple[Any, ...]]:
    """Return everything that grading writes into the gradebook, but for the ids it makes up."""
    return whole_gradebook.rows(whole_gradebook.url(course), LESSON)


def outputs(course: Path, student: str) -> list[Any]:
    """Return what every cell of a graded notebook shows."""
    notebook = classroom.read(course / "autograded" / student / NOTEBOOK)
    return [cell.get("outputs") for cell in notebook["cells"]]


def states(said: str) -> dict[str, str]:
    """Return "graded", or "not graded: …", by student."""
    return dict(re.findall(r"^\d+/\d+ (\S+): (.*)$", said, re.MULTILINE))


@pytest.fixture(scope="module")
def graded(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class graded by `attention-course grade`; to look at, not to change."""
    course = Path(shutil.copytree(released_course, tmp_path_factory.mktemp("graded") / "course"))
    hand_in_all(course)
    said = classroom.grade(course, "--workers=2")
    assert states(said) == dict.fromkeys(STUDENTS, "graded")
    assert said.splitlines()[-1] == "4 graded, 0 failed, 0 unchanged and skipped."
    return course


def own(graded: Path, folder: Path) -> Path:
    """Return a copy of the graded course, to change."""
    return Path(shutil.copytree(graded, folder / "course"))


def test_scores_and_outputs_are_those_of_nbgrader(graded: Path, course: Path) -> None:
    hand_in_all(course)
    classroom.nbgrader(course, "autograde", LESSON)
    assert gradebook(graded) == gradebook(course)
    for student in STUDENTS:
        assert outputs(graded, student) == outputs(course, student)


def test_nothing_new_is_done_at_once_and_without_workers(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    before = (course / "gradebook.db").read_bytes()
    said = classroom.grade(course, "--scheduler=tcp://127.0.0.1:1")  # where nobody answers
    assert said == "0 graded, 0 failed, 4 unchanged and skipped.\n"
    assert (course / "gradebook.db").read_bytes() == before


def test_only_what_has_changed_is_graded_again(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    shutil.rmtree(course / "submitted/chiara")
    classroom.hand_in(course, "chiara", classroom.ALL_RIGHT)
    shutil.rmtree(course / "autograded/amara")
    said = classroom.grade(course)
    assert states(said) == {"amara": "graded", "chiara": "graded"}
    assert classroom.scores(course)["chiara"] == classroom.FULL


def test_a_new_release_of_the_lesson_is_graded_by(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    source = course / f"source/{NOTEBOOK}"
    notebook = classroom.read(source)
    classroom.cell(notebook, "purpose")["source"][-1] += "\n# a remark"
    broken.write(source, notebook)
    classroom.nbgrader(course, "generate_assignment", LESSON, "--force")
    assert set(states(classroom.grade(course))) == set(STUDENTS)


def test_force_and_student_choose_what_is_graded(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    said = classroom.grade(course, "--student=amara", "--student=chiara", "--force")
    assert states(said) == {"amara": "graded", "chiara": "graded"}
    assert gradebook(course) == gradebook(graded)
    said = classroom.grade(course, "--student=nobody", exits=2)
    assert said == f"nobody has handed in no {LESSON}: there is no folder for it in submitted/.\n"


def test_nbgrader_goes_on_beside_it(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    said = classroom.nbgrader(course, "autograde", LESSON)
    assert said.count("Skipping existing assignment") == 4
    classroom.nbgrader(course, "autograde", LESSON, "--student=amara", "--force")
    assert states(classroom.grade(course)) == {"amara": "graded"}
    assert gradebook(course) == gradebook(graded)
    classroom.nbgrader(course, "generate_feedback", LESSON)
    assert not list((course / "feedback").rglob(".graded*"))


def test_a_score_given_by_hand_stays(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as opened:
        opened.find_grade("purpose", LESSON, LESSON, "chiara").manual_score = 0.5
        opened.db.commit()
    classroom.grade(course, "--student=chiara", "--force")
    assert classroom.scores(course)["chiara"]["purpose"] == 0.5


def test_what_became_unreadable_has_no_points_left(graded: Path, tmp_path: Path) -> None:
    course = own(graded, tmp_path)
    (course / f"submitted/amara/{NOTEBOOK}").write_text("", encoding="utf-8")
    classroom.grade(course, exits=1)
    assert classroom.scores(course)["amara"] == classroom.NOTHING
    assert not (course / f"autograded/amara/{LESSON}").exists()


def test_an_assignment_that_nobody_knows_is_named(course: Path) -> None:
    (course / "submitted").mkdir()
    said = classroom.grade(course, exits=2)
    assert said == f"Nobody has handed in {LESSON}: no folder in submitted/ holds a folder {LESSON}/.\n"


def test_what_is_no_gradebook_is_said(course: Path) -> None:
    classroom.hand_in(course, "ada")
    (course / "gradebook.db").write_text("no database at all, but a text long enough to be one", encoding="utf-8")
    assert classroom.grade(course, exits=2).startswith("The gradebook cannot be used: file is not a database.\n")


def test_two_at_once_do_not_get_in_each_others_way(course: Path) -> None:
    hand_in_all(course)
    first = classroom.start_module(course, "attention_course.instructor.cli", "grade", LESSON)
    try:
        until((course / ".grading/prepared").exists, "the first one begins")
        first.send_signal(signal.SIGSTOP)  # or it might be done before the second one looks
        said = classroom.grade(course, exits=2)
        assert said == "Another `attention-course grade` is at work in this course; wait until it is done.\n"
    finally:
        first.send_signal(signal.SIGCONT)
        said = classroom.all_said(first)
    assert states(said) == dict.fromkeys(STUDENTS, "graded")


def hand_in_a_dozen(course: Path) -> None:
    for number, attempts in enumerate([*STUDENTS.values(), *STUDENTS.values()][:7]):
        classroom.hand_in(course, f"student-{number}", attempts)
    for fault in BROKEN:
        folder = course / "submitted" / fault.__name__ / LESSON
        folder.mkdir(parents=True)
        fault(folder, classroom.notebook_with(course, classroom.ALL_RIGHT))


def killed_after(course: Path, count: int) -> dict[str, str]:
    """Grade, and kill the process when some are graded; return their states, after all it had started is gone."""
    process = classroom.start_module(course, "attention_course.instructor.cli", "grade", LESSON)
    said = ""
    assert process.stdout
    while sum(state == "graded" for state in states(said).values()) < count:
        line = process.stdout.readline()
        assert line, said
        said += line
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
    return states(said)


def test_a_run_that_is_killed_twice_ends_with_the_same_gradebook(released_course: Path, tmp_path: Path) -> None:
    undisturbed, disturbed = (Path(shutil.copytree(released_course, tmp_path / name)) for name in ("one", "other"))
    for course in (undisturbed, disturbed):
        hand_in_a_dozen(course)
        for folder in sorted(course.glob(f"submitted/*/{LESSON}")):
            (folder / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC", encoding="utf-8")
    whole = states(classroom.grade(undisturbed, exits=1))
    assert len(whole) == 12
    done: list[str] = []
    for _ in range(2):
        done += [student for student, state in killed_after(disturbed, 2).items() if state == "graded"]
    last = states(classroom.grade(disturbed, exits=1))
    done += [student for student, state in last.items() if state == "graded"]
    assert len(done) == len(set(done))
    assert gradebook(disturbed) == gradebook(undisturbed)
    graded = {student for student, state in whole.items() if state == "graded"}
    assert {path.parts[-3] for path in disturbed.glob(f"autograded/*/{NOTEBOOK}")} == graded
    assert not (disturbed / ".grading/prepared").exists()


def test_the_gradebook_may_be_in_postgresql(released_course: Path, graded: Path, tmp_path: Path) -> None:
    course = classroom.make_course(tmp_path / "course")
    with postgresql.server() as db_url:
        with (course / "course_config.py").open("a", encoding="utf-8") as config:
            config.write(f"\nc.CourseDirectory.db_url = {db_url!r}\n")
        classroom.nbgrader(course, "generate_assignment", LESSON)
        hand_in_all(course)
        classroom.grade(course)
        assert scores_in(db_url) == classroom.scores(graded)
        assert classroom.grade(course) == "0 graded, 0 failed, 4 unchanged and skipped.\n"
        classroom.nbgrader(course, "autograde", LESSON, "--force", "--student=amara")
        assert scores_in(db_url) == classroom.scores(graded)
        what_follows_grading_works(course, graded)
        assert scores_in(db_url) == classroom.scores(graded)
    assert not (course / "gradebook.db").exists()


def what_follows_grading_works(course: Path, graded: Path) -> None:
    """Report, mark by hand, take that back, merge with a gradebook that is a file, export."""
    run = functools.partial(classroom.COMMANDS.run, course, "attention-course")
    assert run("report", LESSON)[1].startswith("4 graded, 0 handed in and not graded")
    code, said = run("answers", LESSON, "purpose")
    assert code == 0, said
    answer = said.splitlines()[1].split()[0]
    for arguments, says in [
        (("answers", LESSON, "purpose", "--to", answer, "--comment=Naïve 😀", "--score=0.25", "--yes"), "0.25 for"),
        (("answers", LESSON, "--undo", "--yes"), "Takes back: comment and score"),
        (("merge-grades", str(graded / "gradebook.db"), LESSON), "Nothing was given by hand in"),
    ]:
        said = run(*arguments)[1]
        assert says in said, said
    classroom.nbgrader(course, "export")
    assert len((course / "grades.csv").read_text(encoding="utf-8").splitlines()) == 5


def scores_in(db_url: str) -> dict[str, dict[str, float]]:
    with Gradebook(db_url) as opened:
        return {
            submission.student.id: {grade.name: grade.score for book in submission.notebooks for grade in book.grades}
            for submission in opened.assignment_submissions(LESSON)
        }


def test_executing_leaves_nothing_behind_and_sees_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cell = nbformat.v4.new_code_cell(
        "import os\nprint(os.getcwd(), sorted(os.listdir()), os.environ['NBGRADER_EXECUTION'])"
    )
    text = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    task = Task(LESSON, text, ExecuteForked, {"Execute": {"timeout": 60}}, {"data/words.txt": b"one two"})
    executed = execute(task)
    folder, seen = nbformat.reads(executed.notebook, 4).cells[0].outputs[0].text.split(" ", 1)
    assert seen == f"['data', '{LESSON}.ipynb'] autograde\n"
    assert not Path(folder).exists()
    assert executed.seconds > 0
    assert list(tmp_path.iterdir()) == []
    assert "NBGRADER_EXECUTION" not in os.environ


def test_nobody_else_on_the_machine_can_run_code_through_the_workers() -> None:
    def ports() -> set[Any]:
        return {each.laddr for each in psutil.Process().net_connections() if each.status == "LISTEN"}

    before = ports()
    executed: SimpleQueue[Any] = SimpleQueue()
    with Workers(1) as workers:
        workers.submit(Task(LESSON, nbformat.writes(nbformat.v4.new_notebook()), ExecuteForked, {}), executed.put)
        executed.get(timeout=120).result()
        assert ports() == before
