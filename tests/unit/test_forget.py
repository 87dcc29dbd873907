"""Taking a student out: whose lines of which files, and what the search finds."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from attention_course.instructor.commands.agreeing import agreed
from attention_course.instructor.forget.person import Person
from attention_course.instructor.forget.search import still_named
from attention_course.instructor.forget.tables import lines_about, take_out

ANN = Person("ann", "Ann Lee", "ann@uni.example", "4711")


@pytest.mark.parametrize(
    "text", ["ann", "of ann.", "submitted/ann/practice", '"ann"', "ann@uni.example", "ann+practice+1"]
)
def test_a_student_is_named_by_id_or_address(text: str) -> None:
    assert ANN.named_in(text)


@pytest.mark.parametrize("text", ["anna", "joann", "ann-marie", "ann_b", "Ann Lee", "channel", "mann"])
def test_a_student_named_like_part_of_another_is_another(text: str) -> None:
    assert not ANN.named_in(text)


def test_a_name_is_found_as_pages_write_it() -> None:
    person = Person("o'neill-4711", "Ö <b>O'Neill</b>")
    assert person.shown_in("<li>Ö &lt;b&gt;O&#x27;Neill&lt;/b&gt;</li>")
    assert person.named_in("o&#x27;neill-4711")
    assert Person("björn").named_in(r'{"bj\u00f6rn": 1}')


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("id,points\nann,1\nanna,2\n", "id,points\nanna,2\n"),
        ('id;note\r\nann;"a\r\nb"\r\nbob;"of ann"\r\n', 'id;note\r\nbob;"of ann"\r\n'),
        ("\ufeffstudent,name\nann,Ann Lee\nbob,ann\n", "\ufeffstudent,name\nbob,ann\n"),
        ("email,grade\nann@uni.example,4711\nb@uni.example,4711\n", "email,grade\nb@uni.example,4711\n"),
        (
            "Student,ID,SIS Login ID,Section,practice\nLee,12,ann,A,1\nLee,4711,bob,A,1\n",
            "Student,ID,SIS Login ID,Section,practice\nLee,4711,bob,A,1\n",
        ),
        ("lms_user_id,id\n4711,x\n4712,y", "lms_user_id,id\n4712,y"),
    ],
)
def test_the_lines_about_a_student_go_and_others_stay_to_the_byte(tmp_path: Path, text: str, kept: str) -> None:
    path = tmp_path / "some.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert lines_about(path, ANN) == 1
    take_out(path, ANN)
    assert path.read_bytes().decode() == kept
    assert [each.name for each in tmp_path.iterdir()] == ["some.csv"]


def test_points_that_look_like_an_id_are_no_id(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_text("student_id,score\n10,1\n1,10\n")
    assert lines_about(path, Person("10")) == 1


def test_what_is_no_table_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"\xff\xfe\0")
    assert lines_about(path, ANN) == 0


def test_the_search_looks_into_files_and_at_their_names(tmp_path: Path) -> None:
    for name, text in {"a/notes.txt": "x" * 5000 + " ann", "b/ann.zip": "", "c/d.txt": "anna", ".git/e": "ann"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "dangling").symlink_to("nowhere")
    assert still_named(tmp_path, ANN) == ["a/notes.txt", "b/ann.zip"]


@pytest.mark.parametrize(("typed", "is_agreed"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_nothing_is_done_where_nobody_says_yes(typed: str, is_agreed: bool) -> None:
    with CliRunner().isolation(typed):
        assert agreed("Remove it?", yes=False) is is_agreed
        assert agreed("Remove it?", yes=True)
