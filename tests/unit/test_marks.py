"""Marks given to many at once: who gets them, what stays, what is taken back, and what two gradebooks make together."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbgrader.api import Gradebook

from attention_course.errors import GradebookError, MarksError
from attention_course.instructor.gradebook import connected
from attention_course.instructor.marks.journal import FILE, Journal
from attention_course.instructor.marks.marks import COMMENT, SCORE, Change, Mark, read_marks
from attention_course.instructor.marks.merge import merged
from attention_course.instructor.marks.plan import plan
from attention_course.instructor.marks.take_over import TakeOver
from attention_course.instructor.marks.write import give, still_there, take_back

MONDAY, TUESDAY = datetime(2026, 3, 2, 9), datetime(2026, 3, 3, 9)
ADA, BOB = ("ada", "purpose"), ("bob", "purpose")
WELL = Change("ada", "purpose", COMMENT, None, "Well put.")
HALF = Change("bob", "purpose", SCORE, None, 0.5)


def test_all_of_a_group_get_it_but_those_to_whom_somebody_has_written() -> None:
    marks = [(ADA, Mark(1, 1)), (BOB, Mark(0, 1, comment="Ask me.")), (("eve", "purpose"), Mark(1, 1, score=0.5))]
    made = plan(marks, "Well put.", 0.5, replace=False)
    assert made.changes == [
        WELL,
        Change("ada", "purpose", SCORE, None, 0.5),
        HALF,
        Change("eve", "purpose", COMMENT, None, "Well put."),
    ]
    assert made.kept == [Change("bob", "purpose", COMMENT, "Ask me.", "Well put.")]  # eve's score is that already
    assert plan(marks, "Well put.", None, replace=True).changes[1].before == "Ask me."


@pytest.mark.parametrize(
    ("comment", "score", "says"),
    [
        (None, 1.5, "The question gives 1 point at most, and 1.5 is more."),
        (None, -1.0, "A score is a number from 0 on, with two decimals at most, not -1."),
        (None, float("nan"), "A score is a number from 0 on, with two decimals at most, not nan."),
        (None, 0.333, "A score is a number from 0 on, with two decimals at most, not 0.333."),
        ("  ", None, "The comment is empty. To take one back, use --undo."),
        ("\udc80", None, "The comment has a sign in it that no gradebook can hold."),
    ],
)
def test_what_cannot_be_given_is_refused_in_a_sentence(comment: str | None, score: float | None, says: str) -> None:
    with pytest.raises(MarksError) as raised:
        plan([(ADA, Mark(1, 1))], comment, score, replace=False)
    assert str(raised.value) == says


Make = Callable[[str], Any]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes a course with a graded class of two in a gradebook of nbgrader's own."""

    def made(name: str, handed_in: datetime = MONDAY) -> Any:
        folder = tmp_path / name
        folder.mkdir()
        db_url = f"sqlite:///{folder / 'gradebook.db'}"
        with Gradebook(db_url, "course") as gradebook:
            gradebook.add_assignment("practice", course_id="course")
            gradebook.add_notebook("practice", "practice")
            gradebook.add_grade_cell("purpose", "practice", "practice", max_score=1, cell_type="code")
            for student, points in (("ada", 1), ("bob", 0)):
                gradebook.add_student(student)
                gradebook.add_submission("practice", student, timestamp=handed_in)
                grade = gradebook.find_grade("purpose", "practice", "practice", student)
                grade.auto_score, grade.needs_manual_grade = points, student == "bob"
            gradebook.db.commit()
        return SimpleNamespace(db_url=db_url, course_id="course", assignment_id="practice", root=str(folder))

    return made


def marks(course: Any) -> dict[Any, Mark]:
    with connected(course.db_url) as session:
        return read_marks(session, "practice")


def waits(course: Any, student: str) -> bool:
    with Gradebook(course.db_url) as gradebook:
        return bool(gradebook.find_grade("purpose", "practice", "practice", student).needs_manual_grade)


def test_marks_are_written_as_nbgrader_has_them_and_taken_back(make: Make) -> None:
    course = make("one")
    before, journal = marks(course), Journal(Path(course.root))
    give(course, "purpose", "for two", [WELL, HALF], journal)
    assert (marks(course)[ADA].comment, marks(course)[BOB].points) == ("Well put.", 0.5)
    with Gradebook(course.db_url) as gradebook:
        (comment,) = gradebook.find_submission_notebook("practice", "practice", "ada").comments
        assert (comment.name, comment.comment) == ("purpose", "Well put.")  # what feedback and formgrader show
        assert gradebook.find_submission("practice", "bob").score == 0.5
    assert not waits(course, "bob")
    action = journal.last("practice", "purpose")
    undoing, changed = still_there(course.db_url, action)
    assert (len(undoing), changed) == (2, [])
    take_back(course, action, undoing, journal)
    assert marks(course) == before
    assert waits(course, "bob")  # as before
    with pytest.raises(MarksError, match="knows nothing in practice that could be taken back"):
        journal.last("practice")


def test_what_was_changed_by_hand_since_then_stays(make: Make) -> None:
    course = make("one")
    journal = Journal(Path(course.root))
    give(course, "purpose", "for two", [WELL, HALF], journal)
    with Gradebook(course.db_url) as gradebook:
        gradebook.find_grade("purpose", "practice", "practice", "bob").manual_score = 0.75
        gradebook.db.commit()
    undoing, changed = still_there(course.db_url, journal.last("practice"))
    assert [change.place for change in undoing] == [ADA]
    assert [change.place for change in changed] == [BOB]


def test_nothing_is_written_where_one_thing_has_changed_meanwhile(make: Make) -> None:
    course = make("one")
    stale = Change("bob", "purpose", SCORE, 0.25, 0.5)
    with pytest.raises(MarksError, match="Meanwhile the score of bob in purpose was changed"):
        give(course, "purpose", "for two", [WELL, stale], Journal(Path(course.root)))
    assert marks(course)[ADA].comment == ""
    assert not (Path(course.root) / FILE).exists()


def test_the_last_action_is_taken_back_first_also_on_one_question(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for question in ("purpose", "why-scale", "purpose"):
        journal.add("practice", question, question, [WELL])
    assert journal.last("practice").number == 3
    assert journal.last("practice", "why-scale").number == 2
    journal.add_undone(journal.last("practice"))
    assert journal.last("practice", "purpose").number == 1
    with pytest.raises(MarksError):
        journal.last("learn")


@pytest.mark.parametrize("line", ["{", "[]", '{"at": "", "lesson": "practice"}', "null"])
def test_a_damaged_journal_is_named_with_its_line(line: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add("practice", "purpose", "", [WELL])
    with (tmp_path / FILE).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(MarksError, match=rf"{FILE} is damaged in line 2"):
        journal.last("practice")


def test_the_other_s_marks_are_taken_over_and_ours_are_never_replaced() -> None:
    ours = {ADA: Mark(1, 1, score=1, handed_in=MONDAY), BOB: Mark(0, 1, handed_in=MONDAY)}
    theirs = {
        ADA: Mark(1, 1, score=0.5, comment="Well put.", handed_in=MONDAY),
        BOB: Mark(0, 1, score=0.5, handed_in=MONDAY),
        ("eve", "purpose"): Mark(0, 1, score=1, handed_in=MONDAY),
    }
    changes, conflicts = merged(ours, theirs)
    assert changes == [WELL, HALF]
    assert conflicts == [
        "ada, purpose: the score 0.5 there, the score 1 here; yours is kept.",
        "eve, purpose: the score 1 there, and nothing is graded here.",
    ]
    assert merged(theirs, theirs) == ([], [])


def test_two_gradebooks_are_merged_and_a_second_time_there_is_nothing_more(make: Make) -> None:
    ours, theirs = make("ours"), make("theirs")
    give(theirs, "purpose", "by the other", [WELL, HALF], Journal(Path(theirs.root)))
    give(ours, "purpose", "by us", [Change("ada", "purpose", SCORE, None, 1.0)], Journal(Path(ours.root)))
    other = f"{theirs.root}/gradebook.db"
    TakeOver.planned(other, ours).do()
    assert (marks(ours)[ADA].comment, marks(ours)[ADA].score, marks(ours)[BOB].score) == ("Well put.", 1.0, 0.5)
    assert marks(theirs)[ADA].score is None
    with pytest.raises(MarksError, match="Nothing was given by hand in"):
        TakeOver.planned(other, ours)
    action = Journal(Path(ours.root)).last("practice")
    take_back(ours, action, still_there(ours.db_url, action)[0], Journal(Path(ours.root)))
    assert (marks(ours)[ADA].comment, marks(ours)[ADA].score, marks(ours)[BOB].score) == ("", 1.0, None)


def test_marks_of_another_notebook_that_was_handed_in_are_left_alone(make: Make, tmp_path: Path) -> None:
    ours, theirs = make("ours"), make("theirs", TUESDAY)
    give(theirs, "purpose", "by the other", [HALF], Journal(Path(theirs.root)))
    planned = TakeOver.planned(f"{theirs.root}/gradebook.db", ours)
    assert not planned.changes
    assert "handed in at another time" in planned.conflicts[0]


def test_what_is_no_other_gradebook_is_refused_in_a_sentence(make: Make, tmp_path: Path) -> None:
    ours = make("ours")
    (tmp_path / "text.db").write_text("no gradebook at all, " * 100)
    for other, kind, says in [
        (f"{ours.root}/gradebook.db", MarksError, "this course's own gradebook"),
        (str(tmp_path / "missing.db"), GradebookError, "There is no gradebook"),
        (str(tmp_path / "text.db"), GradebookError, "cannot be read"),
        ("nonsense://", GradebookError, "cannot be opened"),
        ("://", MarksError, "no address of a gradebook"),
    ]:
        with pytest.raises(kind, match=says):
            TakeOver.planned(other, ours)
    ours.assignment_id = "learn"
    with pytest.raises(MarksError, match="knows no learn; it knows practice"):
        TakeOver.planned(f"{make('theirs').root}/gradebook.db", ours)


def test_the_journal_says_all_that_is_needed_to_take_it_back(make: Make) -> None:
    course = make("one")
    give(course, "purpose", "for one", [HALF], Journal(Path(course.root)))
    (line,) = map(json.loads, (Path(course.root) / FILE).read_text().splitlines())
    assert line["changes"] == [
        {"student": "bob", "question": "purpose", "what": "score", "before": None, "after": 0.5, "waits": True}
    ]


def test_a_student_who_is_forgotten_is_taken_out_of_the_journal_and_every_action_keeps_its_number(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path)
    assert not journal.names("ada")
    journal.add("practice", "purpose", "for two", [WELL, HALF])
    journal.add("practice", "purpose", "for one", [WELL])
    assert journal.names("ada")
    assert not journal.names("ad")
    journal.forget("ada")
    assert not journal.names("ada")
    assert "ada" not in (tmp_path / FILE).read_text(encoding="utf-8")
    action = journal.last("practice")
    assert (action.number, action.changes) == (2, [])
    journal.add_undone(action)
    assert journal.last("practice").changes == [HALF]
