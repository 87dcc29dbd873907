"""A question that is answered with code, released: where its solution, its tests and its wrong answers go."""

import ast
import json
from pathlib import Path
from typing import Any

import classroom
import pytest
import written_lesson

from attention_course.errors import QuestionError
from attention_course.exercises import seal
from attention_course.exercises.write import Write
from attention_course.instructor.release.guard_questions import guarded
from attention_course.instructor.release.match_points import MatchPoints
from attention_course.instructor.release.seal_keys import sealed
from attention_course.instructor.release.take_solutions import reference_in, with_key
from attention_course.instructor.release.write_starters import WriteStarters


@pytest.fixture(scope="module")
def course(shared: Any) -> Path:
    return shared("written", written_lesson.make)


def source_of(notebook: dict[str, Any], name: str) -> str:
    return "".join(classroom.cell(notebook, name)["source"])


def released(course: Path) -> dict[str, Any]:
    return classroom.read(course / "release" / written_lesson.FILE)


def test_no_solution_no_wrong_solution_and_no_hidden_test_is_released_in_plain_sight(course: Path) -> None:
    text = (course / "release" / written_lesson.FILE).read_text(encoding="utf-8")
    for secret in (
        "masked_fill",
        "self.scale * scores",
        "secret_of_the_hidden_test",
        "softmax as it is",
        "fill with 0",
    ):
        assert secret not in text
    assert "BEGIN SOLUTION" not in text
    stub = 'raise NotImplementedError("your code takes the place of this line")'
    assert source_of(released(course), "shares-code").endswith(f"    {stub}")


def test_key_and_solution_are_sealed_and_wrong_answers_are_nowhere(course: Path) -> None:
    source = source_of(released(course), "shares")
    sealed = source.split('sealed="')[1].split('"')[0]
    hidden = seal.unseal(sealed, "shares")
    assert hidden.keys() == {"key", "solution"}
    assert hidden["key"] == written_lesson.key_of("shares")
    assert "@answer.check(" in source
    assert "starter=" in source


@pytest.mark.parametrize(("keep", "held"), [(True, {"key", "given"}), (False, {"given"})])
def test_given_code_that_gives_another_task_away_is_sealed_and_there_also_where_keys_are_held_back(
    keep: bool, held: set[str]
) -> None:
    asked = """answer = lesson.ask(Write(
    "model", "hard", prompt="?", defines=["model"],
    ### BEGIN KEY
    key="def model(x):\\n    return rope(x)",
    given="def rope(x):\\n    return -x",
    ### END KEY
))"""
    source = sealed(asked, keep=keep)
    assert "rope" not in source
    hidden = seal.unseal(source.split('sealed="')[1].split('"')[0], "model")
    assert hidden.keys() == held
    question = Write("model", "hard", prompt="?", defines=["model"], sealed=seal.seal(hidden))
    assert (question.given, question.judged) == ("def rope(x):\n    return -x", keep)


def test_the_prompt_stands_above_the_cell_for_the_answer_which_is_not_folded(course: Path) -> None:
    cells = released(course)["cells"]
    ids = [cell["id"] for cell in cells]
    assert ids.index("shares-prompt") < ids.index("shares-code") < ids.index("shares")
    assert "jupyter" not in classroom.cell(released(course), "shares-code")["metadata"]


def test_a_question_whose_lesson_is_not_there_says_so_and_no_check_fails(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(source_of(released(course), "shares"), {})
    assert capsys.readouterr().out.startswith("Run all cells, the first one first")


def test_a_guard_where_nothing_is_registered_is_as_before() -> None:
    assert "NotAsked" not in guarded("answer = lesson.ask(Blanks('a'))")


def test_a_question_without_a_solution_to_take_is_refused() -> None:
    with pytest.raises(
        QuestionError, match=r"a cell of its own, which the Create Assignment panel calls 'shares-code'"
    ):
        with_key(written_lesson.SHARES, "shares", "def shares(): pass")


def test_an_author_s_own_key_stays() -> None:
    source = written_lesson.SHARES.replace("    solution=", '    key="def shares(): pass",\n    solution=')
    assert with_key(source, "shares", None) == source


def test_the_reference_keeps_what_stands_around_the_region_and_any_signs_in_it() -> None:
    cell = "a = 1\n### BEGIN SOLUTION\nb = \"\\\\ ''' \\u2028 ü\"\n### END SOLUTION\nc = 3"
    reference = reference_in(cell)
    assert reference == "a = 1\nb = \"\\\\ ''' \\u2028 ü\"\nc = 3"
    written = with_key("x = f(\n    ### BEGIN KEY\n    ### END KEY\n)", "a", cell)
    assert ast.literal_eval(written.split("key=")[1].split(",\n")[0]) == reference


def test_a_cell_begins_with_the_starter_that_an_author_has_written() -> None:
    import nbformat

    program = "\n        def shares(scores, keep):\n            return scores  # “faulty”\n    "
    question = written_lesson.SHARES.replace("    ### BEGIN KEY", f'    starter="""{program}""",\n    ### BEGIN KEY')
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell("raise NotImplementedError()", metadata={"nbgrader": {"grade_id": "shares-code"}}),
        nbformat.v4.new_code_cell(question, metadata={"nbgrader": {"grade_id": "shares"}}),
    ]
    answer, asked = WriteStarters().preprocess(notebook, {})[0].cells
    assert answer.source == "def shares(scores, keep):\n    return scores  # “faulty”"
    assert asked.source == question
    starting = {"starter": program, "key": written_lesson.key_of("shares")}
    begun = Write("shares", "easy", prompt="Repair it.", defines=["shares"], **starting)
    assert begun.untouched(answer.source + "\n\n")
    assert not begun.untouched(answer.source.replace("scores  #", "scores + 0  #"))


@pytest.mark.parametrize(
    ("source", "points", "said"),
    [
        ('Choice("a", "easy", points=2)\nanswer.points(1)', 2, "its hidden tests end in answer.points of 1, but"),
        ('Choice("a", "easy")\nanswer.points(1)', 2, "its points= is 1, but the Create Assignment panel says 2 points"),
        ('Choice("a", "easy", points=2)\nanswer.points(2)', 1, "its points= is 2, but the Create Assignment panel"),
    ],
)
def test_a_question_that_can_give_other_points_than_are_counted_is_not_released(
    source: str, points: float, said: str
) -> None:
    import nbformat

    about = {"grade": True, "grade_id": "a", "points": points}
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": about})
    with pytest.raises(QuestionError, match=said.replace("(", r"\(")):
        MatchPoints().preprocess_cell(cell, {}, 0)


def test_the_same_points_everywhere_are_released() -> None:
    import nbformat

    about = {"grade": True, "grade_id": "a", "points": 2.5}
    source = 'Choice("a", "easy", points=2.5)\nanswer.points(2.5)'
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": about})
    assert MatchPoints().preprocess_cell(cell, {}, 0)[0] is cell


def test_the_gradebook_knows_the_key_and_the_wrong_answers(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        cell = gradebook.find_source_cell("shares", written_lesson.LESSON, written_lesson.LESSON)
        assert json.dumps(written_lesson.key_of("shares"))[1:-1] in cell.source
        assert "fill with 0" in cell.source
