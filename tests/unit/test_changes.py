"""What changed in a lesson after its release, whom it costs, and the story of a regrade: over questions in memory."""

from datetime import UTC, datetime
from typing import Any

import classroom
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from wrong_key import ATTEMPTS, records, source

from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit
from attention_course.instructor.changes import before_after
from attention_course.instructor.changes.accepted import refused
from attention_course.instructor.changes.before_after import Regraded, compared
from attention_course.instructor.changes.compare import changes
from attention_course.instructor.changes.costs import HandedIn, costs
from attention_course.instructor.changes.read_work import Score
from attention_course.instructor.changes.story import Override, Row, story
from attention_course.instructor.changes.structure import Cells, ReleaseRefused, demand_aliases, demand_possible
from attention_course.instructor.grading.known_options import KnownOptions
from attention_course.instructor.release.option_ids import with_ids
from attention_course.instructor.settling.asked import Asked, as_released, asked_in, sources_of
from attention_course.instructor.settling.former import Former


def asked(*sources: str) -> dict[str, Asked]:
    return asked_in(sources)


def said(old: str, new: str) -> list[str]:
    return [change.said for change in changes(asked(old), asked(new))]


def work(attempts: dict[str, str], name: str = "purpose", held: str = "B") -> list[HandedIn]:
    """Return what students handed in, with the letters that each picked."""
    mark = asked(source(held))["purpose"].mark
    made = {student: {name: records(letters)} for student, letters in attempts.items()}
    return [HandedIn(student, one, one, {name: mark}) for student, one in made.items()]


def test_a_release_and_its_source_are_the_same_questions() -> None:
    assert said(as_released(source("B")), source("B")) == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('key="B"', 'key="C"', "purpose: its key changed from B to C."),
        ('"B": "b", ', "", "purpose: options removed: B."),
        ('"A": "a"', '"A": "a", "E": "e"', "purpose: options added: E."),
        ('"A": "a"', '"A": "alpha"', "purpose: the texts of options changed: A."),
        ('"A": "a", "B": "b"', '"B": "b", "A": "a"', "purpose: options changed places."),
        ('prompt="Which?"', 'prompt="Which?", points=2', "purpose: its points changed from 1 to 2."),
        ('prompt="Which?"', 'prompt="Which?", attempts=1', "purpose: its attempts changed from 3 to 1."),
        ('prompt="Which?"', 'prompt="Which one?"', "purpose: its words changed."),
        ('prompt="Which?"', 'prompt="Which?", code="x = 1"', "purpose: its program changed."),
        ("\nanswer.points(1)", "\nassert True\nanswer.points(1)", "purpose: its hidden tests changed."),
        ("Choice(", "Numeric(", "purpose: it was a Choice, and is a Numeric."),
    ],
)
def test_each_change_is_one_sentence(before: str, after: str, sentence: str) -> None:
    key = "D" if "B" in before and "key" not in before else "B"
    old = source(key)
    assert said(old, old.replace(before, after, 1)) == [sentence]


def test_questions_come_go_and_are_renamed() -> None:
    other = source("B").replace('"purpose"', '"other"')
    assert said(source("B"), source("B") + "\n") == []
    assert [change.said for change in changes(asked(source("B")), asked(other))] == ["purpose: removed.", "other: new."]
    renamed = source("B", formerly="purpose").replace('"purpose", "easy"', '"aim", "easy"')
    assert [change.said for change in changes(asked(source("B")), asked(renamed))] == ["aim: renamed, it was purpose."]


def test_whom_a_new_key_costs_is_counted() -> None:
    (cost,) = costs(asked(source("B")), asked(source("C")), work(ATTEMPTS))
    assert cost.students == ("kim", "lee", "pat")
    assert cost.said == (
        "purpose: 3 of 6 submissions hold an answer that was right and now is wrong; told so, they keep the points for "
        "it."
    )
    (strict,) = costs(asked(source("B")), asked(source("C", settled={"key": "…"})), work(ATTEMPTS))
    assert strict.said == "purpose: 3 of 6 submissions hold an answer that was right and now is wrong."


def test_an_option_no_longer_offered_is_counted_and_a_mended_text_costs_nobody() -> None:
    old, without = asked(source("C")), asked(source("C").replace('"B": "b", ', ""))
    (cost,) = costs(old, without, work(ATTEMPTS, held="C"))
    assert cost.students == ("kim", "lee", "pat")
    assert cost.said == "purpose: 3 of 6 submissions answer an option you no longer offer."
    assert costs(old, asked(source("C").replace('"B": "b"', '"B": "better"')), work(ATTEMPTS)) == []


def test_one_submission_is_told_in_the_singular() -> None:
    (cost,) = costs(asked(source("C")), asked(source("C").replace('"B": "b", ', "")), work({"lee": "B", "nan": "C"}))
    assert cost.said == "purpose: 1 of 2 submissions answers an option you no longer offer."


def test_fewer_attempts_and_a_question_that_is_gone_are_costs() -> None:
    old = asked(source("C"))
    (cost,) = costs(old, asked(source("C", attempts=2)), work(ATTEMPTS))
    assert cost.students == ("moe", "oli", "pat")
    (gone,) = costs(old, {}, work(ATTEMPTS))
    assert gone.said == "purpose: 6 of 6 submissions answer it, and it is no longer asked."


OLD_TASK = """answer = lesson.ask(Blanks(
    "scale", "hard", prompt="Complete it.", program="x = [1]", options=["64**0.5", "64"], key=["64**0.5"]))"""
OLD_CHOICE = """answer = lesson.ask(Choice(
    "purpose", "easy", prompt="Which?", options=["make it larger", "fewer layers", "focus"], key="C"))"""


def test_case_option_typo_fixed_costs_nobody() -> None:
    """A slip in an option's text is mended, and options change places, where they had no ids yet: all stay right."""
    after = [
        with_ids(OLD_TASK.replace("64**0.5", "64 ** 0.5")),
        with_ids(OLD_CHOICE.replace('"make it larger", "fewer layers", "focus"', '"focus", "layers", "larger"')
                 .replace('key="C"', 'key="A"')),
    ]  # fmt: skip
    known = KnownOptions(after, [OLD_TASK, OLD_CHOICE])
    picked = {"scale": record_of("64**0.5"), "purpose": record_of("C")}
    translated, never_offered = known.translated(picked)
    assert never_offered == []
    for name, one in asked(*after).items():
        assert one.question is not None
        assert one.question.is_right(translated[name].attempts[-1].picks)


def record_of(pick: str) -> Record:
    return Record().with_attempt((pick,), datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


# ---- the story


def told(now: str, attempts: dict[str, str] = ATTEMPTS, scores: dict[str, Score] | None = None) -> list[str]:
    """Return the story of a regrade where B was the key."""
    before = {student: Score((float(letters[-1] == "B"), None)) for student, letters in attempts.items()} | (
        scores or {}
    )
    held = {(student, "purpose"): score for student, score in before.items()}
    former = Former(purpose=[asked(as_released(source("B")))["purpose"]])
    return story(asked(now), former, Credit(), work(attempts), held, {}, {"purpose"}).lines()


def test_the_story_says_who_changes_and_who_keeps_what() -> None:
    assert told(source("C")) == [
        "2 scores would change:",
        "  nan, purpose: 0 → 1 (the new key)",
        "  oli, purpose: 0 → 1 (the new key)",
        "  purpose: told that it is right, and kept: kim, lee, pat",
        "  purpose: right at an earlier attempt, told that it is wrong, and given nothing: moe; "
        'settled={"any": "why"} would count it',
    ]


def test_the_story_of_the_new_key_alone_says_who_loses() -> None:
    lines = told(source("C", settled={"key": "It was announced in class."}))
    assert "  lee, purpose: 1 → 0 (the new key counts alone)" in lines
    assert lines[0] == "5 scores would change:"


def test_case_override_hidden_by_regrade_is_listed() -> None:
    """Full credit for all: moe keeps the 0.5 that somebody gave, and that is said."""
    lines = told(source("C", settled={"full": "Two answers are right."}), scores={"moe": Score((0.0, 0.5))})
    assert lines[-2:] == [
        "Given by hand:",
        "  moe, purpose: 0.5, given by hand, stays; automatically it was 0, and is 1",
    ]
    assert not any("moe" in line for line in lines[:-1])


def test_an_override_that_says_the_same_is_not_listed() -> None:
    lines = told(source("C", settled={"full": "…"}), scores={"moe": Score((0.0, 1.0))})
    assert "Given by hand:" not in lines


# ---- what the gradebook can take


def cells(*names: str, points: float = 1) -> Cells:
    return Cells({name: {"grade": True, "points": points} for name in names})


def test_case_add_question_after_grading_is_refused_before_anything_is_deleted() -> None:
    with pytest.raises(ReleaseRefused, match="two: it is new, and 6 submissions are graded: its points would count"):
        demand_possible({"one"}, 6, cells("one", "two"), {})
    demand_possible({"one"}, 6, cells("one", "two", points=0), {})  # worth nothing to anybody
    demand_possible({"one"}, 0, cells("one", "two"), {})  # nobody is graded


def test_a_question_that_is_gone_or_renamed_after_grading() -> None:
    with pytest.raises(ReleaseRefused, match="one: it is gone from source/, and 1 submission is graded"):
        demand_possible({"one"}, 1, cells("two"), {})
    demand_possible({"one"}, 1, cells("two"), {"one": "two"})
    demand_possible({"one", "one-code"}, 1, cells("two", "two-code"), {"one": "two"})


def test_an_alias_for_a_question_that_exists_is_refused() -> None:
    other = source("B", formerly="purpose").replace('"purpose", "easy"', '"aim", "easy"')
    with pytest.raises(ReleaseRefused, match="aim: formerly= names 'purpose', which the lesson asks still"):
        demand_aliases(asked(source("B"), other), {})
    third = other.replace('"aim"', '"goal"')
    with pytest.raises(ReleaseRefused, match="goal: formerly= names 'purpose', as aim does"):
        demand_aliases(asked(other, third), {})


# ---- before and after


def test_what_a_regrade_changed_is_compared_by_hand_and_by_machine() -> None:
    before = {
        ("kim", "purpose"): Score((0.0, None)),
        ("moe", "purpose"): Score((0.0, 0.5)),
        ("lee", "a"): Score((1, None)),
    }
    after = {
        ("kim", "purpose"): Score((1.0, None)),
        ("moe", "purpose"): Score((1.0, 0.5)),
        ("lee", "b"): Score((1, None)),
    }
    rows, overrides = compared(before, after, {("kim", "purpose"): "full credit for all"}, {"b": "a"})
    assert rows == [Row("kim", "purpose", 0, 1, "full credit for all")]
    assert overrides == [Override("moe", "purpose", 0.5, 0, 1)]


def test_the_table_and_the_page_say_whose_grade_changed_and_who_failed() -> None:
    done = Regraded(
        "practice",
        [Row("kim", "purpose", 0, 1, "any attempt counts"), Row("lee", "purpose", 1, 0.5, "the new key")],
        [Override("moe", "purpose", 0.5, 0, 1)],
        {"nan": "no notebook was handed in."},
        ["purpose: its key changed."],
        {"kim": "<b>Kim</b>"},
        2,
    )
    lines = before_after.table(done).splitlines()
    assert lines[1:3] == ["kim,<b>Kim</b>,purpose,0,1,+1,any attempt counts", "lee,lee,purpose,1,0.5,−0.5,the new key"]
    assert "given by hand, and kept; automatically it is 1 now" in lines[3]
    assert lines[4] == "nan,nan,,,,,not graded anew: no notebook was handed in."
    page = before_after.page(done, datetime(2026, 3, 5, 9, 41))
    assert "&lt;b&gt;Kim&lt;/b&gt;" in page
    assert "This run failed in parts." in page
    assert "2 students with another grade · made 5 March 2026, 09:41" in page
    assert page.count("<h2") == 4


def test_a_run_without_failures_says_nothing_of_any() -> None:
    page = before_after.page(Regraded("practice", [], []), datetime(2026, 3, 5, 9, 41))
    assert "failed" not in page
    assert "Nobody’s." in page


def test_the_notebook_of_a_release_is_compared_with_its_source() -> None:
    cells = classroom.read(classroom.ROOT / "source" / classroom.NOTEBOOK)
    held = asked_in(sources_of(classroom.read(classroom.ROOT / "release" / classroom.NOTEBOOK)))
    assert list(held) == list(classroom.ASKED)
    marks = {name: one.mark for name, one in asked_in(sources_of(cells)).items()}
    assert {name: one.mark for name, one in held.items()} == marks


def a_source(tests: str) -> dict[str, Any]:
    """Return a source notebook with the question, whose key is C, and with these hidden tests."""
    asking = source("C").replace("answer.points(1)", tests)
    setup = "from attention_course import Choice, Lesson\nlesson = Lesson('practice')"
    locked = {"grade": True, "locked": True, "points": 1, "solution": False, "schema_version": 3}
    cells = [
        new_code_cell(setup, metadata={"nbgrader": locked | {"grade": False, "grade_id": "setup"}}),
        new_code_cell(asking, metadata={"nbgrader": locked | {"grade_id": "purpose"}}),
    ]
    return dict(new_notebook(cells=cells))


def test_an_accepted_answer_that_the_hidden_test_refuses_is_named() -> None:
    assert list(refused(a_source("answer.points(1)"), ["purpose"])) == []
    (sentence,) = refused(a_source("assert answer.picks == ('B',)\nanswer.points(1)"), ["purpose"])
    assert sentence == "purpose: its hidden tests refuse the key: AssertionError; mend the tests, or the key."
    assert list(refused(a_source("assert False"), ["another"])) == []
