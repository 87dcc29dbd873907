"""The course's configuration: nbgrader stays nbgrader."""

import sqlite3
import subprocess
from pathlib import Path

import classroom
import pytest
from classroom import LESSON, NOTEBOOK, PAGE
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, DeduplicateIds, Execute, OverwriteCells
from sqlalchemy import create_engine, text
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from attention_course.instructor.forkserver.execute_forked import ExecuteForked
from attention_course.instructor.grading import wait_for_lock
from attention_course.instructor.grading.assign_penalties import AssignPenalties

INSTEAD = {ExecuteForked: Execute, AssignPenalties: AssignLatePenalties}  # ours, each in the place of nbgrader's
# After RestoreCells they find nothing to do: test_broken_submissions.py says so of every fault.
NEEDLESS = (DeduplicateIds, OverwriteCells, CheckCellMetadata)


@pytest.fixture(scope="module")
def config() -> Config:
    return PyFileConfigLoader("nbgrader_config.py", path=str(classroom.ROOT)).load_config()


@pytest.mark.parametrize(
    ("converter", "pipeline"),
    [
        (GenerateAssignment, "preprocessors"),
        (Autograde, "sanitize_preprocessors"),
        (Autograde, "autograde_preprocessors"),
        (GenerateFeedback, "preprocessors"),
    ],
)
def test_nbgrader_s_own_steps_are_all_there_in_their_order(config: Config, converter: type, pipeline: str) -> None:
    steps = config[converter.__name__][pipeline]
    ours = [step for step in steps if step.__module__.startswith("attention_course") and step not in INSTEAD]
    stock = [INSTEAD.get(step, step) for step in steps if step not in ours]
    replaced = NEEDLESS if converter is Autograde else ()
    assert stock == [step for step in converter.class_traits()[pipeline].default_args[0] if step not in replaced]
    assert ours


def test_a_configuration_that_cannot_be_used_ends_every_command_before_it_does_anything(course: Path) -> None:
    classroom.hand_in(course, "ada", classroom.ALL_RIGHT)
    (course / "course_config.py").write_text("c = get_config(", encoding="utf-8")
    said = classroom.nbgrader(course, "autograde", LESSON, fails=True)
    assert said.splitlines()[-1].startswith("course_config.py cannot be used: SyntaxError: ")
    assert "Traceback" not in said
    assert not (course / "autograded").exists()
    assert "course_config.py cannot be used" in classroom.grade(course, exits=1)
    (course / "course_config.py").unlink()
    said = classroom.nbgrader(course, "autograde", LESSON, fails=True)
    assert (
        said == "course_config.py cannot be used: FileNotFoundError: it is missing. Mend it first: nothing was done.\n"
    )


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            "c.SealKeys.feedback = 'never'",
            "SealKeys.feedback expected any of ['at_once', 'after_grading'], not the str 'never'",
        ),
        ("c.SealKeys.feedbak = 'after_grading'", "SealKeys has no option 'feedbak', only enabled, feedback"),
        ("c.LinkColab.repository = 'mine'", 'LinkColab.repository is "owner/name" or "", not \'mine\''),
    ],
)
def test_a_wrong_setting_of_a_step_is_one_sentence(course: Path, setting: str, sentence: str) -> None:
    with (course / "course_config.py").open("a", encoding="utf-8") as file:
        file.write(f"{setting}\n")
    said = classroom.nbgrader(course, "generate_assignment", LESSON, "--force", fails=True)
    assert said.splitlines()[-1].endswith(f"ERROR] {sentence}: see course_config.py.")
    assert "Traceback" not in said


def test_a_locked_gradebook_is_waited_for(config: Config, tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}").connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 60_000
    wait_for_lock.install()  # a second time: nbgrader reads its configuration more than once


def test_commands_that_name_the_gradebook_s_file_still_work(course: Path) -> None:
    classroom.nbgrader(course, "db", "upgrade")
    classroom.nbgrader(course, "db", "student", "add", "ada", "--first-name=Ada")
    assert "ada" in classroom.nbgrader(course, "db", "student", "list")
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        assert gradebook.execute("select course_id from assignment").fetchall() == [("attention-course",)]


def test_git_ignores_everything_that_holds_student_data() -> None:
    students = [f"submitted/ada/{NOTEBOOK}", f"autograded/ada/{NOTEBOOK}", "grades.csv"]
    students += [
        f"reports/{LESSON}.html",
        f"feedback/ada/{PAGE}",
        "gradebook.db",
        "gradebook.db-journal",
        f"work/{LESSON}.ipynb",
    ]
    course = ["autograded/README.md", f"release/{NOTEBOOK}", f"source/{NOTEBOOK}"]
    command = ["git", "check-ignore", "--no-index", *students, *course]
    said = subprocess.run(command, cwd=classroom.ROOT, capture_output=True, text=True, check=False)
    if said.returncode == 128:
        pytest.skip("this is no git repository")
    assert said.stdout.split() == students
