"""Due dates and extensions with the real nbgrader: penalty, feedback, report."""

import csv
import html
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import classroom
from classroom import FILE, LESSON
from nbgrader.api import Gradebook

from attention_course.answers import record

ZERO = "--LateSubmissionPlugin.penalty_method=zero"
LATE = "2026-12-02 08:00:00 UTC"


def late_class(course: Path) -> None:
    """Have ann and bob hand in fifteen hours late."""
    for student in ("ann", "bob"):
        folder = classroom.hand_in(course, student, classroom.ALL_RIGHT)
        (folder / "timestamp.txt").write_text(LATE)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=datetime(2026, 12, 1, 17))


def penalties(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.late_submission_penalty for one in gradebook.assignment_submissions(LESSON)}


def page_of(course: Path, student: str) -> str:
    text = (course / "feedback" / student / LESSON / FILE).with_suffix(".html").read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def reported(course: Path, *options: str) -> str:
    """Return the text of the class report."""
    code, said = classroom.COMMANDS.run(course, "attention-course", "report", LESSON, *options)
    assert code == 0, said
    text = (course / f"reports/{LESSON}.html").read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def extend(course: Path, *arguments: str, exits: int = 0) -> str:
    code, said = classroom.COMMANDS.run(course, "attention-course", "extend", *arguments)
    assert code == exits, said
    return said


def test_an_extension_takes_the_penalty_back_and_regrades_that_student_alone(course: Path) -> None:
    late_class(course)
    said = classroom.grade(course, ZERO)
    assert "54000.0 seconds late" in said
    assert penalties(course) == {"ann": 10, "bob": 10}
    extend(course, "bob", LESSON, "--until", "2026-12-05 18:00 Europe/Berlin")
    said = classroom.grade(course, ZERO)
    assert "late" not in said
    assert "1 graded, 0 failed, 1 unchanged and skipped." in said
    assert penalties(course) == {"ann": 10, "bob": 0}
    classroom.nbgrader(course, "generate_feedback", LESSON)
    due = "Due 1 December 2026, 17:00 UTC"
    assert f"{due}. Handed in 15 hours late. 10 points taken off because it was handed in late." in page_of(
        course, "ann"
    )
    bob = page_of(course, "bob")
    assert f"{due}, extended for you to 5 December 2026, 17:00 UTC." in bob
    assert "late" not in bob.partition("Due ")[2].partition("Difficulty")[0]
    report = reported(course)
    assert "Handed in late, after any extension: 1 ann : 15 hours" in report
    assert f"Due date extended: 1 bob : {due[4:]}, extended to 5 December 2026, 17:00 UTC" in report
    assert "To look at To look at; says nothing by itself." in report  # both made their attempts at the same seconds
    assert f"ann , bob : {len(classroom.RIGHT)} attempts are the same to the second" in report
    with (course / f"reports/{LESSON}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["hours late"], row["extended to"]) for row in csv.DictReader(file)]
    assert rows == [("15", ""), ("", "5 December 2026, 17:00 UTC")]
    classroom.nbgrader(course, "autograde", LESSON, "--force", ZERO)
    assert penalties(course) == {"ann": 10, "bob": 0}
    extend(course, "bob", LESSON, "--remove")
    classroom.grade(course, ZERO)
    assert penalties(course) == {"ann": 10, "bob": 10}


def test_a_file_that_is_not_understood_stops_grading_with_its_line(course: Path) -> None:
    late_class(course)
    (course / "extensions.csv").write_text(f"student,lesson,due\nbob,{LESSON},2026-12-05 18:00\n")
    said = classroom.grade(course, exits=2)
    assert said.startswith("extensions.csv, line 2: the due date “2026-12-05 18:00” has no time zone")
    (course / "extensions.csv").write_text(f"student,lesson,due\nbbo,{LESSON},2026-12-05 18:00 UTC\n")
    assert classroom.grade(course, exits=2).startswith("extensions.csv, line 2: no student has the id bbo.")
    assert not list((course / "autograded").glob("*"))


def four_attempts(code: str) -> Callable[[dict[str, Any]], None]:
    """Return what adds to a notebook an answer that is right at attempt 4, by a code."""
    made = classroom.records({"purpose": [["shuffle"], ["shuffle"], ["fewer-layers"], ["focus"]]})

    def edit(notebook: dict[str, Any]) -> None:
        record.write(notebook, LESSON, {"purpose": replace(made["purpose"], extra=code)})

    return edit


def test_extra_attempts_count_for_whom_they_are_granted(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student in ("ann", "anna", "bob"):
            gradebook.update_or_create_student(student)
    for student in ("ann", "anna"):
        extend(course, student, LESSON, "--attempts", "1")
    said = extend(course, "ann")
    code = re.search("1-[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{3}", said)[0]
    for student in ("ann", "anna", "bob"):
        classroom.hand_in(course, student, edit=four_attempts(code))
    said = classroom.grade(course)
    refused = f"The code {code} for extra attempts is not granted to this student: of purpose only the attempts before"
    assert [line.partition(":")[0] for line in said.splitlines() if refused in line] == ["anna", "bob"]
    assert {student: points["purpose"] for student, points in classroom.scores(course).items()} == {
        "ann": 1, "anna": 0, "bob": 0,
    }  # fmt: skip
    classroom.nbgrader(course, "generate_feedback", LESSON)
    assert "4 of 4 attempts used" in page_of(course, "ann")
    assert "3 of 3 attempts used" in page_of(course, "anna")


def test_who_could_not_be_graded_gets_a_page_that_says_why(course: Path) -> None:
    classroom.hand_in(course, "ann", classroom.ALL_RIGHT)
    broken = classroom.hand_in_text(course, "bob", classroom.UNREADABLE["truncated"])
    (broken / "timestamp.txt").write_text(LATE)
    (broken / "submission_secret.txt").write_text("secret")
    other = classroom.hand_in_text(course, "cleo", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (other / FILE).rename(other / "week <2>.ipynb")
    (classroom.hand_in_text(course, "dora", "%PDF") / FILE).rename(course / f"submitted/dora/{LESSON}/answers.pdf")
    (course / f"submitted/emil/{LESSON}").mkdir(parents=True)
    classroom.grade(course, exits=1)
    classroom.nbgrader(course, "generate_feedback", LESSON)
    code, said = classroom.COMMANDS.run(course, "attention-course", "ungraded", LESSON)
    assert (code, said.splitlines()[-1]) == (0, "3 could not be graded and have a page that says why.")
    assert sorted(path.name for path in (course / "feedback").iterdir()) == ["ann", "bob", "cleo", "dora"]
    assert "could not be read as a notebook: it is damaged" in page_of(course, "bob")
    assert f"but not one of the lesson {LESSON} : week <2>.ipynb" in page_of(course, "cleo")
    assert "no notebook that could be used: answers.pdf" in page_of(course, "dora")
    assert f"The one file {FILE} in which you answered" in page_of(course, "dora")
    beside = course / f"feedback/bob/{LESSON}"
    assert (beside / "submission_secret.txt").read_text() == "secret"
    assert (beside / "timestamp.txt").read_text().startswith("2026-12-02 08:00:00")
    assert "Your result" in page_of(course, "ann")
    shutil.rmtree(course / "submitted/bob")
    classroom.hand_in(course, "bob", classroom.ALL_RIGHT)
    classroom.grade(course, exits=1)
    _, said = classroom.COMMANDS.run(course, "attention-course", "ungraded", LESSON)
    assert "bob: is graded by now; the page that said otherwise is removed." in said
    classroom.nbgrader(course, "generate_feedback", LESSON)
    assert f"Your result {classroom.EXERCISES} of {classroom.EXERCISES} points" in page_of(course, "bob")


def test_ann_is_forgotten_and_anna_is_not(course: Path) -> None:
    names = {"ann": "Ann Lee", "anna": "Anna Leeds", "ann-marie": "Ann-Marie Lee"}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student, name in names.items():
            first, last = name.split()
            gradebook.update_or_create_student(
                student, first_name=first, last_name=last, email=f"{student}@uni.example"
            )
    for student in names:
        classroom.hand_in(course, student, classroom.ALL_RIGHT)
        extend(course, student, LESSON, "--attempts", "1")
    classroom.grade(course)
    classroom.nbgrader(course, "generate_feedback", LESSON)
    classroom.nbgrader(course, "export", "--to=grades.csv")
    reported(course)
    before = {path: path.read_bytes() for path in sorted((course / "submitted").rglob("*.ipynb"))}
    code, said = classroom.COMMANDS.run(course, "attention-course", "forget", "ann")  # and nobody to answer
    assert code == 1
    assert "the student (Ann Lee), with 1 submission and all scores and comments, of the gradebook" in said
    assert (course / "submitted/ann").exists()
    code, said = classroom.COMMANDS.run(course, "attention-course", "forget", "ann", "--yes")
    assert (code, said.splitlines()[-1]) == (0, "Removed. No file of the course's folder names ann any more.")
    for line in (
        "  the folder submitted/ann/ with all in it",
        "  the folder autograded/ann/ with all in it",
        "  the folder feedback/ann/ with all in it",
        "  1 line of extensions.csv",
        "  1 line of grades.csv",
        f"  1 line of reports/{LESSON}.csv",
        f"  reports/{LESSON}.html as a whole: make it anew afterwards",
    ):
        assert line in said.splitlines()
    assert {path: path.read_bytes() for path in before if path.exists()} == {
        path: text for path, text in before.items() if "/ann/" not in str(path)
    }
    assert [*classroom.scores(course)] == ["ann-marie", "anna"]
    assert b"Ann Lee" not in (course / "gradebook.db").read_bytes()
    assert "ann-marie, practice" in extend(course)
    assert classroom.grade(course).endswith("0 graded, 0 failed, 2 unchanged and skipped.\n")
    code, said = classroom.COMMANDS.run(course, "attention-course", "forget", "ann", "--yes")
    assert (code, said) == (2, "There is nothing of ann: no folder, no line, and no student in the gradebook.\n")
    code, said = classroom.COMMANDS.run(course, "attention-course", "forget", "..", "--yes")
    assert (code, said) == (2, "“..” can be no student's id. Nothing was removed.\n")
