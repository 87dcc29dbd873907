"""Code that is handed in, before and after it runs: which text counts, what its tests give, what is nobody's zero."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import written_lesson
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from attention_course import Write
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import CourseFailure, NoSandbox, QuestionError, StudentError
from attention_course.exercises.question import Outcome
from attention_course.instructor.feedback.feedback_page import FACTS_MIME
from attention_course.instructor.grading import passed_tests, written_answers
from attention_course.instructor.grading.keep_scores import ungraded
from attention_course.instructor.grading.known_cells import KnownCell, KnownCells
from attention_course.instructor.grading.require_score import RequireScore
from attention_course.instructor.sandbox import offer
from attention_course.lesson import Lesson
from attention_course.student_code.workshop import VARIABLE, AtGrading, Home

AT = "2026-03-01T09:41:00+01:00"
KEY = "def twice(x):\n    return 2 * x"
STARTER = 'def twice(x):\n    """Twice."""\n    raise NotImplementedError("your code takes the place of this line")'


def code_answer(text: str = KEY, **changes: Any) -> CodeAnswer:
    arguments = {"prompt": "Double.", "defines": ["twice"], "key": KEY, "points": 3, **changes}
    answer = CodeAnswer(Write("twice", "easy", **arguments), Record((Attempt((text,), AT),), 1) if text else None)

    @answer.test("of two", points=1, why="Twice two is four.")
    def of_two(student: Any) -> None:
        assert student.twice(2) == 4

    @answer.test("of a text", points=2, why="Twice a text is the text two times.")
    def of_a_text(student: Any, right: Any) -> None:
        assert student.twice("ab").upper() == right.twice("ab").upper()

    return answer


# ---- points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (KEY, 3),
        ("def twice(x):\n    return x + 2", 1),
        ("def twice(x):\n    return 2 * x if x != 2 else 5", 2),
        ("", 0),
    ],
)
def test_points_are_those_of_the_tests_that_passed(text: str, points: float) -> None:
    assert code_answer(text).points(3) == points


def test_a_whole_score_is_the_very_number_that_the_question_is_worth() -> None:
    assert repr(code_answer().points(3)) == "3"
    assert repr(code_answer(points=2.5).points(2.5)) == "2.5"


def test_points_that_the_question_is_not_worth_are_refused() -> None:
    with pytest.raises(QuestionError, match=r"its hidden tests end in answer\.points\(1\), but it is worth 3"):
        code_answer().points(1)


def test_what_an_answer_returns_may_trip_a_test_and_that_is_its_own_failure() -> None:
    answer = code_answer("def twice(x):\n    return 4")
    assert answer.points(3) == 1
    assert answer.ungraded == ""
    assert answer.tested is not None
    assert answer.tested[1].stumbled == "AttributeError: 'int' object has no attribute 'upper'"
    assert "stumbled" not in answer.tested[1].to_json()


def test_a_test_that_trips_over_the_key_too_is_the_course_s_failure() -> None:
    answer = code_answer()

    @answer.test("of two", points=1, why="Twice two is four.")
    def of_two(student: Any) -> None:
        assert student.twice(2) / 0

    answer.points(3)
    assert answer.ungraded == (
        "could not be graded: its test 'of two' ends in an error of its own, with the key, too (ZeroDivisionError: "
        "division by zero), so mend the test."
    )


def test_what_the_sandbox_forbids_leaves_an_answer_ungraded() -> None:
    answer = code_answer()

    @answer.test("of two", points=1, why="Twice two is four.")
    def of_two(student: Any) -> None:
        raise StudentError("OSError", "this cannot be graded here, because …", cause="refused")

    assert answer.points(3) == 2
    assert answer.ungraded == "could not be graded: in the test 'of two' this cannot be graded here, because …."
    assert answer.outcome is Outcome.UNGRADED
    assert not answer.is_good


def test_tests_draw_the_same_numbers_each_time_and_disturb_nobody_s() -> None:
    torch = pytest.importorskip("torch")
    drawn = []
    answer = code_answer()

    @answer.test("of two", points=1, why="Twice two is four.")
    def of_two(student: Any) -> None:
        drawn.append(torch.rand(1).item())

    torch.manual_seed(7)
    expected = torch.rand(2)[1].item()
    torch.manual_seed(7)
    torch.rand(1)
    answer.points(3)
    assert torch.rand(1).item() == expected
    answer.points(3)
    assert drawn[0] == drawn[1]


def test_at_grading_nothing_runs_where_the_grader_has_named_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    answer = code_answer()
    answer.workshop = AtGrading()
    with pytest.raises(NoSandbox, match="whoever grades has opened no sandbox"):
        answer.points(3)
    monkeypatch.setenv(VARIABLE, f"{Home.__module__}:{Home.__name__}")
    assert answer.points(3) == 3


def test_that_there_is_no_lock_is_told_by_a_worker_elsewhere_as_it_is_told_here() -> None:
    error = pickle.loads(pickle.dumps(NoSandbox("Student-written code is not run here: this is no Linux.")))
    assert isinstance(error, CourseFailure)
    assert str(error) == "Student-written code is not run here: this is no Linux."


def test_a_lesson_at_grading_hands_out_answers_that_run_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.chdir(tmp_path)
    answer = Lesson("small").ask(Write("twice", "easy", prompt="Double.", defines=["twice"], key=KEY))
    assert isinstance(answer, CodeAnswer)
    assert isinstance(answer.workshop, AtGrading)


def test_a_later_task_uses_its_own_earlier_code_where_that_passed_the_hidden_tests() -> None:
    mine = "def twice(x):\n    return x + x"
    first = code_answer(mine)
    later = CodeAnswer(Write("four", "easy", prompt="Four.", defines=["four"], uses=["twice"]), None)
    later.others = {"twice": first}.get
    first.points(3)
    assert later.before() == [mine]
    first = code_answer("def twice(x):\n    return x + 2")
    later.others = {"twice": first}.get
    first.points(3)
    assert first.outcome is Outcome.WRONG
    assert later.before() == [KEY]


# ---- which text counts


def known() -> KnownCells:
    return KnownCells(
        {
            name: KnownCell("code", STARTER if name == "shares-code" else source, about["locked"], {"grade": False})
            for name, source, about in written_lesson.cells()
        }
    )


def collected(*cells: Any, record: Record | None = None) -> Any:
    asked = next(each for each in written_answers.written_questions(known()) if each.name == "shares")
    return written_answers.found_for(asked, written_answers.code_cells(cells, known()), record)


def marked(source: str, name: str = "shares-code") -> Any:
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": name}})


def test_every_question_that_is_answered_with_code_is_known_with_what_it_defines() -> None:
    asked = [(each.name, each.defines) for each in written_answers.written_questions(known())]
    assert asked == [("shares", ("shares",)), ("mix", ("Mix",))]


@pytest.mark.parametrize(
    ("cells", "text", "remark"),
    [
        ([marked("def shares(): 1")], "def shares(): 1", ""),
        ([new_code_cell("def shares(): 1")], "def shares(): 1", "found in another cell"),
        ([marked(""), new_code_cell("def shares(): 1")], "def shares(): 1", "found in another cell"),
        (
            [marked("def shares(): 1"), new_code_cell("def shares(): 2")],
            "def shares(): 1",
            "the one above the question",
        ),
        ([new_markdown_cell("def shares(): 1")], None, ""),
        ([marked("def shares(): 1", "setup")], None, ""),  # what calls itself a cell of the instructor's
        ([new_code_cell("def shares(): 1", metadata={"nbgrader": [1]})], "def shares(): 1", "found in another cell"),
        ([marked(STARTER)], None, ""),
        ([], None, ""),
    ],
)
def test_the_cell_that_is_meant_counts_else_the_last_that_defines_the_name(cells: Any, text: str, remark: str) -> None:
    found = collected(*cells)
    assert (found.text if found else None) == text
    assert remark in (found.remark if found else "")


def test_without_any_cell_what_was_checked_last_counts() -> None:
    assert collected(record=Record((Attempt(("def shares(): 3",), AT),), 1)).text == "def shares(): 3"


def test_the_text_of_the_cell_takes_the_place_of_what_was_checked_and_is_no_further_attempt() -> None:
    kept = Record((Attempt(("a",), AT), Attempt(("b",), AT, {"examples": (True,)})), 2)
    assert written_answers.with_text(kept, "b") is kept
    made = written_answers.with_text(kept, "c")
    assert [attempt.picks for attempt in made.attempts] == [("a",), ("c",)]
    assert (made.tried, made.attempts[-1].result, made.revision) == (2, {}, 3)
    assert written_answers.with_text(None, "c").attempts[0].picks == ("c",)


def test_a_text_that_is_far_too_long_is_said_and_stays_out_of_the_record() -> None:
    asked = next(written_answers.written_questions(known()))
    assert written_answers.problem_with(asked, "x = 1") == ""
    assert "has 40,002 bytes where 30,000 are allowed" in written_answers.problem_with(asked, "x" * 40_000)


# ---- what a cell ended in


def graded_cell(*outputs: Any, source: str = "answer = lesson.ask(Write('a', sealed='…'))\n### BEGIN KEY") -> Any:
    about = {"grade": True, "grade_id": "a", "locked": True, "points": 3, "schema_version": 3, "solution": False}
    return new_code_cell(source, metadata={"nbgrader": about}, outputs=list(outputs))


def shown(**facts: Any) -> Any:
    return new_output("display_data", {FACTS_MIME: facts})


@pytest.mark.parametrize("name", ["NoSandbox", "QuestionError", "NameError"])
def test_an_error_in_the_cell_of_such_a_question_is_the_course_s_and_stops_the_run(name: str) -> None:
    cell = graded_cell(new_output("error", ename=name, evalue="…", traceback=[]))
    with pytest.raises(CourseFailure, match=r"^a could not be graded\. "):
        RequireScore().preprocess_cell(cell, {"nbgrader": {"student": "ada"}}, 0)


def test_a_cell_that_took_too_long_costs_its_points_alone() -> None:
    cell = graded_cell(new_output("error", ename="CellTimeoutError", evalue="…", traceback=[]))
    RequireScore().preprocess_cell(cell, {"nbgrader": {"student": "ada"}}, 0)
    assert cell.outputs[0].output_type == "error"


def test_why_an_answer_is_ungraded_is_read_from_what_its_question_has_shown() -> None:
    assert ungraded(graded_cell(shown(ungraded="could not be graded: …"))) == "could not be graded: …"
    assert ungraded(graded_cell(shown(ungraded=""))) == ""
    assert ungraded(new_code_cell("x")) == ""


def test_which_tests_were_passed_stays_in_the_graded_notebook() -> None:
    nb = new_notebook(metadata={"attention_course": {}})
    nb.cells = [graded_cell(shown(tested=[{"name": "of two", "passed": True}, {"name": "more", "passed": False}]))]
    passed_tests.note(nb)
    assert passed_tests.noted(nb) == {"a": (("of two", True), ("more", False))}
    assert passed_tests.noted(new_notebook()) == {}
    assert passed_tests.ungraded(nb) == set()
    nb.cells = [graded_cell(shown(tested=[{"name": "of two", "passed": False}], ungraded="could not be graded: …"))]
    passed_tests.note(nb)
    assert passed_tests.ungraded(nb) == {"a"}


def test_a_sandbox_is_needed_where_a_cell_of_the_instructor_s_asks_for_code_alone() -> None:
    assert offer.is_needed(new_notebook(cells=[graded_cell()]))
    assert not offer.is_needed(new_notebook(cells=[new_code_cell("Write('a')"), graded_cell(source="Blanks('a')")]))
