"""Extensions: the file, the command, and what the gradebook is told."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from attention_course.errors import ExtensionError
from attention_course.instructor.extensions.extend import Change, Course, grant, granted, take_back
from attention_course.instructor.extensions.extension import Extension
from attention_course.instructor.extensions.extra_codes import SECRET, code_for, is_granted
from attention_course.instructor.extensions.file import FILE, read_extensions, write_extensions
from attention_course.instructor.extensions.late import Lateness, due_in_words, given_by, how_long
from attention_course.instructor.times import due_in_utc

DUE = datetime(2026, 12, 1, 17)
BERLIN = "2026-12-05 18:00 Europe/Berlin"
FIVE = datetime(2026, 12, 5, 17)


@pytest.mark.parametrize(
    "text",
    [BERLIN, "2026-12-05T18:00+01:00", "2026-12-05 18:00 +0100", "2026-12-05 17:00 UTC", "2026-12-05 18:00:00 CET"],
)
def test_a_due_date_is_read_with_its_zone(text: str) -> None:
    assert due_in_utc(text) == FIVE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-12-05 18:00", "has no time zone"),
        ("2026-12-05 18:00 CST", "the zone CST is not known"),
        ("2026-12-05 18:00 Europe/Berln", "the zone Europe/Berln is not known"),
        ("2026-12-05 18:00 Europe/../UTC", "is not known"),
        ("2026-10-25 02:30 Europe/Berlin", "clocks change"),  # shown twice
        ("2026-03-29 02:30 Europe/Berlin", "clocks change"),  # skipped
        ("2026-13-05 18:00 UTC", "is no date"),
        ("5.12.2026 18:00 CET", "a due date is written like"),
        ("2026-12-05 Europe/Berlin", "a due date is written like"),
    ],
)
def test_a_due_date_that_could_be_misunderstood_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        due_in_utc(text)


def in_file(course: Path, text: str, encoding: str = "utf-8") -> None:
    (course / FILE).write_text(text, encoding=encoding, newline="")


def test_without_a_file_nobody_is_granted_anything(tmp_path: Path) -> None:
    assert read_extensions(tmp_path).of("bob", "practice") == Extension("bob", "practice")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_file_is_read_as_spreadsheets_write_it(tmp_path: Path, delimiter: str) -> None:
    lines = ["Lesson,Student,due,Attempts,note", f'practice,bob,{BERLIN},2,"ill; ""flu"""', ",,,,", "practice,ann,,1,"]
    in_file(tmp_path, "\r\n".join(lines).replace(",", delimiter), "utf-8-sig")
    assert [*read_extensions(tmp_path).values()] == [
        Extension("bob", "practice", BERLIN, 2, 'ill; "flu"'),
        Extension("ann", "practice", attempts=1),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("bob,practice,2026-12-05 18:00,,", "line 3: the due date “2026-12-05 18:00” has no time zone"),
        ("bob,practice,,two,", "line 3: extra attempts are a whole number up to 20, not “two”"),
        ("bob,practice,,-1,", "line 3: extra attempts are a whole number"),
        ("../bob,practice,,1,", "line 3: “../bob” can be no student's id"),
        ("bob,,,1,", "line 3: it names no lesson"),
        ("ann,practice,,1,", "line 3: ann has practice in line 2, too"),
        ('bob,practice,,1,"ill', "line 3: a quote"),
    ],
)
def test_a_line_that_is_not_understood_is_named(tmp_path: Path, line: str, said: str) -> None:
    in_file(tmp_path, f"student,lesson,due,attempts,note\nann,practice,,1,\n{line}\n")
    with pytest.raises(ExtensionError, match=said):
        read_extensions(tmp_path)


def test_lines_about_nobody_and_about_no_lesson_are_named(tmp_path: Path) -> None:
    in_file(tmp_path, 'student,lesson,due,attempts,note\nann,practice,,1,"of\ntwo lines"\nbbo,practise,,1,\n')
    extensions = read_extensions(tmp_path)
    with pytest.raises(ExtensionError, match="line 4: no student has the id bbo"):
        extensions.demand_known({"ann", "bob"}, {"practice"})
    with pytest.raises(ExtensionError, match="line 4: there is no lesson practise"):
        extensions.demand_known(set(), {"practice"})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    there = [Extension("ann", "practice", BERLIN, 2, "=1+1"), Extension("bob", "learn", note="a, b\nc")]
    write_extensions(tmp_path, there)
    assert [*read_extensions(tmp_path).values()] == there
    assert "'=1+1" in (tmp_path / FILE).read_text(encoding="utf-8-sig")


@pytest.fixture
def made(tmp_path: Path) -> Course:
    return Course(tmp_path, frozenset({"ann", "bob"}), {"practice": DUE, "learn": None})


def test_the_command_grants_lists_and_takes_back(made: Course) -> None:
    assert granted(made) == ["Nobody is granted anything: there is no line in extensions.csv."]
    said = grant(made, "bob", "practice", Change(until=BERLIN, note="ill"))
    line = f"bob, practice: until {BERLIN} (5 December 2026, 17:00 UTC) – ill"
    assert said == [line, "It counts at the next `attention-course grade practice`."]
    grant(made, "bob", "practice", Change(attempts=1))
    assert read_extensions(made.root).of("bob", "practice") == Extension("bob", "practice", BERLIN, 1, "ill")
    assert granted(made, "ann") == ["ann is granted nothing."]
    assert take_back(made, "bob", "practice")[0].startswith("Taken back: bob, practice: until ")
    assert not read_extensions(made.root)
    with pytest.raises(ExtensionError, match="bob is granted nothing in practice"):
        take_back(made, "bob", "practice")


@pytest.mark.parametrize(
    ("student", "lesson", "until", "said"),
    [
        ("bbo", "practice", BERLIN, "No student has the id bbo"),
        ("bob", "practise", BERLIN, "There is no lesson practise; there is learn, practice."),
        ("bob", "practice", "2026-12-05 18:00", "^The due date .* has no time zone: .* Nothing was written.$"),
        ("bob", "practice", "2026-12-01 18:00 CET", "is not after 1 December 2026, 17:00 UTC, when practice is due"),
    ],
)
def test_the_command_writes_nothing_where_it_refuses(
    made: Course, student: str, lesson: str, until: str, said: str
) -> None:
    with pytest.raises(ExtensionError, match=said):
        grant(made, student, lesson, Change(until=until))
    assert not (made.root / FILE).exists()


def test_an_extension_of_what_is_never_due_says_so(made: Course) -> None:
    assert "has no due date, so nobody is late" in grant(made, "bob", "learn", Change(until=BERLIN))[-1]


@pytest.mark.parametrize(
    ("due", "granted_until", "extension"),
    [
        (DUE, BERLIN, timedelta(days=4)),
        (DUE, "2026-11-30 18:00 CET", None),  # the class's date was moved meanwhile, and no date is made earlier
        (DUE, "", None),
        (None, BERLIN, None),  # nbgrader would fail to add it to no date
    ],
)
def test_an_extension_makes_no_date_earlier(
    due: datetime | None, granted_until: str, extension: timedelta | None
) -> None:
    assert given_by(Extension("bob", "practice", granted_until), due) == extension


def test_how_late_it_is_is_said_in_words() -> None:
    times = Lateness(DUE, DUE + timedelta(days=2, hours=3, minutes=5), timedelta(days=1))
    assert how_long(times.late) == "1 day and 3 hours"
    assert how_long(timedelta(seconds=5)) == "1 minute"
    assert how_long(timedelta(hours=1)) == "1 hour"
    assert (
        due_in_words(times, "for you ") == "1 December 2026, 17:00 UTC, extended for you to 2 December 2026, 17:00 UTC"
    )
    assert Lateness(DUE, DUE - timedelta(1)).late == timedelta()
    assert due_in_words(Lateness()) == ""


def test_a_code_is_for_one_student_one_lesson_and_one_number(tmp_path: Path) -> None:
    write_extensions(tmp_path, [Extension("ann", "practice", attempts=2), Extension("anna", "practice", attempts=2)])
    code = code_for(tmp_path, Extension("ann", "practice", attempts=2))
    assert is_granted(tmp_path, "ann", "practice", code)
    assert is_granted(tmp_path, "ann", "practice", code_for(tmp_path, Extension("ann", "practice", attempts=1)))
    assert not is_granted(tmp_path, "anna", "practice", code)
    assert not is_granted(tmp_path, "ann", "learn", code)
    assert not is_granted(tmp_path, "ann", "practice", code_for(tmp_path, Extension("ann", "practice", attempts=3)))
    assert not is_granted(tmp_path, "ann", "practice", f"1{code[1:]}")
    write_extensions(tmp_path, [])
    assert not is_granted(tmp_path, "ann", "practice", code)  # taken back


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    codes = {code_for(tmp_path, Extension("ann", "practice", attempts=2)) for _ in range(3)}
    assert len(codes) == 1
    assert [path.name for path in tmp_path.iterdir()] == [SECRET]
    assert (tmp_path / SECRET).stat().st_mode & 0o777 == 0o600
    (tmp_path / SECRET).write_text("no secret")
    with pytest.raises(ExtensionError, match="put it back from a copy"):
        code_for(tmp_path, Extension("ann", "practice", attempts=2))
