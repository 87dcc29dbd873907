"""The authoring check of a question that is answered with code: each slip is found, and told with what it concerns."""

from typing import Any

import pytest
import written_lesson

from attention_course.instructor.source.check import check

WHERE = "torch.where(keep.any(dim=-1, keepdim=True), weights, torch.zeros_like(weights))"
WEIGHTS = '{"scale": torch.tensor(2.0), "out.weight": torch.eye(3)}'
IN_ORDER = "dict(zip(model.state_dict(), [torch.tensor(2.0), torch.eye(3), torch.zeros(3, 3)]))"
SECOND_LAYER = "self.out = nn.Linear(width, width, bias=False)\n        self.zero = nn.Linear(width, width, bias=False)"


def test_a_complete_lesson_has_no_findings() -> None:
    assert check(written_lesson.notebook(), written_lesson.LESSON) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"shares": ('points=1, why="A key', 'points=2, why="A key')}, "add up to 4, but it is worth 3."),
        ({"shares": ("assert weights[0, 2] == 0", "pass")}, "the wrong answer 'fill with 0' passes every hidden test."),
        (
            {"shares": ('"fails": "masked is exactly 0"', '"fails": "rows add up to 1"')},
            "the wrong answer 'fill with 0' passes the test 'rows add up to 1' that is to refuse it; it fails 'masked",
        ),
        (
            {"shares": ('"fails": "a row that', '"fails": "no row that')},
            "is to fail the test 'no row that keeps none', ",
        ),
        ({"shares": (f'["{WHERE}"', '["torch.were()"')}, "changes what is not in the key: 'torch.were()'."),
        ({"shares": ("== 0\n", "== 1\n")}, "the key fails its hidden test 'masked is exactly 0' with the seed 1."),
        ({"shares": ("weights[0, 2] == 0", "weights[0, 7] == 0")}, "with the seed 1 (IndexError: index 7 is out of"),
        (
            {"shares": ("answer.points(3)", "answer.points(2)")},
            "raise QuestionError: Question 'shares': its hidden tests",
        ),
        (
            {"shares": ('why="A row in which nothing is kept must come out as zeros."', 'why=" "')},
            "has no why=: say for",
        ),
        (
            {"shares": ("shares(scores, torch.tensor([[True", "share(scores, torch.tensor([[True")},
            "fails with the key: ",
        ),
        (
            {"shares": ("    ### BEGIN KEY", f"    starter={written_lesson.key_of('shares')!r},\n    ### BEGIN KEY")},
            "the program that its cell begins with passes every hidden test: plant a fault in it.",
        ),
        ({"mix": ('uses=["shares"]', 'uses=["sharing"]')}, "uses= names 'sharing', which is no question above"),
    ],
)
def test_each_slip_is_found(changes: dict[str, Any], finding: str) -> None:
    findings = check(written_lesson.notebook(changes), written_lesson.LESSON)
    assert any(finding in each for each in findings), findings


def test_a_question_whose_solution_is_not_marked_has_no_key() -> None:
    source = written_lesson.SHARES_CODE.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
    findings = check(written_lesson.notebook({"shares-code": source}), written_lesson.LESSON)
    assert (
        "Cell shares: it has no key: put the right code between ### BEGIN SOLUTION and ### END SOLUTION" in findings[0]
    )


def test_a_test_that_takes_parameters_by_their_order_is_found() -> None:
    changes = {
        "mix-code": ("self.out = nn.Linear(width, width, bias=False)", SECOND_LAYER),
        "mix": (f"model.load_state_dict({WEIGHTS})", f"model.load_state_dict({IN_ORDER})"),
    }
    findings = check(written_lesson.notebook(changes), written_lesson.LESSON)
    order = "the key fails its hidden test 'computes the mixture' when its modules make their parts in another order"
    assert findings[0].startswith(f"Cell mix: {order}")


def test_a_cell_that_could_be_taken_for_an_answer_is_found() -> None:
    notebook = written_lesson.notebook()
    picture = {"cell_type": "code", "id": "picture", "metadata": {}, "outputs": [], "source": "shares = [0.5, 0.5]"}
    notebook["cells"].append(picture)
    (finding,) = check(notebook, written_lesson.LESSON)
    assert finding.startswith("Cell picture: it defines shares, as the answer to 'shares' does, and could be taken for")
