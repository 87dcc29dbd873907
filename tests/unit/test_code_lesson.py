"""The lesson `code`: what it asks, and that its tests tell right answers from wrong ones, also unforeseen ones.

`attention-course check` puts each question's own wrong answers to its tests; here are others, in `tests/solutions/`.
"""

import pytest
from classroom import ROOT
from written_answers import POINTS_OF_CODE, failed, is_refused, solutions, stub

from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.find_answer import Cell, find_answer
from attention_course.instructor.source import cells

POINTS = POINTS_OF_CODE
SOURCE = ROOT / "source/code/code.ipynb"


def test_its_tasks_are_numbered_and_have_their_points(answers: dict[str, CodeAnswer]) -> None:
    assert {name: answers[name].question.points for name in POINTS} == POINTS
    assert [answer.question.number for answer in answers.values()] == [*range(1, len(answers) + 1)]


@pytest.mark.parametrize("name", POINTS)
def test_right_answers_in_unusual_styles_pass(name: str, answers: dict[str, CodeAnswer]) -> None:
    right = solutions(name, "RIGHT")
    assert len(right) >= 3
    results = {what: failed(answers[name], code) for what, code in right.items()}
    assert {what: tests for what, tests in results.items() if tests} == {}


@pytest.mark.parametrize("name", POINTS)
def test_wrong_answers_that_nobody_had_in_mind_fail(name: str, answers: dict[str, CodeAnswer]) -> None:
    wrong = solutions(name, "WRONG")
    assert len(wrong) >= 3
    assert [what for what, code in wrong.items() if not is_refused(answers[name], code)] == []


@pytest.mark.parametrize("name", POINTS)
def test_the_cell_as_it_begins_earns_nothing_and_each_question_has_three_hints(
    name: str, answers: dict[str, CodeAnswer]
) -> None:
    answer = answers[name]
    assert len(failed(answer, stub(answer))) == len(answer.tests)
    assert len(answer.question.hints) == 3
    assert len(answer.checks) >= 4
    assert len(answer.question.examples) >= 2


def test_the_lines_of_the_examples_fit_into_a_window_of_600_pixels(answers: dict[str, CodeAnswer]) -> None:
    examples = [example for name in POINTS for example in answers[name].question.examples]
    assert [line for example in examples for line in example.code.splitlines() if len(line) > 55] == []


def test_each_answer_s_cell_stands_above_its_question() -> None:
    source = cells.load_source(SOURCE)["cells"]
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in source]
    for name in POINTS:
        assert ids.index(name) == ids.index(f"{name}-code") + 1
    code = [Cell(id_, "".join(cell["source"])) for id_, cell in zip(ids, source, strict=True) if id_]
    found = find_answer(code, "attend", ["attend"], untouched=lambda text: False, recorded="")
    assert found is not None
    assert "def attend(" in found.text


def test_a_passage_is_short() -> None:
    texts = ["".join(cell["source"]) for cell in cells.load_source(SOURCE)["cells"] if cell["cell_type"] == "markdown"]
    assert [text[:60] for text in texts if len(text.split()) > 150] == []
