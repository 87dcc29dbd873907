"""Grades out: what Canvas and Moodle import, who is left out and why, and cells that no spreadsheet computes."""

import csv
import logging
import sqlite3
from pathlib import Path
from typing import Any

import classroom
import pytest
from made_gradebook import add, new_gradebook
from nbgrader.api import Gradebook
from sqlalchemy import text
from traitlets.config import Config

from attention_course.instructor import formatting
from attention_course.instructor.lms.export import CanvasExport, MoodleExport
from attention_course.instructor.lms.export.lms_export import LmsExport
from attention_course.instructor.spreadsheet import neutral

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,practice (77),Final Score\r\n"
    "    Points Possible,,,,,2,(read only)\r\n"
    '"Lovelace, Ada",1001,S-1,ada,Monday,,0\r\n'
    '"Bobson, Bob",1002,S-2,bobby,Monday,1.5,0\r\n'
    '"Zu, Zoe",1009,S-9,zoe,Monday,2,0\r\n'
)
MOODLE = (
    "First name,Last name,ID number,Email address\n"
    "Ada,Lovelace,ada,Ada@uni.example\nBob,Bobson,17,bob@uni.example\nZoe,Zu,zoe,zoe@uni.example\n"
)


@pytest.fixture
def gradebook(tmp_path: Path) -> Any:
    with new_gradebook(tmp_path / "gradebook.db", "practice") as made:
        add(made, "ada", 2, first_name="Ada", last_name="Lovelace", email="ada@uni.example")
        add(made, "bob", 0.75, first_name="Bob", last_name="Bobson", email="bob@uni.example", lms_user_id="1002")
        add(made, "cleo", None)
        yield made


def export(plugin: type[LmsExport], gradebook: Gradebook, tmp_path: Path, roster: str = "", **traits: Any) -> list[Any]:
    """Return the file's rows, and last what was said about those left out."""
    if roster:
        (tmp_path / "roster.csv").write_text(roster, encoding="utf-8", newline="")
        traits["roster"] = str(tmp_path / "roster.csv")
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.Logger("export")
    log.addHandler(handler)
    plugin(to=str(tmp_path / "out.csv"), log=log, **traits).export(gradebook)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file), said]


def test_with_canvas_s_own_export_its_columns_come_back_with_the_grades(gradebook: Any, tmp_path: Path) -> None:
    assert export(CanvasExport, gradebook, tmp_path, CANVAS) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "practice (77)"],
        ["    Points Possible", "", "", "", "", "2"],
        ["Lovelace, Ada", "1001", "S-1", "ada", "Monday", "2"],
        ["Bobson, Bob", "1002", "S-2", "bobby", "Monday", "0.75"],
        ["zoe: is on the roster (line 5), but not in the gradebook."],
    ]


def test_without_a_roster_canvas_gets_what_the_gradebook_knows(gradebook: Any, tmp_path: Path) -> None:
    assert export(CanvasExport, gradebook, tmp_path, columns={"practice": "Week 1"}) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 1"],
        ["    Points Possible", "", "", "", "", "2"],
        ["Lovelace, Ada", "", "", "ada", "", "2"],
        ["Bobson, Bob", "1002", "", "bob", "", "0.75"],
        [],
    ]


def test_an_assignment_that_canvas_does_not_have_is_said(gradebook: Any, tmp_path: Path) -> None:
    rows = export(CanvasExport, gradebook, tmp_path, CANVAS.replace("practice (77)", "Practice 1 (77)"))
    assert rows[0][-1] == "practice"
    assert any("The roster has no assignment 'practice'" in sentence for sentence in rows[-1])


def test_what_canvas_has_is_not_taken_away_where_there_is_no_grade(tmp_path: Path) -> None:
    with new_gradebook(tmp_path / "gradebook.db", "practice", "masks") as gradebook:
        add(gradebook, "ada", 2, "masks")
        add(gradebook, "bobby", 1, "practice")
        roster = CANVAS.replace("Final Score", "masks (78)").replace("Monday,,0", "Monday,EX,0")
        rows = export(CanvasExport, gradebook, tmp_path, roster)
    assert rows[0][-2:] == ["masks (78)", "practice (77)"]
    assert [row[-2:] for row in rows[2:4]] == [["2", "EX"], ["0", "1"]]


def test_moodle_gets_the_addresses_as_moodle_spells_them(gradebook: Any, tmp_path: Path) -> None:
    assert export(MoodleExport, gradebook, tmp_path, MOODLE) == [
        ["First name", "Last name", "Email address", "practice"],
        ["Ada", "Lovelace", "Ada@uni.example", "2"],
        ["Bob", "Bobson", "bob@uni.example", "0.75"],
        ["zoe: is on the roster (line 4), but not in the gradebook."],
    ]
    assert [row[2] for row in export(MoodleExport, gradebook, tmp_path, MOODLE, by="id")[:-1]] == [
        "ID number",
        "ada",
        "17",
    ]


def test_moodle_gets_nobody_without_an_address_and_no_address_twice(gradebook: Any, tmp_path: Path) -> None:
    add(gradebook, "dora", 1)
    add(gradebook, "eve", 1, email="bob@uni.example")
    *rows, said = export(MoodleExport, gradebook, tmp_path)
    assert [row[2] for row in rows] == ["Email address", "ada@uni.example"]
    assert said == [
        "bob: shares “bob@uni.example” with another (Email address), and is left out.",
        "dora: has nothing that Moodle knows a student by (Email address), and is left out.",
        "eve: shares “bob@uni.example” with another (Email address), and is left out.",
    ]


def test_moodle_is_told_of_a_grade_that_is_not_there(tmp_path: Path) -> None:
    with new_gradebook(tmp_path / "gradebook.db", "practice", "masks") as gradebook:
        add(gradebook, "ada", 2, "masks")
        add(gradebook, "bob", 1, "practice")
        rows = export(MoodleExport, gradebook, tmp_path, by="id")
    assert [row[2:] for row in rows[:-1]] == [["ID number", "masks", "practice"], ["ada", "2", "-"], ["bob", "-", "1"]]


def test_whoever_is_not_on_the_roster_or_there_twice_is_named_and_left_out(gradebook: Any, tmp_path: Path) -> None:
    roster = "id,email\nada,\nx,ada@uni.example\nADA,\n"
    *rows, said = export(MoodleExport, gradebook, tmp_path, roster, by="id")
    assert len(rows) == 1
    assert said == [
        "ada: may be each of the lines 2, 4 of the roster, and is left out.",
        "bob: is not on the roster, neither by id nor by e-mail, and is left out.",
        "x: is on the roster (line 3), but not in the gradebook.",
    ]


def test_one_line_of_the_roster_is_never_two_students(gradebook: Any, tmp_path: Path) -> None:
    add(gradebook, "ada2", 1, email="ada@uni.example")
    *rows, said = export(CanvasExport, gradebook, tmp_path, "id,email\nada,ada@uni.example\n")
    assert len(rows) == 2
    assert "ada: line 2 of the roster may be another's, so both are left out." in said
    assert "ada2: line 2 of the roster may be another's, so both are left out." in said


@pytest.mark.parametrize("plugin", [CanvasExport, MoodleExport])
def test_a_class_without_grades_gives_a_file_without_students(plugin: Any, tmp_path: Path) -> None:
    with new_gradebook(tmp_path / "gradebook.db", "practice") as gradebook:
        *rows, said = export(plugin, gradebook, tmp_path)
    assert said == ["Nothing is graded yet, so the file has no grades."]
    assert len(rows) == (2 if plugin is CanvasExport else 1)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_a_cell_that_a_spreadsheet_would_compute_is_text(gradebook: Any, tmp_path: Path, start: str) -> None:
    add(gradebook, "eve", 1, first_name="Eve", last_name=f"{start}1+1", email="eve@uni.example", lms_user_id="7")
    for plugin, row, column in (CanvasExport, -2, 0), (MoodleExport, -2, 1):
        assert export(plugin, gradebook, tmp_path)[row][column].startswith(f"'{start}1+1")


@pytest.mark.parametrize("number", ["-1", "+1.5", "-0,5", "17"])
def test_a_number_stays_a_number(number: str) -> None:
    assert neutral(number) == number


@pytest.mark.parametrize(("points", "text"), [(10, "10"), (0.0, "0"), (8.25, "8.25"), (2 / 3, "0.67"), (100.0, "100")])
def test_points_have_two_decimals_at_most(points: float, text: str) -> None:
    assert formatting.number(points) == text


def test_an_address_that_had_to_be_changed_reaches_nobody_so_it_is_left_out(gradebook: Any, tmp_path: Path) -> None:
    add(gradebook, "eve", 1, email="+eve@uni.example")
    said = export(MoodleExport, gradebook, tmp_path)[-1]
    assert said == ["eve: begins like a formula in what Moodle knows a student by (Email address), and is left out."]


def two_lessons(tmp_path: Path) -> Gradebook:
    made = new_gradebook(tmp_path / "gradebook.db", "practice", "masks")
    add(made, "ada", 1, "masks", email="ada@uni.example")
    add(made, "ada", 2, "practice")
    add(made, "bob", 0.25, "masks", email="bob@uni.example")
    add(made, "cleo", None, email="cleo@uni.example")
    return made


def test_the_course_total_takes_the_place_of_the_lessons(tmp_path: Path) -> None:
    config = Config({"CourseTotal": {"weights": {"masks": 30, "practice": 70}}})
    with two_lessons(tmp_path) as gradebook:
        canvas = export(CanvasExport, gradebook, tmp_path, total="Course", config=config)
        moodle = export(MoodleExport, gradebook, tmp_path, total="Course", config=config)
        dropped = export(
            MoodleExport, gradebook, tmp_path, total="Course", config=Config({"CourseTotal": {"drop_lowest": 1}})
        )
    assert [row[-1] for row in canvas[:-1]] == ["Course", "100", "85", "12.5"]  # 30 · 1/2 + 70 · 2/2
    assert [row[2:] for row in moodle[:-1]] == [
        ["Email address", "Course"],
        ["ada@uni.example", "85"],
        ["bob@uni.example", "12.5"],
    ]
    assert [row[3] for row in dropped[1:-1]] == ["100", "12.5"]


def test_what_waits_for_a_grade_by_hand_is_said_with_every_export(tmp_path: Path) -> None:
    with two_lessons(tmp_path) as gradebook:
        [grade] = gradebook.find_submission("masks", "bob").notebooks[0].grades
        grade.needs_manual_grade = True
        gradebook.db.commit()
        said = "masks: 1 counted with the points so far, as a part waits to be graded by hand (bob)."
        assert export(CanvasExport, gradebook, tmp_path)[-1] == [said]
        assert export(MoodleExport, gradebook, tmp_path, total="Course")[-1] == [said]
        assert export(MoodleExport, gradebook, tmp_path, assignment=["practice"])[-1] == []
        assert export(MoodleExport, gradebook, tmp_path, student=["ada"])[-1] == []


def test_a_total_that_cannot_be_computed_is_one_sentence(gradebook: Any, tmp_path: Path) -> None:
    def said(**options: Any) -> str:
        config = Config({"CourseTotal": options, "MoodleExport": {"to": str(tmp_path / "out.csv"), "total": "Course"}})
        return refused(MoodleExport, gradebook, tmp_path, config=config)

    assert said(weights={"lern": 1}).startswith("CourseTotal.weights names 'lern'")
    assert said(drop_lowest=1) == "CourseTotal.drop_lowest is 1, but there is weight in 1 lesson only."
    assert said(weights={"practice": "much"}).endswith(": see docs/grades.md.")
    assert refused(MoodleExport, gradebook, tmp_path, total="Course", assignment=["practice"]).startswith(
        "A course total is one of all lessons"
    )


def refused(plugin: type[LmsExport], gradebook: Gradebook, tmp_path: Path, **options: Any) -> str:
    """Return the one sentence with which an export ends that writes nothing."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.Logger("export")
    log.addHandler(handler)
    config = options.pop("config", None) or Config({plugin.__name__: {"to": str(tmp_path / "out.csv"), **options}})
    with pytest.raises(SystemExit, match=r"^1$"):
        plugin(config=config, log=log).export(gradebook)
    assert not (tmp_path / "out.csv").exists()
    [sentence] = said
    return sentence


@pytest.mark.parametrize(
    ("plugin", "option", "value", "sentence"),
    [
        (CanvasExport, "columns", "nonsense", "CanvasExport.columns expected a dict, not the str 'nonsense'"),
        (CanvasExport, "columns", {"practice": 1}, "Values of CanvasExport.columns must be a unicode string"),
        (CanvasExport, "roster", 5, "CanvasExport.roster expected a unicode string, not the int 5"),
        (MoodleExport, "student", 5, "MoodleExport.student expected a list, not the int 5"),
        (
            MoodleExport,
            "by",
            "name",
            "MoodleExport.by expected any of ['email', 'id', 'username'], not the str 'name': ",
        ),
    ],
)
def test_a_value_that_an_option_cannot_have_is_one_sentence(
    gradebook: Any, tmp_path: Path, plugin: Any, option: str, value: Any, sentence: str
) -> None:
    said = refused(plugin, gradebook, tmp_path, **{option: value})
    assert said.startswith(sentence)
    assert said.endswith(": see docs/grades.md.")


def test_an_option_that_is_none_is_one_sentence(gradebook: Any, tmp_path: Path) -> None:
    assert refused(CanvasExport, gradebook, tmp_path, by="id") == (
        "CanvasExport has no option 'by', only assignment, columns, roster, student, to, total: see docs/grades.md."
    )


def test_an_assignment_or_a_student_that_the_gradebook_does_not_have_is_one_sentence(
    gradebook: Any, tmp_path: Path
) -> None:
    assert refused(CanvasExport, gradebook, tmp_path, assignment=["practise"]) == (
        "The gradebook has no assignment 'practise': `nbgrader db assignment list` shows what it has."
    )
    assert refused(MoodleExport, gradebook, tmp_path, student=["ada", "nobody"]) == (
        "The gradebook has no student 'nobody': `nbgrader db student list` shows what it has."
    )


def test_a_gradebook_that_is_locked_in_the_meantime_is_one_sentence(gradebook: Any, tmp_path: Path) -> None:
    gradebook.db.execute(text("pragma busy_timeout = 0"))
    gradebook.db.commit()
    with sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None) as other:
        other.execute("begin exclusive")
        assert "it is in use by another program" in refused(CanvasExport, gradebook, tmp_path)


def test_nbgrader_export_with_a_wrong_option_or_gradebook_says_so_and_writes_nothing(course: Path) -> None:
    def fails(plugin: str, *options: str) -> str:
        exporter = f"--exporter=attention_course.instructor.lms.export.{plugin}"
        said = classroom.nbgrader(course, "export", exporter, *options, fails=True)
        assert [line for line in said.splitlines() if "Using exporter" not in line][1:] == []
        return said

    assert "expected a dict" in fails("canvas.CanvasExport", "--CanvasExport.columns=nonsense")
    assert "has no option 'bye'" in fails("MoodleExport", "--MoodleExport.bye=id")
    (course / "gradebook.db").write_text("no database at all, but a text long enough to be one", encoding="utf-8")
    assert "cannot be read: file is not a database." in fails("CanvasExport")
    (course / "gradebook.db").unlink()
    assert "There is no gradebook" in fails("MoodleExport")
    assert not (course / "gradebook.db").exists()
    assert not list(course.glob("*.csv"))


def test_nbgrader_export_takes_the_plugins_and_its_own_file_stays_as_it_is(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Lovelace", lms_user_id="1001")
        gradebook.add_submission("practice", "ada")
    (course / "canvas-export.csv").write_text(CANVAS, encoding="utf-8", newline="")
    exporter = "--exporter=attention_course.instructor.lms.export.CanvasExport"
    classroom.nbgrader(course, "export", exporter, "--to=out.csv", "--CanvasExport.roster=canvas-export.csv")
    assert (course / "out.csv").read_text(encoding="utf-8").splitlines()[2] == '"Lovelace, Ada",1001,S-1,ada,Monday,0'
    said = classroom.nbgrader(course, "export", exporter, "--CanvasExport.roster=none.csv", fails=True)
    assert "The roster none.csv cannot be read" in said
    assert "Traceback" not in said
    classroom.nbgrader(course, "export")
    assert (course / "grades.csv").read_text().startswith("assignment,duedate,timestamp,student_id,last_name,")
