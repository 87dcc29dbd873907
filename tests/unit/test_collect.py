import io
import json
import logging
import os
import shutil
import stat
import struct
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import classroom
import pytest
from typer.testing import CliRunner

from attention_course.errors import CollectError
from attention_course.instructor import cli
from attention_course.instructor.handed_in import zip_entries
from attention_course.instructor.handed_in.notebook_names import is_named
from attention_course.instructor.handed_in.unpack import times_handed_in
from attention_course.instructor.lms.collect.collect_downloads import collect_downloads
from attention_course.instructor.lms.collect.file_names import Sender, sender
from attention_course.instructor.lms.collect.owners import Identity, Roster, UnknownOwner
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.runner.prepare import prepare
from attention_course.instructor.runner.submissions import Submission

MONDAY = datetime(2026, 3, 2, 9, 0, 0)
MOODLE = "Ada Lovelace_1234567_assignsubmission_file_"
ROSTER = (
    "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@uni.example,12\nsato,Hana,Satō,hana@uni.example,\n"
)


def notebook(text="", answered=None):
    """Return a small notebook of the lesson as bytes: with a text in it, and perhaps one answer, given at a time."""
    attempts = [{"picks": ["C"], "at": answered}] if answered else []
    answers = {"purpose": {"revision": len(attempts), "attempts": attempts}}
    metadata = {"attention_course": {"version": 1, "lesson": "practice", "answers": answers}} if answered else {}
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(files, at=MONDAY):
    """Return an archive as bytes; `files` are contents by name, or (content, time)."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            content, when = value if isinstance(value, tuple) else (value, at)
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course/source/practice").mkdir(parents=True)
    (tmp_path / "course/source/practice/practice.ipynb").write_bytes(notebook())
    return tmp_path / "course"


def take(course, files, roster=None, at=MONDAY, name="Download.zip"):
    """Collect an archive of these files (or an archive given as bytes), and return the report."""
    download = course.parent / name
    download.write_bytes(files if isinstance(files, bytes) else zipped(files, at))
    if roster is not None:
        (course.parent / "roster.csv").write_text(roster, encoding="utf-8")
    return collect_downloads("practice", download, course, course.parent / "roster.csv" if roster is not None else None)


def handed_in(course):
    """Return the notebooks in submitted/ as bytes, by student."""
    return {path.parts[-3]: path.read_bytes() for path in sorted(course.glob("submitted/*/practice/practice.ipynb"))}


# What Moodle and Canvas make


@pytest.mark.parametrize(
    "name",
    [
        f"{MOODLE}/practice.ipynb",
        "Ada Lovelace_1234567_assignsubmission_file/practice.ipynb",
        f"{MOODLE}/homework/practice.ipynb",
        f"{MOODLE}practice.ipynb",
        f"{MOODLE}practice (1).ipynb",
        f"{MOODLE}/Copy of practice.ipynb",
        f"{MOODLE}/practice.ipynb.txt",
    ],
)
def test_a_file_of_moodles_goes_to_its_student(course, name):
    assert take(course, {name: notebook("Ada")}).collected == ["1234567"]
    assert handed_in(course) == {"1234567": notebook("Ada")}
    assert take(course, {name: notebook("Ada")}, ROSTER).collected == ["ada"]
    assert handed_in(course)["ada"] == notebook("Ada")


@pytest.mark.parametrize(
    "name",
    [
        "lovelaceada_12_67890_practice.ipynb",
        "lovelaceada_LATE_12_67890_practice-1.ipynb",
        "newname_12_6_practice.ipynb",
    ],
)
def test_a_file_of_canvas_goes_to_its_student(course, name):
    assert take(course, {name: notebook("Ada")}).collected == ["12"]
    assert take(course, {name: notebook("Ada")}, ROSTER).collected == ["ada"]
    assert handed_in(course) == {"12": notebook("Ada"), "ada": notebook("Ada")}


def test_an_anonymous_file_of_canvas_goes_to_its_number_and_to_nobody_on_a_roster(course):
    files = {"anon_k3fe1_678_practice.ipynb": notebook(), "LATE_anon_ab1cd_679_practice.ipynb": notebook()}
    assert take(course, files).collected == ["anon_ab1cd", "anon_k3fe1"]
    assert len(take(course, files, ROSTER).problems) == 2


def test_names_match_whatever_their_case_accents_and_order(course):
    moodle = {"SATO\u0304 Hana_77_assignsubmission_file_/practice.ipynb": notebook("Moodle")}
    assert take(course, moodle, ROSTER).collected == ["sato"]
    assert sender(["satōhana_55_66_practice.ipynb"]) == Sender("Canvas", "satōhana", "55", 66, "practice.ipynb")


def test_canvas_writes_utf_8_without_saying_so(course):
    data = zipped({"satōhana_55_66_practice.ipynb": notebook()})
    plain = data.replace(struct.pack("<H", 0x800), struct.pack("<H", 0))
    assert zipfile.ZipFile(io.BytesIO(plain)).namelist() != ["satōhana_55_66_practice.ipynb"]
    assert take(course, plain, ROSTER).collected == ["sato"]


def test_an_archive_that_a_student_handed_in_is_opened(course):
    inner = zipped(
        {"work/practice.ipynb": notebook("Ada"), "work/.ipynb_checkpoints/practice-checkpoint.ipynb": b"old"}
    )
    report = take(course, {f"{MOODLE}/work.zip": inner, "satohana_2_3_all.zip": zipped({"all.zip": inner})})
    assert report.problems == []
    assert handed_in(course) == {"1234567": notebook("Ada"), "2": notebook("Ada")}


def test_a_folder_of_archives_folders_and_notebooks(course, tmp_path):
    downloads = tmp_path / "downloads"
    (downloads / MOODLE).mkdir(parents=True)
    (downloads / MOODLE / "practice.ipynb").write_bytes(notebook("folder"))
    (downloads / "canvas.zip").write_bytes(zipped({"a_1_2_practice.ipynb": notebook("archive")}))
    (downloads / "b_2_3_work.zip").write_bytes(zipped({"practice.ipynb": notebook("student's archive")}))
    (downloads / "c_3_4_practice.ipynb").write_bytes(notebook("file"))
    (downloads / "README.txt").write_text("the instructor's own")
    assert collect_downloads("practice", downloads, course).problems == []
    assert set(handed_in(course)) == {"1234567", "1", "2", "3"}


def test_with_a_roster_a_folder_may_be_named_after_its_student(course, tmp_path):
    files = {
        "ada/practice/practice.ipynb": notebook("1"),
        "hana@uni.example.ipynb": notebook("2", "2026-03-01T10:00:00Z"),
    }
    assert take(course, files, ROSTER).collected == ["ada", "sato"]
    assert "whose" in take(course, {"practice.ipynb": notebook()}, ROSTER).problems[0]
    assert "roster" in take(course, {"ada/practice.ipynb": notebook()}).problems[0]


@pytest.mark.parametrize(
    "name",
    [
        "practice.ipynb",
        "Practice.ipynb",
        "practice (1).ipynb",
        "practice(12).ipynb",
        "Copy of practice.ipynb",
        "Copy of Copy of practice.ipynb",
        "practice - Copy (2).ipynb",
        "practice-Copy1.ipynb",
        "practice copy 2.ipynb",
        "practice-checkpoint.ipynb",
        "practice-1.ipynb",
        "practice-1 (1).ipynb",
        "practice.ipynb.json",
    ],
)
def test_a_renamed_copy_is_the_notebook(name):
    assert is_named(name, "practice")


def test_a_name_made_to_be_hard_to_read_is_read_at_once():
    assert not is_named("practice" + " copy" * 48 + "x.ipynb", "practice")
    assert not is_named("practice" + "-1 (1)" * 40 + "!.ipynb", "practice")
    assert sender(["a_" + "1" * 60_000, "a" + "_1_b" * 15_000]) is None


@pytest.mark.parametrize(
    "name", ["practices.ipynb", "my practice.ipynb", "practice2.ipynb", "practice/.ipynb", ".ipynb"]
)
def test_another_name_is_not_the_notebooks(name):
    assert not is_named(name, "practice")


def test_a_notebook_of_another_name_counts_when_it_holds_the_lessons_answers(course):
    files = {
        f"{MOODLE}/homework.ipynb": notebook("Ada", "2026-03-01T10:00:00+01:00"),
        "b_1_2_homework.ipynb": notebook("another lesson's"),
    }
    report = take(course, files)
    assert report.collected == ["1234567"]
    assert report.problems == ["1: no practice.ipynb is in what was handed in (b_1_2_homework.ipynb)."]


# Whose it is, is never guessed


def test_a_name_that_is_not_on_the_roster_is_listed_once(course):
    files = {f"Ada Lovelac_9_assignsubmission_file_/{name}.ipynb": notebook() for name in ("practice", "practice (1)")}
    assert take(course, files, ROSTER).problems == [
        "Ada Lovelac_9_assignsubmission_file_/practice.ipynb: Ada Lovelac (Moodle 9) is not on the roster."
    ]


def test_two_students_of_one_name_are_told_apart_by_number_or_not_at_all(course):
    twins = "id,first_name,last_name,lms_user_id,participant\na1,Ada,Lovelace,12,\na2,Ada,Lovelace,13,\n"
    assert take(course, {"lovelaceada_13_5_practice.ipynb": notebook()}, twins).collected == ["a2"]
    assert "a1, a2" in take(course, {f"{MOODLE}/practice.ipynb": notebook()}, twins).problems[0]
    told = twins.replace("12,", "12,Participant 1234567")
    assert take(course, {f"{MOODLE}/practice.ipynb": notebook()}, told).collected == ["a1"]


def test_two_people_of_one_name_are_not_one_student(course):
    files = {f"{MOODLE}/practice.ipynb": notebook("1"), f"{MOODLE.replace('7_', '8_')}/practice.ipynb": notebook("2")}
    report = take(course, files, ROSTER)
    assert not handed_in(course)
    assert "two people" in report.problems[0]


def test_canvas_number_of_another_student_is_not_overruled_by_a_name():
    with pytest.raises(UnknownOwner):
        Roster([Identity("ada", squeezed=frozenset({"lovelaceada"}), canvas="12")]).owner(
            Sender("Canvas", "lovelaceada", "99", 1)
        )


def test_moodles_number_is_not_taken_for_a_users(course):
    assert take(course, {"Eve_12_assignsubmission_file_/practice.ipynb": notebook()}, ROSTER).collected == []


@pytest.mark.parametrize(
    "name",
    [
        f"Eve_9_assignsubmission_file_/{MOODLE}/practice.ipynb",
        f"Eve_9_assignsubmission_file_{MOODLE}practice.ipynb",
        "Eve_9_assignsubmission_file_lovelaceada_12_13_practice.ipynb",
        f"eve_9_10_{MOODLE}practice.ipynb",
        "eve_9_10_lovelaceada_12_99_practice.ipynb",
    ],
)
def test_a_student_cannot_hand_in_under_anothers_name(course, name):
    files = {name: notebook("x", "2026-03-01T10:00:00Z")}
    assert take(course, files).collected == ["9"]
    assert take(course, files, ROSTER + "eve,Eve,,,9\n").collected == ["eve"]
    assert set(handed_in(course)) == {"9", "eve"}


def test_a_folder_in_a_students_archive_names_nobody(course, tmp_path):
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads/work.zip").write_bytes(zipped({"ada/practice.ipynb": notebook()}))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert collect_downloads("practice", tmp_path / "downloads", course, tmp_path / "roster.csv").collected == []
    assert take(course, {"unknown.zip": zipped({f"{MOODLE}/practice.ipynb": notebook()})}, ROSTER).collected == []


def test_who_handed_in_something_else_is_listed(course):
    report = take(course, {f"{MOODLE}/essay.pdf": b"x", f"{MOODLE}/onlinetext.html": b"x", "notes.txt": b"x"})
    assert report.problems == [
        f"1234567: no practice.ipynb is in what was handed in ({MOODLE}/essay.pdf, {MOODLE}/onlinetext.html)."
    ]


@pytest.mark.parametrize("student", ["", ".", "..", ".ada", "a/b", "a\\b", "../ada", "a..b", "-f", "a*", " a", "a\n"])
def test_an_id_that_is_no_good_folder_is_refused(student):
    assert not can_name_folder(student)


def test_a_roster_may_come_from_a_spreadsheet_and_tell_who_is_missing(course):
    sheet = '\ufeffStudent ID;Full name;Identifier\r\nada;Ada Lovelace;\r\n../bob;Bob;\r\ncleo;"Cleo; the ""Q""";\r\n'
    report = take(course, {f"{MOODLE}/practice.ipynb": notebook()}, sheet)
    assert (report.collected, report.missing) == (["ada"], ["cleo"])
    assert report.problems == ["The roster's id “../bob” cannot name a folder; its student is left out."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("name\nAda\n", "no column “id”"), ("id\nada\nADA\n", "twice"), ("id\na\x07\n", "cannot name")],
)
def test_a_roster_that_cannot_be_used_says_why(course, text, sentence):
    try:
        said = " ".join(take(course, {"a_1_2_practice.ipynb": notebook()}, text).problems)
    except CollectError as error:
        said = str(error)
    assert sentence in said


# What Blackboard makes

BLACKBOARD = "Practice_1_{}_attempt_2026-03-0{}-10-00-00_practice.ipynb"


def test_two_students_of_blackboard_s_with_numbers_for_names_stay_two(course):
    files = {BLACKBOARD.format(20231234, 1): notebook("1"), BLACKBOARD.format(20235678, 1): notebook("2")}
    assert take(course, files).collected == ["20231234", "20235678"]
    assert handed_in(course) == {"20231234": notebook("1"), "20235678": notebook("2")}


def test_of_blackboard_s_attempts_the_latest_is_taken_and_its_time_is_handed_on_in_utc(course):
    files = {BLACKBOARD.format("ada", day): notebook(f"{day}") for day in (2, 3, 1)}
    report = take(course, files | {"Practice_1_ada_attempt_2026-03-03-10-00-00.txt": b"Name: Ada Lovelace (ada)"})
    assert report.problems == []
    assert handed_in(course) == {"ada": notebook("3")}
    timestamp = (course / "submitted/ada/practice/timestamp.txt").read_text()
    assert timestamp == datetime(2026, 3, 3, 10).astimezone(UTC).isoformat(sep=" ")
    assert timestamp.endswith("+00:00")


def test_a_roster_tells_where_a_user_s_name_of_blackboard_s_begins(course):
    roster = "id,email\nada_l,ada@uni.example\nl,\nbob_l,\n20231234,\n"
    files = {BLACKBOARD.format("bob_l", 1): notebook("bob"), BLACKBOARD.format("20231234", 1): notebook("number")}
    report = take(course, files, roster.replace("l,\nbob", "m,\nbob"))
    assert (report.collected, report.problems) == (["20231234", "bob_l"], [])
    by_address = {BLACKBOARD.format("ada@uni.example", 1): notebook("ada")}
    assert take(course, by_address, roster).collected == ["ada_l"]
    [problem] = take(course, files, roster).problems
    assert problem.endswith("(Blackboard l) may be each of l, bob_l on the roster.")


def test_without_a_roster_two_names_of_blackboard_s_with_one_end_are_not_one_student(course):
    files = {BLACKBOARD.format("ada_l", 1): notebook("ada"), BLACKBOARD.format("bob_l", 1): notebook("bob")}
    assert take(course, files).problems == [
        "l: Blackboard Practice_1_ada_l and Blackboard Practice_1_bob_l are two people with that name; "
        "give their ids in the roster."
    ]
    assert handed_in(course) == {}


def test_a_name_of_blackboard_s_that_is_no_folder_is_refused(course):
    assert "cannot name a folder" in take(course, {BLACKBOARD.format("..", 1): notebook()}).problems[0]


@pytest.mark.parametrize("roster", [None, "id,lms_user_id\neve,9\nada,1\n20231234,\n"])
def test_a_student_of_canvas_s_cannot_hand_in_under_a_name_of_blackboard_s(course, roster):
    answered = notebook("eve", "2026-03-01T10:00:00Z")
    files = {"eve_9_10_" + BLACKBOARD.format(20231234, 1): answered, "ada_1_2_practice.ipynb": notebook("ada")}
    assert sorted(take(course, files, roster).collected) == (["1", "9"] if roster is None else ["ada", "eve"])


# What the system says of the time


def test_canvas_s_late_is_said_and_carried_on_to_grading(course, caplog):
    files = {"lovelaceada_LATE_12_67890_practice.ipynb": notebook("late"), "b_1_2_practice.ipynb": notebook("in time")}
    report = take(course, files)
    assert report.late == ["12"]
    assert "Late, as Canvas says: 12." in list(report.lines())
    for student, said in [("1", 0), ("12", 1)]:
        submission = Submission(student, course / f"submitted/{student}/practice")
        prepare(submission, course / f"prepared/{student}", "practice", logging.getLogger())
        assert caplog.text.count("Canvas says that it was handed in late, but not when") == said
        assert not (course / f"prepared/{student}/late.txt").exists()
    assert take(course, {"lovelaceada_12_67899_practice.ipynb": notebook("in time")}).updated == ["12"]
    assert not (course / "submitted/12/practice/late.txt").exists()


def test_columns_of_a_roster_that_are_not_understood_are_said(course):
    report = take(course, {"ada/practice.ipynb": notebook()}, "id;Nazwisko\nada;Lovelace\n")
    assert report.collected == ["ada"]
    assert "its columns Nazwisko are not understood" in report.notes[0]


# Which is the newest


def test_of_canvas_files_the_one_with_the_higher_number_is_taken(course):
    files = {"a_1_30_practice-1.ipynb": notebook("new"), "a_1_9_practice.ipynb": notebook("old")}
    report = take(course, files)
    assert handed_in(course) == {"1": notebook("new")}
    assert report.notes == [
        "1: of a_1_30_practice-1.ipynb, a_1_9_practice.ipynb the newest is taken, a_1_30_practice-1.ipynb."
    ]


def test_where_an_archive_tells_the_time_it_is_used_and_handed_on(course):
    files = {
        f"{MOODLE}/practice.ipynb": (notebook("new"), MONDAY + timedelta(hours=3)),
        f"{MOODLE}/practice (1).ipynb": (notebook("old"), MONDAY),
    }
    take(course, files)
    assert handed_in(course) == {"1234567": notebook("new")}
    timestamp = (course / "submitted/1234567/practice/timestamp.txt").read_text()
    local = MONDAY + timedelta(hours=3)
    assert datetime.fromisoformat(timestamp).replace(tzinfo=UTC) == local.astimezone(UTC)


def test_the_moment_of_the_download_is_not_taken_for_that_of_handing_in(course):
    files = {
        f"{MOODLE}/practice.ipynb": (notebook("a"), MONDAY + timedelta(seconds=20)),
        f"{MOODLE}/practice (1).ipynb": (notebook("b"), MONDAY),
    }
    assert "nothing tells which" in take(course, files).problems[0]
    assert handed_in(course) == {}
    answered = {
        f"{MOODLE}/practice.ipynb": notebook("a", "2026-03-01T10:00:00+01:00"),
        f"{MOODLE}/practice (1).ipynb": notebook("b", "2026-03-01T09:30:00Z"),
    }
    take(course, answered)
    assert handed_in(course) == {"1234567": notebook("b", "2026-03-01T09:30:00Z")}
    assert not (course / "submitted/1234567/practice/timestamp.txt").exists()


def test_a_unix_time_in_an_archive_is_in_utc():
    info = zipfile.ZipInfo("a", (2026, 1, 1, 0, 0, 0))
    info.extra = struct.pack("<HHI", 1, 4, 0) + struct.pack("<HHBi", 0x5455, 5, 1, 1_700_000_000)
    assert zip_entries.when(info) == 1_700_000_000
    info.extra, info.date_time = b"UT\x05\x00", (1980, 0, 0, 0, 0, 0)
    assert zip_entries.when(info) == 0
    assert times_handed_in([0, 1_700_000_000]) == ([1_700_000_000] * 2, False)


def test_what_could_not_be_read_is_named_where_an_older_one_is_taken(course):
    broken = {f"{MOODLE}/practice.ipynb": b"{", f"{MOODLE}/practice (1).ipynb": notebook("good")}
    report = take(course, broken | {f"{MOODLE}/work.zip": b"Rar!"})
    assert handed_in(course) == {"1234567": notebook("good")}
    assert report.problems[-1] == (
        f"1234567: {MOODLE}/practice (1).ipynb is taken, but this cannot be read and may be newer: "
        f"{MOODLE}/practice.ipynb, {MOODLE}/work.zip."
    )


def test_what_is_known_to_be_older_need_not_be_read(course):
    report = take(course, {"a_1_3_practice.ipynb": notebook("new"), "a_1_2_practice.ipynb": b"{"})
    assert (report.collected, report.problems) == (["1"], [])


def test_the_only_notebook_is_collected_and_said_to_be_unreadable(course):
    report = take(course, {"a_1_2_practice.ipynb": b"{", "b_2_3_work.zip": b"Rar!"})
    assert (report.collected, report.problems[-1]) == (
        ["1"],
        "2: nothing is collected, for this cannot be read: b_2_3_work.zip.",
    )
    assert report.notes[0].startswith("1: a_1_2_practice.ipynb is taken, but cannot be graded: The file handed in is ")


@pytest.mark.parametrize(
    "make",
    [
        lambda good: good.decode().encode("utf-16"),
        lambda good: b"\xef\xbb\xbf" + good,
        lambda good: good + b"}\0\0",
        lambda good: good.replace(b'"version": 1', b'"long": ' + b"9" * 5000 + b', "version": 1'),
        lambda good: good.replace(b'"source": ""', b'"source": "' + b"x" * 21_000_000 + b'"'),
    ],
    ids=["UTF-16", "byte order mark", "tail", "long number", "large"],
)
def test_what_grading_can_read_is_looked_into(course, make):
    files = {f"{MOODLE}/homework.ipynb": make(notebook(answered="2026-03-01T10:00:00Z"))}
    assert take(course, files).collected == ["1234567"]


def test_cells_without_ids_are_read_without_a_word(course, recwarn):
    old = notebook(answered="2026-03-01T10:00:00Z").replace(b'"id": "a", ', b"")
    assert take(course, {f"{MOODLE}/homework.ipynb": old}).collected == ["1234567"]
    assert not [each for each in recwarn if "id" in str(each.message)]


def test_a_program_that_prints_one_line_again_and_again_is_no_zip_bomb(course):
    printed = notebook("attention is all you need\n" * 1_000_000)
    files = {f"{MOODLE}/practice.ipynb": printed, f"{MOODLE}/work.zip": zipped({"practice.ipynb": printed})}
    report = take(course, files)
    assert (report.collected, report.problems) == (["1234567"], [])
    assert handed_in(course) == {"1234567": printed}


def test_a_newer_download_updates_and_the_same_one_does_nothing(course):
    first = {f"{MOODLE}/practice.ipynb": notebook("1"), "Bob_2_assignsubmission_file_/practice.ipynb": notebook("b")}
    assert take(course, first).collected == ["1234567", "2"]
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*")}
    assert take(course, first).unchanged == ["1234567", "2"]
    assert {path: path.stat().st_mtime_ns for path in course.rglob("*")} == before
    second = first | {f"{MOODLE}/practice.ipynb": notebook("2")}
    report = take(course, second, at=MONDAY + timedelta(days=1))
    assert (report.updated, report.unchanged) == (["1234567"], ["2"])
    assert handed_in(course) == {"1234567": notebook("2"), "2": notebook("b")}


def test_an_older_download_never_takes_a_newer_ones_place(course):
    moodle, canvas = f"{MOODLE}/practice.ipynb", "a_1_{}_practice.ipynb"
    take(course, {moodle: notebook("2"), canvas.format(20): notebook("2")}, at=MONDAY)
    report = take(course, {moodle: notebook("1"), canvas.format(9): notebook("1")}, at=MONDAY - timedelta(days=1))
    assert sorted(report.unchanged) == ["1", "1234567"]
    assert all("older" in note for note in report.notes)
    assert set(handed_in(course).values()) == {notebook("2")}


def test_what_was_put_into_submitted_by_hand_is_kept(course):
    folder = course / "submitted/1/practice"
    folder.mkdir(parents=True)
    (folder / "practice.ipynb").write_bytes(notebook("by hand"))
    assert "not collected from a download" in take(course, {"a_1_2_practice.ipynb": notebook()}).problems[0]
    assert handed_in(course) == {"1": notebook("by hand")}
    assert take(course, {"a_1_2_practice.ipynb": notebook("by hand")}).unchanged == ["1"]


def test_a_run_that_was_killed_while_writing_is_taken_up(course):
    files = {"a_1_2_practice.ipynb": notebook("whole")}
    take(course, files)
    ledger = course / "downloaded/practice/collected.json"
    known = json.loads(ledger.read_text())
    known["1"]["digest"] = ""
    ledger.write_text(json.dumps(known))
    (course / "submitted/1/practice/practice.ipynb").write_bytes(b"{")
    assert take(course, files).collected == ["1"]
    assert handed_in(course) == {"1": notebook("whole")}
    ledger.write_text("{")
    with pytest.raises(CollectError, match="damaged"):
        take(course, files)


# What downloads may hold, and must not do


def bad(kind):
    """Return a student's archive with one thing wrong in it."""
    if kind == "corrupt":
        data = bytearray(zipped({"practice.ipynb": os.urandom(5000)}))
        data[100] ^= 0xFF
        return bytes(data)
    if kind == "no archive":
        return b"Rar!"
    if kind == "cut off":
        return zipped({"practice.ipynb": notebook()})[:-30]
    if kind == "bomb":
        return zipped({"practice.ipynb": bytes(30 << 20)})
    if kind == "nested":
        data = zipped({"practice.ipynb": notebook()})
        for _ in range(5):
            data = zipped({"more.zip": data})
        return data
    if kind == "many":
        return zipped({f"{number}.txt": b"" for number in range(6000)})
    if kind == "link":
        info = zipfile.ZipInfo("practice.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(info, "/etc/passwd")
        return data.getvalue()
    if kind == "encrypted":
        data = bytearray(zipped({"practice.ipynb": notebook()}))
        data[6] |= 1
        data[data.index(b"PK\1\2") + 8] |= 1
        return bytes(data)
    names = {"absolute": "/tmp/practice.ipynb", "up": "a/../../practice.ipynb", "drive": "C:\\practice.ipynb"}
    return zipped({names[kind]: notebook()})


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("corrupt", "is damaged"),
        ("no archive", "is no zip archive, or it is damaged"),
        ("cut off", "is no zip archive, or it is damaged"),
        ("bomb", "may be a zip bomb"),
        ("nested", "is an archive in too many others"),
        ("many", "too many files"),
        ("link", "is a link"),
        ("encrypted", "is encrypted"),
        ("absolute", "leads out of its folder"),
        ("up", "leads out of its folder"),
        ("drive", "leads out of its folder"),
    ],
)
def test_what_is_dangerous_is_refused_and_the_rest_is_collected(course, kind, sentence):
    before = set(course.parent.rglob("*"))
    report = take(course, {f"{MOODLE}/work.zip": bad(kind), "b_1_2_practice.ipynb": notebook("good")})
    assert report.collected == ["1"]
    assert sentence in report.problems[0]
    assert report.problems[0].startswith(f"{MOODLE}/work.zip")
    assert report.problems[0].count(".") < 8
    made = {str(path.relative_to(course)) for path in course.rglob("*") if path not in before and path.is_file()}
    assert made == {"submitted/1/practice/practice.ipynb", "downloaded/practice/collected.json"}


def test_a_class_archive_that_is_dangerous_is_refused_entry_by_entry(course):
    files = {
        "../../x_1_2_practice.ipynb": notebook(),
        "/y_2_3_practice.ipynb": notebook(),
        "z_3_4_practice.ipynb": b"{}",
    }
    report = take(course, files)
    assert report.collected == ["3"]
    assert report.problems[0].endswith("1 more files of the same archive are refused too.")


def test_what_one_student_handed_in_does_not_use_up_anothers_room(course, monkeypatch):
    monkeypatch.setattr(zip_entries.Budget, "of_student", lambda: zip_entries.Budget(entries=3, bytes=500))
    two = zipped({"a.zip": zipped({"practice.ipynb": notebook("x" * 200)}), "practice.ipynb": notebook("y" * 200)})
    report = take(course, {"a_1_2_work.zip": two, "b_2_3_work.zip": zipped({"practice.ipynb": notebook("b")})})
    assert "too many megabytes" in report.problems[0]
    assert "2" in handed_in(course)


def test_links_among_loose_files_are_refused(course, tmp_path):
    (tmp_path / "downloads").mkdir()
    (tmp_path / "secret.ipynb").write_bytes(notebook())
    (tmp_path / "downloads/a_1_2_practice.ipynb").symlink_to(tmp_path / "secret.ipynb")
    assert "is a link" in collect_downloads("practice", tmp_path / "downloads", course).problems[0]


def test_a_name_cannot_write_to_the_terminal(course):
    report = take(
        course, {"\x1b[2Jeve_practice.ipynb": notebook(), "Eve\x1b_9_assignsubmission_file_/a.pdf": b""}, ROSTER
    )
    assert len(report.problems) == 2
    assert "\x1b" not in "".join(report.problems)


@pytest.mark.parametrize("what", ["folder", "text.txt"])
def test_where_there_is_nothing_to_collect_it_is_said(course, tmp_path, what):
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_text("no archive")
    with pytest.raises(CollectError, match=r"There is nothing to collect in .*: it holds no notebook and no archive\."):
        collect_downloads("practice", tmp_path / what, course)


@pytest.mark.parametrize("blocked", ["submitted", "submitted/2", "downloaded"])
def test_a_folder_that_cannot_be_written_to_is_said(course, blocked):
    (course / blocked).parent.mkdir(exist_ok=True)
    (course / blocked).write_text("a file where a folder is needed")
    with pytest.raises(CollectError, match=f"{blocked}.* cannot be used: "):
        take(course, {"a_2_3_practice.ipynb": notebook()})


# The command


def test_the_command_says_what_it_did(course, monkeypatch):
    monkeypatch.chdir(course)
    download = course.parent / "d.zip"
    download.write_bytes(zipped({"a_1_2_practice.ipynb": notebook(), "b_2_3_essay.pdf": b""}))
    result = CliRunner().invoke(cli.app, ["collect", "practice", str(download)])
    assert result.exit_code == 1
    assert "1 collected, 0 updated, 0 unchanged, 1 not collected." in result.output
    assert "  2: no practice.ipynb is in what was handed in (b_2_3_essay.pdf)." in result.output
    assert CliRunner().invoke(cli.app, ["collect", "practice", "nowhere.zip"]).exit_code == 2
    assert CliRunner().invoke(cli.app, ["collect", "theory", str(download)]).exit_code == 2


def test_what_was_collected_is_graded_by_nbgrader(released_course, tmp_path):
    course = Path(shutil.copytree(released_course, tmp_path / "course"))
    wrong = classroom.ALL_RIGHT | {"purpose": [["larger-input"], ["fewer-layers"]]}
    right = json.dumps(classroom.notebook_with(course, classroom.ALL_RIGHT))
    files = {
        f"{MOODLE}/Copy of practice.ipynb": right,
        "satōhana_2_3_work.zip": zipped({"practice (1).ipynb": json.dumps(classroom.notebook_with(course, wrong))}),
        "b_4_5_practice.ipynb": "",
    }
    assert take(course, files, ROSTER + "b,B,,,4\n", name="moodle.zip").collected == ["ada", "b", "sato"]
    classroom.nbgrader(course, "autograde", "practice", "--student=ada")
    classroom.nbgrader(course, "autograde", "practice", "--student=sato")
    totals = {student: sum(scores.values()) for student, scores in classroom.scores(course).items()}
    assert totals == {"ada": classroom.EXERCISES, "sato": classroom.EXERCISES - 1}
