"""Credit by attempts and by blanks: the same points in the notebook, the graded cell and the gradebook."""

import json
import re
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import LESSON, NOTEBOOK, PAGE
from nbformat.v4 import new_code_cell, new_output

from attention_course import Blanks, Choice, Lesson
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import LessonError, PartlyRight
from attention_course.exercises.credit import Credit, rule
from attention_course.instructor.demo.students import MadeUpStudent
from attention_course.instructor.grading.require_score import RequireScore
from attention_course.page import summary
from attention_course.page.static_html import FACTS_MIME

AT = "2026-03-01T09:41:00+01:00"
BY_ATTEMPT = rule([1, 0.75, 0.5])


def answer(credit: Credit, *fillings: tuple[str, str], key: Any = ("a", "b")) -> Answer:
    question = Blanks(
        "q", "easy", prompt="?", program="x = [1], [2]", options=["'a'", "'b'"], key=[f"'{k}'" for k in key]
    )
    attempts = tuple(Attempt(tuple(f"'{pick}'" for pick in filling), AT) for filling in fillings)
    return Answer(question, Record(attempts, len(attempts)), credit=credit)


WRONG, PARTLY, RIGHT = ("b", "a"), ("a", "a"), ("a", "b")


@pytest.mark.parametrize(
    ("credit", "fillings", "points"),
    [
        (Credit(), [WRONG, WRONG, RIGHT], 1),
        (Credit(), [PARTLY], 0),
        (BY_ATTEMPT, [RIGHT], 1),
        (BY_ATTEMPT, [WRONG, RIGHT], 0.75),
        (BY_ATTEMPT, [WRONG, PARTLY, RIGHT], 0.5),
        (BY_ATTEMPT, [PARTLY, PARTLY, PARTLY], 0),
        (rule(partial=True), [WRONG], 0),
        (rule(partial=True), [PARTLY], 0.5),
        (rule(partial=True), [RIGHT, PARTLY], 0.5),
        (rule(partial=True), [WRONG, RIGHT], 1),
        (rule([1, 0.75, 0.5], True), [WRONG, PARTLY], 0.38),
        (rule([1, 0, 0]), [WRONG, RIGHT], 0),
    ],
)
def test_an_answer_gives_the_share_that_the_lesson_says(credit: Credit, fillings: Any, points: float) -> None:
    assert answer(credit, *fillings).points(1) == points


def test_without_a_rule_points_are_the_whole_numbers_they_were() -> None:
    assert repr(answer(Credit(), RIGHT).points(1)) == "1"
    assert repr(answer(Credit(), WRONG).points(1)) == "0"


def test_a_choice_is_never_partly_right() -> None:
    choice = Choice("q", "easy", prompt="?", options=["x", "y"], key="A")
    given = Answer(choice, Record((Attempt(("B",), AT),), 1), credit=rule(partial=True))
    assert given.points(1) == 0


def test_what_nobody_answered_or_what_cannot_be_judged_gives_nothing() -> None:
    assert answer(rule([1], True)).points(1) == 0
    held_back = Blanks("q", "easy", prompt="?", program="x = [1], [2]", options=["'a'", "'b'"])
    assert Answer(held_back, Record((Attempt(("'a'", "'b'"), AT),), 1), credit=rule(partial=True)).points(1) == 0


@pytest.mark.parametrize(
    ("credit", "fillings", "worth"),
    [
        (Credit(), [], ""),
        (Credit(), [RIGHT], ""),
        (rule([1, 1, 1]), [], ""),
        (BY_ATTEMPT, [], "a right answer now gives 100% of the points"),
        (BY_ATTEMPT, [WRONG], "a right answer now gives 75% of the points"),
        (BY_ATTEMPT, [PARTLY, WRONG], "a right answer now gives 50% of the points"),
        (BY_ATTEMPT, [WRONG, RIGHT], "this answer gives 75% of the points"),
        (BY_ATTEMPT, [WRONG, WRONG, PARTLY], "this answer gives no points"),
        (rule([1, 0, 0]), [WRONG], "a right answer now gives no points"),
        (rule([0.5, 0.5, 0.5]), [], "a right answer now gives 50% of the points"),
        (rule([1, 2 / 3, 1 / 3]), [WRONG], "a right answer now gives 66.7% of the points"),
        (rule(partial=True), [], "each right blank counts"),
        (rule(partial=True), [WRONG, PARTLY], "each right blank counts"),
        (rule(partial=True), [WRONG, WRONG, PARTLY], "this answer gives 50% of the points"),
        (rule([1, 0.75, 0.5], True), [WRONG], "a right answer now gives 75% of the points · each right blank counts"),
        (rule([1, 0.75, 0.5], True), [WRONG, WRONG, PARTLY], "this answer gives 25% of the points"),
    ],
)
def test_what_the_next_answer_is_worth_is_said_where_a_rule_changes_it(
    credit: Credit, fillings: Any, worth: str
) -> None:
    assert answer(credit, *fillings).worth == worth


def test_of_a_question_with_one_blank_or_one_attempt_only_what_applies_is_said() -> None:
    choice = Choice("q", "easy", prompt="?", options=["x", "y"], key="A", attempts=1)
    assert Answer(choice, credit=rule([1, 0.75], True)).worth == ""


def test_with_the_key_held_back_it_is_said_what_an_answer_gives_if_it_is_right() -> None:
    held_back = Choice("q", "easy", prompt="?", options=["x", "y"], attempts=2)
    given = Answer(held_back, credit=rule([1, 0.75]))
    given.check(["B"])
    assert given.worth == "a right answer now gives 75% of the points"
    given.check(["A"])
    assert given.worth == "if it is right, this answer gives 75% of the points"


def test_the_tests_of_the_right_answer_end_where_it_is_partly_right() -> None:
    with pytest.raises(PartlyRight, match=r"^Some blanks are right: the answer gives its share of the points\.$"):
        answer(rule(partial=True), PARTLY).run()
    for filling in WRONG, RIGHT:
        assert answer(rule(partial=True), filling).run()["x"] == filling
    assert answer(Credit(), PARTLY).run()["x"] == PARTLY


@pytest.mark.parametrize(
    ("credit", "sentence"),
    [
        (1, "credit is a list of numbers"),
        ([], "credit is a list of numbers"),
        ([1, "half"], "credit has numbers from 0 to 1, not 'half'"),
        ([1, float("nan")], "credit has numbers from 0 to 1, not nan"),
        ([True], "credit has numbers from 0 to 1, not True"),
        ([2, 1], "credit has numbers from 0 to 1, not 2"),
        ([1, -0.5], "credit has numbers from 0 to 1, not -0.5"),
        ([0.5, 1], "credit never rises"),
        ([0, 0], "credit begins with more than 0"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_a_sentence(credit: Any, sentence: str) -> None:
    with pytest.raises(LessonError, match=sentence):
        Lesson("small", credit=credit)


def test_partial_is_yes_or_no() -> None:
    with pytest.raises(LessonError, match=r"partial is True or False, not 0\.5"):
        Lesson("small", partial=0.5)  # type: ignore[arg-type]


def test_a_rule_covers_every_attempt_that_a_question_allows() -> None:
    question = Blanks("q", "easy", prompt="?", program="x = [1]", options=["1", "2"], key=["1"])
    with pytest.raises(LessonError, match="allows 3 attempts, but credit has 2 numbers: give one for each attempt"):
        Lesson("small", credit=[1, 0.5]).ask(question)


def test_the_summary_counts_the_points_and_says_the_rule() -> None:
    text = summary.as_text([answer(rule([1, 0.75, 0.5], True), WRONG, RIGHT), answer(BY_ATTEMPT)], "")
    assert text.startswith(
        "1 of 2 right, 0.75 of 2 points. An answer gives 100% at attempt 1, 75% at attempt 2, 50% at attempt 3"
    )
    assert summary.as_text([answer(Credit(), WRONG, RIGHT)], "").startswith("1 of 1 right\n")


def scored(error: str, shares: list[Any], source: str = "lesson.ask(\n### BEGIN KEY\n", evalue: str = "…") -> list[Any]:
    """Return the scores that are left in a cell that showed these shares and then raised an error."""
    shown = [new_output("display_data", {FACTS_MIME: {"share": share}}) for share in shares]
    cell = new_code_cell(source, outputs=[*shown, new_output("error", ename=error, evalue=evalue, traceback=["…"])])
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 2, "grade_id": "q", "locked": True}
    RequireScore().preprocess_cell(cell, {}, 0)
    return [output.data["text/plain"] for output in cell.outputs if output.output_type == "execute_result"]


def test_a_partly_right_answer_scores_its_share_of_the_cell_s_points() -> None:
    assert scored("PartlyRight", [0.5]) == ["1.0"]
    assert scored("PartlyRight", [1 / 3]) == ["0.67"]


@pytest.mark.parametrize(
    ("error", "shares", "source"),
    [
        ("AssertionError", [0.5], "### BEGIN KEY"),
        ("PartlyRight", [1], "### BEGIN KEY"),
        ("PartlyRight", [float("nan")], "### BEGIN KEY"),
        ("PartlyRight", [-0.5], "### BEGIN KEY"),
        ("PartlyRight", ["0.5"], "### BEGIN KEY"),
        ("PartlyRight", [True], "### BEGIN KEY"),
        ("PartlyRight", [], "### BEGIN KEY"),
        ("PartlyRight", [0.5, 0.9], "### BEGIN KEY"),
        ("PartlyRight", [0.5], "assert student_function() == 1"),
    ],
)
def test_nothing_else_that_is_raised_gives_points(error: str, shares: list[Any], source: str) -> None:
    assert scored(error, shares, source) == []


@pytest.mark.parametrize("text", ["0.5 of the points", "0.5 of the points: some blanks are right.", "0.5", "1"])
def test_no_text_that_is_raised_is_taken_for_a_share(text: str) -> None:
    assert scored("PartlyRight", [], evalue=text) == []


def test_the_class_gets_the_points_that_the_lesson_gives(tmp_path: Path) -> None:
    course = classroom.make_course(tmp_path / "course")
    path = course / f"source/{NOTEBOOK}"
    text = path.read_text(encoding="utf-8")
    asked_for = json.dumps(f'Lesson("{LESSON}", credit=[1, 0.75, 0.5], partial=True)')[1:-1]
    text, count = re.subn(rf'Lesson\(\\"{LESSON}\\"[^)]*\)', lambda _: asked_for, text)  # whatever its rule is
    assert count == 1
    path.write_text(text, encoding="utf-8")
    classroom.nbgrader(course, "generate_assignment", LESSON)
    attempts = {
        "attention-scores": [["query"], ["key"]],
        "purpose": [["larger-input"], ["fewer-layers"], ["focus"]],
        "weighted-sum": [["values"]],
        "scaled-weights": [["64", "softmax"]],
        "multi-head-output": [["x", "x", "x"], ["embed_dim", "concat_heads", "embed_dim"]],
        "why-scale": [["gradients"]],
    }
    classroom.hand_in(course, "ada", attempts)
    classroom.nbgrader(course, "autograde", LESSON)
    got = {name: score for name, score in classroom.scores(course)["ada"].items() if name in attempts}
    assert got == {
        "attention-scores": 0.75,
        "purpose": 0.5,
        "weighted-sum": 0,
        "scaled-weights": 0.5,
        "multi-head-output": 0.5,
        "why-scale": 1,
    }
    classroom.nbgrader(course, "generate_feedback", LESSON)
    page = (course / f"feedback/ada/{PAGE}").read_text(encoding="utf-8")
    assert "0.75" in page
    assert "did not pass the test" not in page.split("Task 4")[-1].split("Task 5")[0]


def test_the_made_up_class_is_expected_to_get_what_the_lesson_gives() -> None:
    student = MadeUpStudent("someone", "Some", "One", "R WR WWR WWW -")
    assert student.expected_with(BY_ATTEMPT) == [1, 0.75, 0.5, 0, 0]
    assert student.expected == [1, 1, 1, 0, 0]
