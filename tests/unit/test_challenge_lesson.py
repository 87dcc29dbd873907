"""The lesson `challenge`: what it asks, and that its tests tell right answers from wrong ones, also unforeseen ones.

`attention-course check` puts each question's own wrong answers to its tests; here are others, in `tests/solutions/`.
"""

import ast
import re
from typing import Any

import pytest
from classroom import ROOT
from written_answers import failed, is_refused, solutions, stub

from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.starter import is_starter
from attention_course.instructor.source import cells

BY_HAND = {"ch-first": 1, "ch-before": 1, "ch-mirror": 1, "ch-same-token": 1, "ch-count": 1, "ch-induction": 2}
BUILT = {"alibi": 2, "grouped": 2, "step": 3, "online": 4, "attend-backward": 4}
REPAIRED = {"debug-lookup": 1, "debug-window": 1, "debug-notes": 1, "debug-average": 1, "debug-residual": 1}
POINTS = BY_HAND | BUILT | REPAIRED
SOURCE = ROOT / "source/challenge/challenge.ipynb"


def test_it_has_sixteen_tasks_and_their_points(answers: dict[str, CodeAnswer]) -> None:
    assert {name: answer.question.points for name, answer in answers.items()} == POINTS
    assert [answer.question.number for answer in answers.values()] == [*range(1, 17)]
    assert sum(POINTS.values()) == 27
    title = "".join(cells.load_source(SOURCE)["cells"][0]["source"])
    assert "*Challenge · 60 minutes · sixteen tasks, choose any · 27 points*" in title


def test_its_summary_has_a_badge_for_each_of_the_three_parts():
    (cell,) = [cell for cell in cells.load_source(SOURCE)["cells"] if cell["id"] == "summary"]
    groups = ast.literal_eval("".join(cell["source"]).removeprefix("lesson.summary(").removesuffix(")"))
    assert [set(names) for names in groups.values()] == [set(part) for part in (BY_HAND, BUILT, REPAIRED)]


@pytest.mark.parametrize("name", POINTS)
def test_right_answers_in_unusual_styles_pass(name: str, answers: dict[str, CodeAnswer]) -> None:
    right = solutions(name, "RIGHT")
    assert len(right) >= (3 if name in BUILT else 2)
    results = {what: failed(answers[name], code) for what, code in right.items()}
    assert {what: tests for what, tests in results.items() if tests} == {}


@pytest.mark.parametrize("name", POINTS)
def test_wrong_answers_that_nobody_had_in_mind_fail(name: str, answers: dict[str, CodeAnswer]) -> None:
    wrong = solutions(name, "WRONG")
    assert len(wrong) >= (3 if name in BUILT else 2)
    assert [what for what, code in wrong.items() if not is_refused(answers[name], code)] == []


@pytest.mark.parametrize("name", POINTS)
def test_an_untouched_cell_earns_nothing_and_each_question_has_three_hints(
    name: str, answers: dict[str, CodeAnswer]
) -> None:
    answer = answers[name]
    assert len(failed(answer, stub(answer))) == len(answer.tests)
    assert len(answer.question.hints) == 3
    assert len(answer.checks) >= (3 if name in REPAIRED else 4)
    assert len(answer.question.examples) >= 2


@pytest.mark.parametrize("name", REPAIRED)
def test_a_program_to_be_repaired_runs_and_is_untouched_as_it_is(name: str, answers: dict[str, CodeAnswer]) -> None:
    question = answers[name].question
    assert question.starter
    assert question.starter.startswith(f"def {question.defines[0]}(")
    assert is_starter(question.starter + "\n", question.starter)
    assert not question.untouched(str(question.key))
    assert failed(answers[name], question.starter)


def test_each_answer_s_cell_stands_above_its_question() -> None:
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells.load_source(SOURCE)["cells"]]
    for name in POINTS:
        assert ids.index(name) == ids.index(f"{name}-code") + 1


def test_a_passage_is_short() -> None:
    texts = ["".join(cell["source"]) for cell in cells.load_source(SOURCE)["cells"] if cell["cell_type"] == "markdown"]
    assert [text[:60] for text in texts if len(text.split()) > 150] == []


def test_blocks_hold_a_tensor_that_grows_like_the_length_and_not_like_its_square(names: dict[str, Any]) -> None:
    alt = names["growth"](names["ways"], [128, 256, 512, 1024], what="memory").alt
    times = dict(re.findall(r"(all scores|in blocks): .*?doubles, ([\d.]+) times", alt))
    assert float(times["all scores"]) == pytest.approx(4, abs=0.1)
    assert float(times["in blocks"]) == pytest.approx(2, abs=0.1)
