"""What an answer gives where its question was changed, or is settled."""

import logging
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import determine_grade
from wrong_key import ATTEMPTS, question, records, source

from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.errors import CourseFailure, QuestionError
from attention_course.exercises.choice import Choice
from attention_course.exercises.credit import Credit
from attention_course.exercises.explain import Explain
from attention_course.instructor.feedback.feedback_page import GradedCell
from attention_course.instructor.grading.changed import CHANGED, of_lesson
from attention_course.instructor.grading.collect_answers import CollectAnswers
from attention_course.instructor.grading.known_cells import KEPT, KnownCell, KnownCells
from attention_course.instructor.grading.settle_scores import SETTLED, SettleScores
from attention_course.instructor.settling import former
from attention_course.instructor.settling.asked import as_released, asked_in, credit_in
from attention_course.instructor.settling.settle import KEPT as KEPT_SENTENCE
from attention_course.instructor.settling.settle import TOLD, settle
from attention_course.instructor.source import facts
from attention_course.page import totals
from attention_course.page.static_html import FACTS_MIME

ALL = Credit()


def shares(now: Choice, then: Choice | None, rule: Credit = ALL) -> dict[str, float]:
    """Return what each of the six gets."""
    given = {}
    for student, letters in ATTEMPTS.items():
        got = rule.share(now, letters[-1], len(letters))
        given[student] = settle(now, then, records(letters), rule, got).share
    return given


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        (None, {"kim": 1, "lee": 1, "moe": 0, "nan": 1, "oli": 1, "pat": 1}),
        ("any", {"kim": 1, "lee": 1, "moe": 1, "nan": 1, "oli": 1, "pat": 1}),
        ("full", dict.fromkeys(ATTEMPTS, 1)),
        ("nothing", dict.fromkeys(ATTEMPTS, 0)),
        ("told", {"kim": 1, "lee": 1, "moe": 0, "nan": 0, "oli": 0, "pat": 1}),
        ("key", {"kim": 0, "lee": 0, "moe": 0, "nan": 1, "oli": 1, "pat": 0}),
    ],
)
def test_each_way_to_settle_a_wrong_key_gives_what_it_says(settled: str | None, expected: dict[str, float]) -> None:
    more = {"settled": {settled: "Our key was wrong."}} if settled else {}
    assert shares(question("C", **more), question("B")) == expected


def test_case_key_fixed_last_attempt_who_was_told_right_and_stopped_keeps_the_point() -> None:
    outcome = settle(question("C"), question("B"), records("CB"), Credit(), 0.0)
    assert (outcome.share, outcome.cause) == (1, TOLD)
    assert outcome.said == (
        "What is right here was changed after you had answered. Your notebook said then: attempt 1: ✗ Not right; "
        "attempt 2: ✓ Right.",
        KEPT_SENTENCE,
    )


def test_what_was_told_at_a_later_attempt_is_kept_with_that_attempts_credit() -> None:
    rule = Credit((1, 0.5, 0.25))
    assert shares(question("C"), question("B"), rule) == {
        "kim": 0.5, "lee": 1, "moe": 0, "nan": 1, "oli": 0.25, "pat": 0.25,
    }  # fmt: skip
    assert shares(question("C", settled={"any": "…"}), question("B"), rule)["moe"] == 1


def test_another_answer_that_is_accepted_beside_the_key_takes_nothing_from_anybody() -> None:
    now = question("B")
    now.also = [{"C"}]
    assert shares(now, question("B")) == {"kim": 1, "lee": 1, "moe": 0, "nan": 1, "oli": 1, "pat": 1}


def test_who_answered_nothing_gets_full_credit_only_where_all_do() -> None:
    nothing = Record()
    assert settle(question("C"), question("B"), nothing, Credit(), 0.0).share == 0
    assert settle(question("C", settled={"any": "why"}), question("B"), nothing, Credit(), 0.0).share == 0
    assert settle(question("C", settled={"full": "why"}), question("B"), nothing, Credit(), 0.0).share == 1


def test_an_option_that_was_right_and_is_gone_is_still_what_was_told() -> None:
    now = question("C")
    now.options = [option for option in now.options if option.id != "B"]
    assert settle(now, question("B"), records("B"), Credit(), 0.0).share == 1


@pytest.mark.parametrize(
    ("settled", "sentence"),
    [
        ({"half": "why"}, "settled knows 'any', 'full', 'nothing', 'told', 'key', not 'half'"),
        ({"full": ""}, "settled needs a reason for 'full', a sentence for students"),
        ("full", "settled is one kind with its reason"),
        ({"full": "a", "key": "b"}, "settled is one kind with its reason"),
    ],
)
def test_a_settlement_of_an_unknown_kind_is_refused_in_one_sentence(settled: Any, sentence: str) -> None:
    with pytest.raises(QuestionError, match=f"Question 'purpose': {sentence}"):
        Choice("purpose", "easy", prompt="?", options=["a", "b"], settled=settled)


def test_what_nobody_judges_can_be_given_to_all_or_to_nobody() -> None:
    with pytest.raises(QuestionError, match="settled knows 'full' and 'nothing' for this kind of question, not 'any'"):
        Explain("say", "easy", prompt="?", settled={"any": "why"})


def test_an_alias_is_a_name_and_another_one() -> None:
    for alias in ("No Name", "purpose"):
        with pytest.raises(QuestionError, match="formerly is"):
            Choice("purpose", "easy", prompt="?", options=["a", "b"], formerly=alias)


def test_a_lessons_rule_of_credit_is_read_without_running_it() -> None:
    assert credit_in(["import torch", 'lesson = Lesson("practice", credit=[1, 0.5], partial=True)']) == Credit(
        (1, 0.5), True
    )
    assert credit_in(['lesson = Lesson("practice")']) == Credit()


# ---- what is known of former versions, and the steps of grading


def known(*sources: str) -> KnownCells:
    about = {"grade": True, "grade_id": "purpose", "locked": True, "points": 1.0, "solution": False}
    setup = {"grade": False, "grade_id": "setup", "locked": True, "solution": False}
    cells = KnownCells(setup=KnownCell("code", 'lesson = Lesson("practice")', True, setup))
    for text in sources:
        name = next(iter(asked_in([text])))
        points = 0.0 if '"nothing"' in text else 1.0
        cells[name] = KnownCell("code", text, True, {**about, "grade_id": name, "points": points})
    return cells


def graded(root: Path, now: str, held: str, letters: str, score: str = "0") -> Any:
    """Return the graded notebook of a student whose notebook holds another version of the question."""
    resources: dict[str, Any] = {"nbgrader": {"notebook": "practice", "assignment": "practice", "student": "kim"}}
    resources["nbgrader"][KEPT] = cells = known(now)
    resources["nbgrader"][CHANGED] = of_lesson(cells, root, "practice")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(as_released(held))])
    name = next(iter(asked_in([held])))
    record.write(nb, "practice", {name: records(letters)})
    nb, _ = CollectAnswers()(nb, resources)
    facts = nbformat.v4.new_output("display_data", data={FACTS_MIME: {"outcome": "wrong", "share": 0.0}})
    result = nbformat.v4.new_output("execute_result", data={"text/plain": score}, execution_count=1)
    name = next(name for name in cells if name != "setup")
    metadata = {"nbgrader": dict(cells[name].metadata)}
    nb.cells = [nbformat.v4.new_code_cell(now, metadata=metadata, outputs=[facts, result])]
    return SettleScores()(nb, resources)[0]


def score_of(nb: Any) -> float:
    return determine_grade(nb.cells[0], logging.getLogger())[0]


def test_the_version_that_the_notebook_holds_says_what_it_told(tmp_path: Path) -> None:
    """It was D, then B, and C is right: B was told to be right only in a notebook of the second version."""
    former.add(tmp_path, "practice", {"purpose": as_released(source("D"))}, "2026-03-01T00:00:00+00:00")
    former.add(tmp_path, "practice", {"purpose": as_released(source("B"))}, "2026-03-02T00:00:00+00:00")
    assert score_of(graded(tmp_path, source("C"), source("B"), "B")) == 1
    assert score_of(graded(tmp_path, source("C"), source("D"), "B")) == 0
    assert score_of(graded(tmp_path, source("C"), source("D"), "D")) == 1
    assert score_of(graded(tmp_path, source("C"), source("C"), "B")) == 0  # a notebook of today told them it is wrong


def test_a_key_that_a_student_has_sealed_is_not_believed(tmp_path: Path) -> None:
    former.add(tmp_path, "practice", {"purpose": as_released(source("B"))}, "2026-03-02T00:00:00+00:00")
    assert score_of(graded(tmp_path, source("C"), source("A"), "A")) == 0


def test_what_came_of_it_is_noted_for_the_feedback_page(tmp_path: Path) -> None:
    former.add(tmp_path, "practice", {"purpose": as_released(source("B"))}, "2026-03-02T00:00:00+00:00")
    nb = graded(tmp_path, source("C"), source("B"), "CB")
    assert nb.metadata[record.METADATA_KEY][SETTLED]["purpose"]["cause"] == TOLD
    assert [output.output_type for output in nb.cells[0].outputs] == ["display_data", "execute_result"]


def test_a_question_that_gives_nothing_scores_nothing_of_nothing(tmp_path: Path) -> None:
    nb = graded(tmp_path, source("C", settled={"nothing": "Two answers are right."}), source("C"), "C", score="1")
    assert score_of(nb) == 0
    said = nb.metadata[record.METADATA_KEY][SETTLED]["purpose"]["said"]
    assert said == ["Two answers are right. It gives no points to anybody, and the totals follow."]


def test_answers_under_an_old_name_are_those_of_the_question_that_had_it(tmp_path: Path) -> None:
    now = source("C", formerly="purpose").replace('"purpose", "easy"', '"aim", "easy"')
    former.add(tmp_path, "practice", {"purpose": as_released(source("B"))}, "2026-03-02T00:00:00+00:00")
    nb = graded(tmp_path, now, source("B"), "B")
    assert score_of(nb) == 1
    assert list(nb.metadata[record.METADATA_KEY]["answers"]) == ["aim"]


def test_where_nothing_was_changed_nothing_is_looked_at(tmp_path: Path) -> None:
    nb = graded(tmp_path, source("C"), source("C"), "C", score="1")
    assert score_of(nb) == 1
    assert SETTLED not in nb.metadata[record.METADATA_KEY]


def test_a_version_is_noted_once(tmp_path: Path) -> None:
    for moment in ("2026-03-01T00:00:00+00:00", "2026-03-02T00:00:00+00:00"):
        former.add(tmp_path, "practice", {"purpose": as_released(source("B"))}, moment)
    (asked,) = former.read(tmp_path, "practice")["purpose"]
    assert asked.question is not None
    assert asked.question.key == ["B"]
    assert 'key="B"' not in former.path_of(tmp_path, "practice").read_text(encoding="utf-8")


def test_a_damaged_file_of_former_versions_stops_the_run(tmp_path: Path) -> None:
    path = former.path_of(tmp_path, "practice")
    path.parent.mkdir()
    path.write_text('{"former": 3', encoding="utf-8")
    with pytest.raises(CourseFailure, match=r"practice\.json is damaged"):
        former.read(tmp_path, "practice")


def test_feedback_colours_what_is_settled_neither_as_right_nor_as_wrong() -> None:
    about = {"anchor": "q", "title": "Q", "facts": {"outcome": "wrong"}, "by_hand": False, "comment": "", "source": ""}
    settled = GradedCell(1, 1, **about, settled=["The key was wrong."])
    assert (settled.mark, settled.css) == ("● Settled", "")
    wrong = GradedCell(0, 1, **about, settled=["The key was wrong."])
    assert (wrong.mark, wrong.css) == ("✗ Not right", "wrong")


# ---- what a notebook says of it


def test_the_page_of_a_question_says_what_it_gives_where_that_is_settled() -> None:
    dropped = Answer(question("C", settled={"nothing": "Two answers are right."}), records("B"))
    assert (dropped.worth, dropped.given, dropped.question.gives_at_most) == ("it gives no points to anybody", 0, 0)
    assert dropped.points(1) == 0  # its hidden tests are as they were
    for_all = Answer(question("C", settled={"full": "Two answers are right."}), records("B"))
    assert (for_all.worth, for_all.given) == ("everybody gets all of its points", 1)
    assert Answer(question("C", settled={"any": "Our key was wrong."}), records("B")).worth == ""


def test_a_lessons_totals_leave_out_what_is_dropped() -> None:
    dropped = Answer(question("C", settled={"nothing": "Two answers are right."}), records("C"))
    right = Answer(question("C"), records("C"))
    assert totals.points([right, dropped]) == ", 1 of 1 points"


def test_what_is_dropped_counts_nothing_in_what_a_lesson_says_of_itself() -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "*Practice · ten minutes · one point*\n\n## One"}]
    for name, more in (("purpose", {}), ("dropped", {"settled": {"nothing": "Two are right."}})):
        text = source("C", **more).replace('"purpose"', f'"{name}"')
        about = {"nbgrader": {"grade": True, "grade_id": name, "points": 1}}
        cells.append({"cell_type": "code", "metadata": about, "source": text})
    (section,) = facts.of_lesson({"cells": cells}, "practice")["sections"]
    assert section["questions"] == {"purpose": 1, "dropped": 0}
