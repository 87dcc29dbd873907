"""A term, or a student, is put away whole: nothing is lost, wherever the command is stopped."""

import datetime
import os
from pathlib import Path

import pytest
from filelock import FileLock
from made_gradebook import add, course_around, hand_in, write
from nbgrader.api import Gradebook
from project import files
from typer.testing import CliRunner

from attention_course.instructor import cli
from attention_course.instructor.terms import new_term as new_term_module
from attention_course.instructor.terms import put_away as put_away_module


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a course at the end of a term: two students, one of them graded, and all that commands write."""
    folder = tmp_path / "course"
    with course_around(folder, "practice", "masks") as gradebook:
        gradebook.update_or_create_assignment("masks", duedate="2025-06-01")
        add(gradebook, "ada", 2, first_name="Ada", last_name="Lovelace")
        add(gradebook, "bob", 0.5)
        add(gradebook, "bob", 1, "masks")
    hand_in(folder, "ada", "practice")
    hand_in(folder, "bob", "practice")
    hand_in(folder, "bob", "masks", graded=False)
    for name in ("feedback/ada/practice/practice.html", "reports/practice.html", "grades.csv", "roster.csv"):
        write(folder / name, name)
    write(tmp_path / "exchange/attention/inbound/ada+masks+2025-05-30/masks.ipynb", "{}")
    write(tmp_path / "exchange/attention/outbound/masks/masks.ipynb", "{}")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str, exits: int = 0, says: str | None = None) -> str:
    done = CliRunner().invoke(cli.app, [*arguments], input=says)
    assert done.exit_code == exits, done.output
    return done.output


def students(gradebook: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{gradebook}") as opened:
        return {student.id: student.score for student in opened.students}


def expect_put_away(before: dict[str, bytes], folder: Path, name: str = "2025") -> None:
    """Demand that each file of a student's lies in the archive as it was, and nothing of it in the course."""
    now = files(folder)
    kept = {path for path in before if path.startswith(("source/", "release/", "autograded/README", "nbgrader"))}
    for path, content in before.items():
        assert now[f"archive/{name}/{path}"] == content, path
        assert path in {*kept, "gradebook.db"} or path not in now, path
        assert path not in kept or now[path] == content, path
    assert students(folder / f"archive/{name}/gradebook.db") == {"ada": 2, "bob": 1.5}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as opened:
        assert [student.id for student in opened.students] == []
        assert {one.name: (one.duedate, one.max_score) for one in opened.assignments} == {
            "masks": (None, 2),
            "practice": (None, 2),
        }
    assert b"Lovelace" not in (folder / "gradebook.db").read_bytes()
    assert sorted(path.name for path in (folder / "archive").iterdir()) == [name]


def test_a_term_is_put_away_whole_and_the_course_begins_again(old: Path, tmp_path: Path) -> None:
    before = files(old)
    said = run("new-term", "2025", "--yes")
    assert "  submitted/ (2 entries)\n  autograded/ (2 entries)\n  feedback/ (1 entry)\n  reports/ (1 entry)\n" in said
    assert said.endswith("Put away in archive/2025/.\n")
    expect_put_away(before, old)
    assert (old / "archive/2025/exchange/inbound/ada+masks+2025-05-30/masks.ipynb").exists()
    assert list((tmp_path / "exchange/attention/inbound").iterdir()) == []
    assert (tmp_path / "exchange/attention/outbound/masks/masks.ipynb").exists()


def test_nothing_is_moved_unless_somebody_agrees(old: Path) -> None:
    before = files(old)
    assert "Nothing was moved." in run("new-term", "2025", exits=1, says="n\n")
    run("new-term", "2025", exits=1, says="")  # nobody is there to answer
    assert files(old) == before
    run("new-term", "2025", says="y\n")
    expect_put_away(before, old)


@pytest.mark.parametrize("stop", [0, 1, 3, 8, 9, 10, 11, 12, 13])
def test_stopped_at_any_step_the_same_command_goes_on(old: Path, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    before = files(old)
    steps = iter(range(100))

    def stopped(path: object, to: object) -> None:
        if next(steps) == stop:
            raise KeyboardInterrupt
        os_rename(path, to)

    os_rename = os.rename
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", stopped)
        CliRunner().invoke(cli.app, ["new-term", "2025", "--yes"])
    assert not (old / "archive/2025").exists()
    assert "is put away half-way: first run `attention-course new-term 2025`" in run("new-term", "2026", exits=2)
    assert "goes on with what is left" in run("new-term", "2025", "--yes")
    expect_put_away(before, old)


def test_a_disk_that_fails_is_one_sentence_and_the_same_command_goes_on(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(old)
    with monkeypatch.context() as patched:
        patched.setattr(
            new_term_module, "put_away", lambda path, to: (_ for _ in ()).throw(OSError(28, "No space left", str(path)))
        )
        said = run("new-term", "2025", "--yes", exits=2)
    assert f"Stopped at {old / 'submitted'}: No space left. The same command goes on." in said
    run("new-term", "2025", "--yes")
    expect_put_away(before, old)


def test_what_may_not_be_moved_out_of_the_exchange_is_named_and_all_else_is_put_away(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(old)

    def moved(path: Path, to: Path) -> None:
        if "inbound" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        put_away_module.put_away(path, to)

    monkeypatch.setattr(new_term_module, "put_away", moved)
    said = run("new-term", "2025", "--yes", exits=1)
    stays = tmp_path / "exchange/attention/inbound/ada+masks+2025-05-30"
    assert said.endswith(f"{stays} stays in the exchange: Permission denied.\nPut away in archive/2025/.\n")
    assert stays.exists()
    expect_put_away(before, old)


def test_what_lies_on_another_disk_is_copied_whole_before_it_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "from/a/b.txt", "b")
    write(tmp_path / ".to.part/left.txt", "of a command that was stopped")
    rename = os.rename

    def other_disk(path: Path, to: Path) -> None:
        if Path(path).name == "from":
            raise OSError(18, "Invalid cross-device link")
        rename(path, to)

    monkeypatch.setattr(os, "rename", other_disk)
    put_away_module.put_away(tmp_path / "from", tmp_path / "to")
    assert files(tmp_path) == {"to/a/b.txt": b"b"}


def test_what_cannot_be_is_one_sentence_and_nothing_is_moved(old: Path) -> None:
    (old / "archive/2024").mkdir(parents=True)
    before = files(old)
    assert "archive/2024 is there already" in run("new-term", "2024", "--yes", exits=2)
    for name in ("../x", "a/b", "", ".x", "x*"):
        assert "A term cannot be called" in run("new-term", "--yes", "--", name, exits=2)
    (old / ".grading").mkdir()
    with FileLock(old / ".grading/lock"):
        assert "Another `attention-course grade` is at work" in run("new-term", "2025", "--yes", exits=2)
    (old / ".grading/lock").unlink(missing_ok=True)
    assert files(old) == before


def test_a_gradebook_that_is_no_file_stays_where_it_is_and_only_if_that_is_said(old: Path) -> None:
    with (old / "nbgrader_config.py").open("a") as file:
        file.write('c.CourseDirectory.db_url = "postgresql://ada:secret@uni.example/grades"\n')
    said = run("new-term", "2025", "--yes", exits=2)
    assert said.startswith("The gradebook postgresql://ada:***@uni.example/grades is no file")
    assert "The gradebook stays as it is" in run("new-term", "2025", "--keep-gradebook", "--yes")
    assert (old / "archive/2025/submitted/ada").exists()


def test_a_gradebook_elsewhere_is_put_away_and_the_archive_finds_its_own(old: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    (old / "gradebook.db").rename(elsewhere)
    with (old / "nbgrader_config.py").open("a") as file:
        file.write(f'c.CourseDirectory.db_url = "sqlite:///{elsewhere}"\n')
    run("new-term", "2025", "--yes")
    assert students(elsewhere) == {}
    assert students(old / "archive/2025/gradebook.db") == {"ada": 2, "bob": 1.5}
    os.chdir(old / "archive/2025")
    assert "2 students, 2 lessons." in run("report")


def test_a_second_term_and_a_course_without_anything(old: Path) -> None:
    run("new-term", "2025", "--yes")
    run("new-term", "2026", "--yes")
    assert students(old / "archive/2026/gradebook.db") == {}
    (old / "gradebook.db").unlink()
    assert run("new-term", "2027", "--yes", exits=2) == "There is nothing to put away.\n"


ROSTER = "id,first_name,last_name\nada,Ada,Lovelace\n"


def removed(old: Path) -> Path:
    [folder] = (old / "archive").glob("left-*")
    return folder


def test_whoever_is_not_on_the_roster_is_listed_and_taken_out_only_on_demand(old: Path) -> None:
    write(old / "students.csv", ROSTER)
    assert "not on the roster: bob." in run("roster", "students.csv")
    said = run("roster", "students.csv", "--remove", exits=1, says="n\n")
    assert "  bob: 2 submissions, 1.5 points\n" in said
    assert said.endswith("Nobody was taken out.\n")
    assert students(old / "gradebook.db") == {"ada": 2, "bob": 1.5}
    before = files(old)
    run("roster", "students.csv", "--remove", "--yes")
    assert students(old / "gradebook.db") == {"ada": 2}
    assert students(removed(old) / "gradebook.db") == {"ada": 2, "bob": 1.5}
    now = files(old)
    place = removed(old).relative_to(old)
    of_bob = [path for path in before if "/bob/" in path]
    assert len(of_bob) == 3
    for path in before:
        assert (path in now) != (path in of_bob)
    assert all(now[f"{place}/{path}"] == before[path] for path in of_bob)


def test_nobody_is_taken_out_by_a_roster_that_is_empty_or_does_not_fit(old: Path) -> None:
    write(old / "students.csv", "id,first_name\n")
    assert "names nobody" in run("roster", "students.csv", "--remove", "--yes", exits=2)
    write(old / "students.csv", ROSTER + ",Bob,\n")
    assert "it has no id" in run("roster", "students.csv", "--remove", "--yes", exits=1)
    assert students(old / "gradebook.db") == {"ada": 2, "bob": 1.5}


def test_where_a_file_cannot_be_moved_nobody_leaves_the_gradebook(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(old / "students.csv", ROSTER)

    def fails(path: Path, to: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr("attention_course.instructor.terms.leave.put_away", fails)
        said = run("roster", "students.csv", "--remove", "--yes", exits=2)
    assert "Permission denied. Nobody left the gradebook." in said
    assert students(old / "gradebook.db") == {"ada": 2, "bob": 1.5}


def test_the_day_is_in_the_name_of_the_folder(old: Path) -> None:
    write(old / "students.csv", ROSTER)
    run("roster", "students.csv", "--remove", "--yes")
    assert removed(old).name.startswith(f"left-{datetime.datetime.now(datetime.UTC):%Y-%m}")
