"""The lesson `code`: what it asks, and that its tests tell right answers from wrong ones, also unforeseen ones.

`attention-course check` puts each question's own wrong answers to its tests; here are others, in `tests/solutions/`.
"""

import importlib
import textwrap
from typing import Any

import pytest
from classroom import ROOT

from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.find_answer import Cell, find_answer
from attention_course.exercises.suite import Suite
from attention_course.instructor.source import cells
from attention_course.student_code.workshop import Home

POINTS = {
    "masked-softmax": 3,
    "attend": 3,
    "masks": 2,
    "split-heads": 2,
    "multi-head": 5,
    "additive": 2,
    "rope": 3,
    "tiny-lm": 5,
    "loss": 2,
}
SOURCE = ROOT / "source/code/code.ipynb"


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the notebook's cells define when all of them run, one after another, hidden tests included."""
    defined: dict[str, Any] = {}
    for cell in cells.code_cells(cells.load_source(SOURCE)):
        defined = dict(defined)  # a later cell may use the name of an earlier one's helper anew
        exec(compile(cell.source, cell.id, "exec", dont_inherit=True), defined)
    return defined


@pytest.fixture(scope="module")
def answers(names: dict[str, Any]) -> dict[str, CodeAnswer]:
    return names["lesson"].answers


def failed(answer: CodeAnswer, code: str, tests: Suite | None = None) -> list[str]:
    """Return the names of the hidden tests that an answer fails; what runs before it is the reference."""
    before, tests = answer.before(own=False), tests or answer.tests
    results = tests.run(lambda: Home().open([*before, code], seed=1, seconds=10), answer.right(), seed=1)
    return [each.name for each in results if not each.passed]


def is_refused(answer: CodeAnswer, code: str) -> bool:
    """Does an answer fail a hidden test? Those after the first that it fails are not run."""
    return any(failed(answer, code, answer.tests.only(test.name)) for test in answer.tests)


def test_its_tasks_are_numbered_and_have_their_points(answers: dict[str, CodeAnswer]) -> None:
    assert {name: answers[name].question.points for name in POINTS} == POINTS
    assert [answer.question.number for answer in answers.values()] == [*range(1, len(answers) + 1)]


@pytest.mark.parametrize("name", POINTS)
def test_right_answers_in_unusual_styles_pass(name: str, answers: dict[str, CodeAnswer]) -> None:
    right = importlib.import_module(f"solutions.{name.replace('-', '_')}").RIGHT
    assert len(right) >= 3
    results = {what: failed(answers[name], textwrap.dedent(code)) for what, code in right.items()}
    assert {what: tests for what, tests in results.items() if tests} == {}


@pytest.mark.parametrize("name", POINTS)
def test_wrong_answers_that_nobody_had_in_mind_fail(name: str, answers: dict[str, CodeAnswer]) -> None:
    wrong = importlib.import_module(f"solutions.{name.replace('-', '_')}").WRONG
    assert len(wrong) >= 3
    assert [what for what, code in wrong.items() if not is_refused(answers[name], textwrap.dedent(code))] == []


@pytest.mark.parametrize("name", POINTS)
def test_the_cell_as_it_begins_earns_nothing_and_each_question_has_three_hints(
    name: str, answers: dict[str, CodeAnswer]
) -> None:
    answer = answers[name]
    stub = "\n".join(f"def {each}(*a, **k):\n    raise NotImplementedError" for each in answer.question.defines)
    assert len(failed(answer, stub)) == len(answer.tests)
    assert len(answer.question.hints) == 3
    assert len(answer.checks) >= 4
    assert len(answer.question.examples) >= 2


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
