"""A lesson with two questions that are answered with code, for the tests; the second uses what the first asks for."""

from pathlib import Path
from typing import Any

import classroom

from attention_course.instructor.course_files import write_notebook

LESSON = "shares"
FILE = f"{LESSON}/{LESSON}.ipynb"
SETUP = f'import torch\nfrom torch import nn\nfrom attention_course import Lesson, Write\n\nlesson = Lesson("{LESSON}")'
SHARES_CODE = '''def shares(scores, keep):
    """Weights of the kept keys; a row that keeps none is zeros."""
    ### BEGIN SOLUTION
    kept = scores.masked_fill(~keep, float("-inf"))
    weights = torch.softmax(kept, dim=-1)
    return torch.where(keep.any(dim=-1, keepdim=True), weights, torch.zeros_like(weights))
    ### END SOLUTION'''
SHARES = '''answer = lesson.ask(Write(
    "shares", "medium", number=1, points=3,
    prompt="Write `shares`: softmax over the kept keys, zeros where a row keeps none.",
    defines=["shares"],
    given="import torch",
    examples=[{
        "title": "Two rows",
        "code": """
            scores = torch.tensor([[1.0, 2.0], [0.0, 0.0]])
            shares(scores, torch.tensor([[True, True], [True, False]]))
        """,
        "draw": "weights",
    }],
    hints=["Which function makes shares?", "What does minus infinity become?", "Look at a row of nothing."],
    mistakes=["Filling with zero.", "Forgetting the row of nothing."],
    ### BEGIN KEY
    solution="Fill with minus infinity, take softmax, and put zeros where nothing was kept.",
    wrong={
        "softmax as it is": {
            "fails": "a row that keeps none",
            "change": ["torch.where(keep.any(dim=-1, keepdim=True), weights, torch.zeros_like(weights))", "weights"],
        },
        "fill with 0": {"fails": "masked is exactly 0", "change": ['float("-inf")', "0.0"]},
        "nothing written": {"fails": "rows add up to 1", "code": "def shares(scores, keep):\\n    return scores"},
    },
    ### END KEY
))

@answer.check("rows add up to 1", why="Each row must add up to 1.")
def rows(student):
    weights = student.shares(torch.zeros(2, 3), torch.ones(2, 3, dtype=torch.bool))
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(2))

### BEGIN HIDDEN TESTS
import torch

@answer.test("rows add up to 1", points=1, why="Each row that keeps a key must add up to 1.")
def rows_add_up(student, right):
    scores, keep = torch.randn(3, 4), torch.ones(3, 4, dtype=torch.bool)
    torch.testing.assert_close(student.shares(scores, keep), right.shares(scores, keep))

@answer.test("masked is exactly 0", points=1, why="A key that is not kept must weigh exactly 0.")
def masked(student):
    weights = student.shares(torch.randn(1, 3), torch.tensor([[True, True, False]]))
    assert weights[0, 2] == 0

@answer.test("a row that keeps none", points=1, why="A row in which nothing is kept must come out as zeros.")
def nothing_kept(student):
    secret_of_the_hidden_test = torch.zeros(1, 3)
    weights = student.shares(torch.randn(1, 3), torch.zeros(1, 3, dtype=torch.bool))
    torch.testing.assert_close(weights, secret_of_the_hidden_test)

answer.points(3)
### END HIDDEN TESTS'''
MIX_CODE = '''class Mix(nn.Module):
    """Attention over values with one scale."""

    def __init__(self, width):
        super().__init__()
        ### BEGIN SOLUTION
        self.scale = nn.Parameter(torch.ones(()))
        self.out = nn.Linear(width, width, bias=False)
        ### END SOLUTION

    def forward(self, scores, values):
        ### BEGIN SOLUTION
        keep = torch.ones_like(scores, dtype=torch.bool)
        return self.out(shares(self.scale * scores, keep) @ values)
        ### END SOLUTION'''
MIX = """answer = lesson.ask(Write(
    "mix", "hard", number=2, points=1,
    prompt="Write `Mix`, with parameters `scale` and `out.weight`.",
    defines=["Mix"],
    uses=["shares"],
    given="import torch\\nfrom torch import nn",
    examples=[{"title": "A small one", "code": "Mix(2)(torch.zeros(1, 2), torch.ones(2, 2)).shape"}],
    hints=["Which parameters?", "Use `shares`.", "Then `out`."],
    mistakes=["Forgetting the scale.", "Forgetting `out`."],
    ### BEGIN KEY
    solution="Scale, take the shares, mix, and put the mixture through `out`.",
    wrong={"no scale": {"fails": "computes the mixture", "change": ["self.scale * scores", "scores"]}},
    ### END KEY
))

### BEGIN HIDDEN TESTS
import torch

@answer.test("computes the mixture", points=1, why="With given weights, the mixture must be that of the formula.")
def mixture(student, right):
    model = student.new("Mix", 3)
    model.load_state_dict({"scale": torch.tensor(2.0), "out.weight": torch.eye(3)})
    scores, values = torch.randn(2, 4), torch.randn(4, 3)
    keep = torch.ones(2, 4, dtype=torch.bool)
    torch.testing.assert_close(model(scores, values), right.shares(2 * scores, keep) @ values)

answer.points(1)
### END HIDDEN TESTS"""


def cells() -> list[tuple[str, str, dict[str, Any]]]:
    """Return the lesson's code cells: grade id, source, and what nbgrader is told."""
    asked = {"grade": True, "locked": True, "solution": False}
    code = {"grade": False, "locked": False, "solution": True}
    return [
        ("setup", SETUP, {"grade": False, "locked": True, "solution": False}),
        ("shares-code", SHARES_CODE, code),
        ("shares", SHARES, asked | {"points": 3}),
        ("mix-code", MIX_CODE, code),
        ("mix", MIX, asked | {"points": 1}),
    ]


def notebook(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the source notebook; `changes` are other sources, by grade id, or (old, new) pieces of them."""
    made = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Shares"}]
    for name, source, about in cells():
        change = (changes or {}).get(name, source)
        text = source.replace(*change) if isinstance(change, tuple) else change
        assert text != source or change == source, "a change that changes nothing"
        nbgrader = {"grade_id": name, "schema_version": 3, "task": False, **about}
        made.append({**classroom.code_cell(text, nbgrader=nbgrader), "id": name})
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def make(course: Path) -> None:
    """Make a course with this lesson, released."""
    classroom.make_course(course)
    write_notebook(course / "source" / FILE, notebook())
    classroom.nbgrader(course, "generate_assignment", LESSON)


def key_of(name: str) -> str:
    """Return the reference that stands in an answer cell."""
    source = next(source for grade_id, source, _ in cells() if grade_id == f"{name}-code")
    return "\n".join(line for line in source.split("\n") if "### " not in line)
