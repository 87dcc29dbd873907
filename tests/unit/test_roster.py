"""The roster: read from Canvas, Moodle or a spreadsheet, checked, and put into nbgrader's gradebook."""

import csv
from pathlib import Path

import classroom
import pytest
from nbgrader.api import Gradebook

from attention_course.errors import RosterError
from attention_course.instructor import gradebook
from attention_course.instructor.lms.roster import enrol
from attention_course.instructor.lms.roster.read_roster import read_roster

PLAIN = "id,first_name,last_name,email\nada,Ada,Lovelace,ada@uni.example\nbob,Bob,Bobson,\n"
CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,practice (77),Current Score\r\n"
    ",,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,10,(read only)\r\n"
    '"Lovelace, Ada",1001,S-1,ada@uni.example,Monday,,\r\n'
    '"Satō, Hana",1002,S-2,hana@uni.example,Monday,,\r\n'
    '"Student, Test",1003,,5eeb1b9c52dd4c0a9d8ee4a9f2b6a1d5b3b1d4c1,Monday,,\r\n'
)
MOODLE = (
    '"First name","Last name","ID number","Email address",Groups\n'
    "Ada,Lovelace,,ada@uni.example,\nBob,Ng,,b@uni.example,A\n"
)


def students(tmp_path: Path, text: str, **options: str) -> list[dict[str, str]]:
    (tmp_path / "students.csv").write_text(text, encoding="utf-8", newline="")
    return enrol.fitting(read_roster(tmp_path / "students.csv", **options).rows).students


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "students.csv").write_text(text, encoding="utf-8", newline="")
    return enrol.fitting(read_roster(tmp_path / "students.csv").rows).problems


def test_a_plain_roster_is_taken_as_it_is(tmp_path: Path) -> None:
    assert [list(student.values()) for student in students(tmp_path, PLAIN)] == [
        ["ada", "Ada", "Lovelace", "ada@uni.example", ""],
        ["bob", "Bob", "Bobson", "", ""],
    ]


def test_of_canvas_s_gradebook_only_the_students_are_taken(tmp_path: Path) -> None:
    assert [list(student.values()) for student in students(tmp_path, CANVAS)] == [
        ["ada@uni.example", "Ada", "Lovelace", "ada@uni.example", "1001"],
        ["hana@uni.example", "Hana", "Satō", "hana@uni.example", "1002"],
    ]
    assert [student["id"] for student in students(tmp_path, CANVAS, id_column="SIS User ID")] == ["S-1", "S-2"]


def test_of_moodle_s_participants_the_address_is_the_id_where_nobody_has_a_number(tmp_path: Path) -> None:
    assert [student["id"] for student in students(tmp_path, MOODLE)] == ["ada@uni.example", "b@uni.example"]
    numbered = MOODLE.replace("Lovelace,,", "Lovelace,17,").replace("Ng,,", "Ng,18,")
    assert [student["id"] for student in students(tmp_path, numbered)] == ["17", "18"]


def test_two_kinds_of_ids_are_never_mixed(tmp_path: Path) -> None:
    mixed = MOODLE.replace("Lovelace,,", "Lovelace,17,")
    assert [student["id"] for student in students(tmp_path, mixed)] == ["17"]
    assert problems(tmp_path, mixed) == ["Line 3: it has no id, so its student is left out."]


@pytest.mark.parametrize("name", ["Ada Lovelace", '"Lovelace, Ada"'])
def test_a_full_name_is_taken_apart(tmp_path: Path, name: str) -> None:
    [ada] = students(tmp_path, f"id,name\nada,{name}\n")
    assert (ada["first_name"], ada["last_name"]) == ("Ada", "Lovelace")


def test_one_word_is_a_last_name(tmp_path: Path) -> None:
    [who] = students(tmp_path, "id,name\nsuharto,Suharto\n")
    assert (who["first_name"], who["last_name"]) == ("", "Suharto")


def test_one_id_for_two_students_is_for_neither(tmp_path: Path) -> None:
    text = "id,name\nada,Ada L\nbob,Bob\nADA,Ada B\n"
    assert [student["id"] for student in students(tmp_path, text)] == ["bob"]
    assert problems(tmp_path, text) == [
        "Lines 2 and 4: the id “ada” is there more than once and not for the same student; all of them are left out. "
        "Give each an id of its own."
    ]


def test_the_same_line_twice_is_one_student(tmp_path: Path) -> None:
    text = "id,name,section\nada,Ada,1\nada,Ada,2\n"
    assert [student["id"] for student in students(tmp_path, text)] == ["ada"]
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize("bad", ["../bob", "a/b", ".ada", "-f", "a" * 129])
def test_an_id_that_is_no_folder_is_left_out(tmp_path: Path, bad: str) -> None:
    assert students(tmp_path, f"id,name\n{bad},Bob\nada,Ada\n")[0]["id"] == "ada"
    [sentence] = problems(tmp_path, f"id,name\n{bad},Bob\nada,Ada\n")
    assert sentence.startswith("Line 2: the id “")
    assert sentence.endswith("cannot name a folder; its student is left out.")


def test_what_is_no_address_is_left_out_and_one_of_two_is_told(tmp_path: Path) -> None:
    text = "id,email\nada,nowhere\nbob,b@x.example\ncleo,B@x.example\n"
    assert [student["email"] for student in students(tmp_path, text)] == ["", "b@x.example", "B@x.example"]
    first, second = problems(tmp_path, text)
    assert first == "Line 2: “nowhere” is no e-mail address, so ada has none."
    assert second.startswith("Line 4: cleo has the e-mail address of bob; ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name\nAda\n", "no column “id”"),
        ("", "no column “id”"),
        ("id\n\xe9".encode("latin-1"), "not in UTF-8"),
        ("id\nada\n".encode("utf-16-le"), "not in UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_read_says_why(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    path = tmp_path / "students.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RosterError, match=sentence):
        read_roster(path)
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


ADA = ["ada", "Ada", "Lovelace", "ada@uni.example", ""]
BOB = ["bob", "Bob", "Bobson", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n" + PLAIN.replace(",", ";"),
        '"sep=\t"\r\n' + PLAIN.replace(",", "\t").replace("\n", "\r\n"),
        "sep=|\n" + PLAIN.replace(",", "|"),
        "\n\n" + PLAIN,
        ";;;\r\n" + PLAIN.replace(",", ";"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("id,", '"id",'),
        PLAIN.replace("\n", ",,\n"),
    ],
)
def test_what_a_spreadsheet_puts_around_a_roster_changes_nothing(tmp_path: Path, text: str) -> None:
    assert [list(student.values()) for student in students(tmp_path, text)] == [ADA, BOB]


def test_lines_are_counted_from_the_beginning_of_the_file(tmp_path: Path) -> None:
    assert problems(tmp_path, "sep=;\n\nid;name\n../bob;Bob\n")[0].startswith("Line 4: ")


def test_commas_in_the_headings_quotes_do_not_separate(tmp_path: Path) -> None:
    [ada] = students(tmp_path, '"Name";"Plan, Jahr, Ort";ID\n"Lovelace, Ada";1;ada\n')
    assert list(ada.values()) == ["ada", "Ada", "Lovelace", "", ""]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PLAIN.replace("Ada,", '"Ada,'), r'has a quote \("\) that is not closed, from line 2 on\.'),
        (PLAIN.replace("Bob,", '"Bob,'), r'has a quote \("\) that is not closed, from line 3 on\.'),
        ('id,name\nada,"Ada\nbob,Bob"\n', r'has a quote \("\) that is not closed in its line, before line 3\.'),
        (
            "id,name,email\nada,Lovelace, Ada,a@x.example\n",
            "more cells than headings in line 2: put a name with a comma",
        ),
        ("id,email,E_Mail,Email\nada,a@x.example,,b@x.example\n", "has two columns “Email”: remove or rename one"),
        ("Kurs Attention;;\nID;Name;E-Mail\n", "has no column “id”.*; it has Kurs Attention"),
    ],
)
def test_a_roster_that_could_be_misunderstood_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(RosterError, match=sentence):
        students(tmp_path, text)


@pytest.mark.parametrize(
    "headings",
    [
        "ID-Nummer,Vorname,Nachname,E-Mail-Adresse",
        "Matrikelnummer,Vorname,Name,E-Mail",
        "Numéro d’identification,Prénom,Nom de famille,Adresse de courriel",
        "NUMÉRO D'ÉTUDIANT,Pre\u0301nom,Nom,Courriel",
        "Número de ID,Nombre,Apellido(s),Dirección de correo",
        "Usuario,Nombre(s),Apellidos,Correo electrónico",
        "Student number,Given name,Family name,E-mail",
    ],
)
def test_the_usual_headings_of_other_languages_are_known(tmp_path: Path, headings: str) -> None:
    text = PLAIN.replace("id,first_name,last_name,email", headings)
    assert [list(student.values()) for student in students(tmp_path, text)] == [ADA, BOB]
    assert read_roster(tmp_path / "students.csv").remark == ""
    chosen = students(tmp_path, text, id_column=headings.partition(",")[0])
    assert [list(student.values()) for student in chosen] == [ADA, BOB]


@pytest.mark.parametrize("heading", ["Nom complet", "Nombre", "Nom", "Vollständiger Name", "Name"])
def test_one_column_of_names_holds_the_whole_name(tmp_path: Path, heading: str) -> None:
    [ada] = students(tmp_path, f"id,{heading}\nada,Ada Lovelace\n")
    assert (ada["first_name"], ada["last_name"]) == ("Ada", "Lovelace")


def test_columns_that_are_not_understood_are_said_where_names_or_addresses_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "students.csv"
    path.write_text("id,Imię,Nazwisko,email\nada,Ada,Lovelace,ada@uni.example\n", encoding="utf-8")
    assert read_roster(path).remark == (
        f"The roster {path} tells no names: its columns Imię, Nazwisko are not understood. "
        "The usual headings are first_name, last_name and email."
    )
    assert read_roster(path).remark in list(enrol.Enrolled(remark=read_roster(path).remark).lines())
    for understood in ("id\nada\n", "id,name,email,Groups\nada,Ada,a@x.example,\n", CANVAS):
        path.write_text(understood, encoding="utf-8")
        assert read_roster(path).remark == ""


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"no column “login”; it has id, first_name, last_name, email\."):
        students(tmp_path, PLAIN, id_column="login")


def test_a_password_in_the_gradebook_s_address_is_not_shown() -> None:
    shown = gradebook.without_password("postgresql://ada:secret@uni.example/grades")
    assert shown == "postgresql://ada:***@uni.example/grades"


def test_the_command_says_what_it_did_not_understand(course: Path) -> None:
    (course / "students.csv").write_text("id,Nazwisko\nada,Lovelace\n", encoding="utf-8")
    code, said = roster(course, "students.csv")
    assert code == 0
    assert "tells no names and no e-mail addresses: its columns Nazwisko are not understood." in said


def roster(course: Path, *arguments: str) -> tuple[int, str]:
    return classroom.COMMANDS.run(course, "attention-course", "roster", *arguments)


def enrolled(course: Path) -> dict[str, tuple[str, str, str]]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {s.id: (s.first_name, s.last_name, s.email) for s in gradebook.students}


def test_the_command_fills_the_gradebook_and_a_second_roster_takes_nothing_away(course: Path) -> None:
    (course / "students.csv").write_text(PLAIN, encoding="utf-8")
    assert roster(course, "students.csv") == (0, "Students on the roster and in the gradebook: 2, of them new: 2.\n")
    with (course / "roster.csv").open(encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["ada", "bob"]
    (course / "students.csv").write_text("id,first_name,last_name\nada,Augusta,Lovelace\n../x,X,Y\n", encoding="utf-8")
    code, said = roster(course, "students.csv")
    assert code == 1
    assert said.startswith(
        "Students on the roster and in the gradebook: 1, of them new: 0.\nIn the gradebook, but not on the roster: bob."
    )
    assert enrolled(course) == {"ada": ("Augusta", "Lovelace", "ada@uni.example"), "bob": ("Bob", "Bobson", None)}


def test_what_the_command_writes_nbgrader_reads(course: Path) -> None:
    (course / "students.csv").write_text(CANVAS, encoding="utf-8", newline="")
    assert roster(course, "students.csv", "--to=for-nbgrader.csv")[0] == 0
    (course / "gradebook.db").unlink()
    classroom.nbgrader(course, "db", "student", "import", "for-nbgrader.csv")
    assert enrolled(course)["hana@uni.example"] == ("Hana", "Satō", "hana@uni.example")


def test_the_roster_itself_is_never_overwritten(course: Path) -> None:
    (course / "roster.csv").write_text(PLAIN, encoding="utf-8")
    assert roster(course, "roster.csv") == (2, "roster.csv is the roster itself: name another file with --to.\n")
    assert (course / "roster.csv").read_text(encoding="utf-8") == PLAIN


def test_outside_of_a_course_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "students.csv").write_text(PLAIN, encoding="utf-8")
    assert roster(tmp_path, "students.csv") == (2, f"{tmp_path} is no course's folder: there is no source/ in it.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["students.csv"]


def test_a_gradebook_that_cannot_be_written_is_named(course: Path) -> None:
    (course / "students.csv").write_text(PLAIN, encoding="utf-8")
    (course / "gradebook.db").write_text("not a database, and long enough to be seen as none" * 30)
    code, said = roster(course, "students.csv")
    assert (code, "Traceback" in said) == (2, False)
    assert "cannot be written: file is not a database." in said
