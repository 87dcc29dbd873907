"""The course page and its table: students × lessons, what is missing first, and what was graded in parts only."""

import csv
import html
import io
import json
import re
import time
from pathlib import Path

import pytest
from made_gradebook import add, course_around, hand_in, write
from nbgrader.api import Grade, Student, SubmittedAssignment, SubmittedNotebook
from typer.testing import CliRunner

from attention_course.instructor import cli
from attention_course.instructor.runner.looks_new import MARKER


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which Ada has all graded, and of the others something is not."""
    folder = tmp_path / "course"
    with course_around(folder, "learn", "practice", "test") as gradebook:
        gradebook.update_or_create_assignment("practice", duedate="2025-06-01 12:00 UTC")
        add(gradebook, "ada", 2, "learn", first_name="Ada", last_name="Lovelace")
        add(gradebook, "ada", 1.5, "practice")
        submission = gradebook.update_or_create_submission("practice", "ada", timestamp="2025-06-02 12:00 UTC")
        submission.notebooks[0].late_submission_penalty = 0.25
        add(gradebook, "bob", 1, "learn", first_name="Bob")
        add(gradebook, "cleo", 0, "learn", first_name="Cleo <i>")
        add(gradebook, "dora", 2, "learn", first_name="Bob")
        add(gradebook, "eve", None, first_name="Eve")
        add(gradebook, "finn", 1, "learn", first_name="Finn")
        gradebook.find_submission("learn", "finn").notebooks[0].grades[0].needs_manual_grade = True
        gradebook.db.commit()
    for student in ("ada", "bob", "dora", "finn"):
        hand_in(folder, student, "learn")
    hand_in(folder, "ada", "practice")
    hand_in(folder, "cleo", "learn", graded=False)
    hand_in(folder, "bob", "practice", graded=False)
    hand_in(folder, "zoe", "learn", graded=False)
    write(folder / f"autograded/dora/learn/{MARKER}", json.dumps({"submitted": "another"}))
    write(folder / "reports/learn.html", "")
    monkeypatch.chdir(folder)
    return folder


def report(*arguments: str, exits: int = 0) -> str:
    done = CliRunner().invoke(cli.app, ["report", *arguments])
    assert done.exit_code == exits, done.output
    return done.output


def words(path: Path) -> str:
    body = re.sub(r"<(style|script).*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def table(path: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the rows by student, and what stands below them."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    below = [row["student"].removeprefix("# ") for row in rows if row["student"].startswith("# ")]
    return {row["student"]: row for row in rows if not row["student"].startswith("# ")}, below


def test_the_table_has_every_student_the_total_and_what_is_missing(folder: Path) -> None:
    said = report()
    assert said.startswith("6 students, 3 lessons.\nlearn: 1 could not be graded and counted with 0 points: see the")
    rows, below = table(folder / "reports/course.csv")
    assert [row["not handed in"] for row in rows.values()] == ["3", "2", "2", "2", "1", "1"]
    assert rows["ada"]["total %"] == "81.25"  # (2 + 1.25) / 4
    assert (rows["ada"]["practice points"], rows["ada"]["practice late"], rows["ada"]["practice penalty"]) == (
        "1.25",
        "late",
        "0.25",
    )
    assert {student: row["learn state"] for student, row in rows.items()} == {
        "ada": "graded",
        "bob": "graded",
        "cleo": "could not be graded",
        "dora": "a newer submission, or a newer extension, is not graded",
        "eve": "not handed in",
        "finn": "waits to be graded by hand",
    }
    assert rows["bob"]["total %"] == "50"  # practice is handed in and not graded: it does not count
    assert rows["finn"]["total %"] == "25"  # practice is over: 1 of 4
    assert rows["eve"]["total %"] == "0"
    assert rows["eve"]["not handed in"] == "3"
    assert below[:5] == [
        "learn: 1 could not be graded and counted with 0 points (cleo).",
        "learn: 1 counted as before, as a newer submission or extension is not graded (dora).",
        "learn: 1 counted with the points so far, as a part waits to be graded by hand (finn).",
        "practice: 1 handed in and not graded (bob).",
        "In submitted/, but not in the gradebook: 1 (zoe).",
    ]


def test_the_page_says_first_who_has_not_handed_in_then_what_is_not_graded(folder: Path) -> None:
    report()
    said = words(folder / "reports/index.html")
    assert "Not handed in nothing at all: 1 of 6 Eve learn: 1 of 6 Eve practice: 4 of 6" in said
    assert "Handed in by nobody: test." in said
    assert said.index("Not handed in") < said.index("Not graded, or in parts only") < said.index("Ada Lovelace 81.25 %")
    assert "practice: 1 handed in and not graded Bob (bob)" in said  # there are two Bobs
    assert "Ada Lovelace 81.25 % 1 2 1.25 late −0.25 –" in said
    page = (folder / "reports/index.html").read_text(encoding="utf-8")
    assert "<i>" not in page
    assert '<a href="learn.html">learn</a>' in page
    assert "practice.html" not in page


def test_without_names_nothing_tells_who_it_is(folder: Path) -> None:
    report("--anonymous", "--out", "elsewhere")
    text = "".join(path.read_text(encoding="utf-8") for path in (folder / "elsewhere").iterdir())
    for name in ("Ada", "Lovelace", "Bob", "bob", "zoe", "Finn", "cleo", "dora", "eve,"):
        assert name not in text
    assert "Student 6" in text


def test_weights_and_dropped_lessons_are_shown(folder: Path) -> None:
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write('c.CourseTotal.weights = {"learn": 80, "practice": 20, "test": 0}\nc.CourseTotal.drop_lowest = 1\n')
    report()
    rows, below = table(folder / "reports/course.csv")
    assert (rows["ada"]["total %"], rows["ada"]["counted"], rows["ada"]["dropped"]) == ("100", "learn", "practice")
    assert any("weighed by learn 80, practice 20." in sentence for sentence in below)
    assert "Ada Lovelace 100.00 % 1 2 (1.25) 1.25, dropped late −0.25" in words(folder / "reports/index.html")


@pytest.mark.parametrize(
    ("option", "exits", "said"),
    [
        ('weights = {"lern": 1}', 2, "CourseTotal.weights names 'lern'"),
        ('weights = {"learn": "much"}', 1, ""),
        ("drop_lowest = 3", 2, "CourseTotal.drop_lowest is 3"),
    ],
)
def test_what_is_configured_wrongly_is_said_and_nothing_is_written(
    folder: Path, option: str, exits: int, said: str
) -> None:
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseTotal.{option}\n")
    assert said in report(exits=exits)
    assert not (folder / "reports/index.html").exists()


def test_outside_of_a_course_and_without_a_gradebook_there_is_one_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gradebook.db").unlink()
    assert "There is no gradebook" in report(exits=2)
    monkeypatch.chdir(tmp_path)
    assert "is no course's folder: there is no source/ in it." in report(exits=2)


def test_a_class_of_three_hundred_in_eight_lessons_takes_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons = [f"l{i}" for i in range(8)]
    with course_around(tmp_path / "large", *lessons) as gradebook:
        students = [{"id": f"s{i}", "first_name": f"First {i}"} for i in range(300)]
        gradebook.db.execute(Student.__table__.insert(), students)
        for lesson in gradebook.assignments:
            [notebook] = lesson.notebooks
            rows = [(f"{one['id']}-{lesson.name}", one["id"]) for one in students]
            for model, made in {
                SubmittedAssignment: [{"id": row, "assignment_id": lesson.id, "student_id": one} for row, one in rows],
                SubmittedNotebook: [{"id": row, "assignment_id": row, "notebook_id": notebook.id} for row, _ in rows],
                Grade: [
                    {
                        "id": row,
                        "notebook_id": row,
                        "cell_id": notebook.grade_cells[0].id,
                        "auto_score": 1,
                        "needs_manual_grade": False,
                    }
                    for row, _ in rows
                ],
            }.items():
                gradebook.db.execute(model.__table__.insert(), made)
        gradebook.db.commit()
    monkeypatch.chdir(tmp_path / "large")
    report()
    begun = time.process_time()
    report()
    assert time.process_time() - begun < 5
    rows, _ = table(tmp_path / "large/reports/course.csv")
    assert {row["total %"] for row in rows.values()} == {"50"}
    assert len(rows) == 300
    assert len((tmp_path / "large/reports/index.html").read_bytes()) < 1_000_000
