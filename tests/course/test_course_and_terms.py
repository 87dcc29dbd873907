"""A course from its page to the next term, with the real nbgrader: the class of twelve, its total, nobody."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import classroom
from classroom import LESSON

TOTAL = "--MoodleExport.total=Course"


def run(course: Path, *command: str, exits: int = 0) -> str:
    code, said = classroom.COMMANDS.run(course, "attention-course", *command)
    assert code == exits, said
    return said


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    return {row.get("student_id") or row.get("ID number") or row["student"]: row for row in table}


def test_a_course_is_reported_exported_put_away_and_begins_again(graded_class: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(graded_class, tmp_path / "course"))
    said = run(course, "report")
    assert said.startswith("12 students, 1 lesson.")
    table = rows(course / "reports/course.csv")
    graded = {student: float(row["score"]) for student, row in rows(course / "grades.csv").items()}
    graded["chiara"] += 0.5  # by hand, after that export
    assert {student: float(table[student]["practice points"]) for student in graded} == graded
    assert {student: float(table[student]["total %"]) for student in graded} == {
        student: 10 * score for student, score in graded.items()
    }
    exporter = "--exporter=attention_course.instructor.lms.export.MoodleExport"
    log = classroom.nbgrader(course, "export", exporter, TOTAL, "--MoodleExport.by=id")
    exported = rows(course / "moodle-total.csv")
    assert {student: float(exported[student]["Course"]) for student in graded} == {
        student: float(table[student]["total %"]) for student in graded
    }
    assert "The total is in percent of what counts" in log

    (course / "on-the-list.csv").write_text("id\n" + "\n".join(set(graded) - {"linh"}), encoding="utf-8")
    assert "linh, Linh Nguyễn: 1 submission," in run(course, "roster", "on-the-list.csv", "--remove", "--yes")
    run(course, "report")
    assert set(rows(course / "reports/course.csv")) & set(graded) == set(graded) - {"linh"}

    run(course, "new-term", "2025", "--yes")
    assert "Nobody has handed in practice" in run(course, "grade", LESSON, exits=2)
    run(course, "report")
    assert set(rows(course / "reports/course.csv")) & set(graded) == set()
    run(course / "archive/2025", "report", "--out", str(tmp_path / "later"))
    assert rows(tmp_path / "later/course.csv")["amara"] == table["amara"]
    classroom.nbgrader(course, "export", "--db=sqlite:///archive/2025/gradebook.db", "--to=last-year.csv")
    assert float(rows(course / "last-year.csv")["amara"]["score"]) == graded["amara"]

    classroom.hand_in(course, "noor", classroom.ALL_RIGHT)
    assert "1 graded, 0 failed" in run(course, "grade", LESSON, "--workers=1")
    assert sum(classroom.scores(course)["noor"].values()) == len(classroom.ALL_RIGHT)
    handed_in = course / f"submitted/noor/{LESSON}/{LESSON}.ipynb"
    handed_in.write_text(json.dumps(classroom.notebook_with(course, {})), encoding="utf-8")
    assert f"{LESSON}: 1 counted as before, as a newer submission or extension is not graded" in run(course, "report")
    with sqlite3.connect(course / "gradebook.db") as db:
        assert db.execute("select count(*) from student").fetchone() == (1,)
