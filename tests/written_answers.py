"""What comes of answers that are code, over the source of a lesson: for the tests of lessons that ask for code."""

import importlib
import textwrap
from pathlib import Path
from typing import Any

from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.suite import Suite
from attention_course.instructor.source import cells
from attention_course.student_code.workshop import Home

POINTS_OF_CODE = {  # of the nine tasks of the lesson `code`, in their order
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
SOLUTIONS = Path(__file__).parent / "solutions"
SECONDS = 120  # for one call, by the wall: a training takes seconds, and other tests run beside it


def names_of(source: Path) -> dict[str, Any]:
    """Return what the notebook's cells define when all of them run, one after another, hidden tests included."""
    defined: dict[str, Any] = {}
    for cell in cells.code_cells(cells.load_source(source)):
        defined = dict(defined)  # a later cell may use the name of an earlier one's helper anew
        exec(compile(cell.source, cell.id, "exec", dont_inherit=True), defined)
    return defined


def failed(answer: CodeAnswer, code: str, tests: Suite | None = None) -> list[str]:
    """Return the names of the hidden tests that an answer fails; what runs before it is the reference."""
    before, tests = answer.before(own=False), tests or answer.tests
    results = tests.run(lambda: Home().open([*before, code], seed=1, seconds=SECONDS), answer.right(), seed=1)
    return [each.name for each in results if not each.passed]


def is_refused(answer: CodeAnswer, code: str) -> bool:
    """Does an answer fail a hidden test? Those after the first that it fails are not run."""
    return any(failed(answer, code, answer.tests.only(test.name)) for test in answer.tests)


def solutions(name: str, kind: str) -> dict[str, str]:
    """Return the answers to a question in `tests/solutions/`: RIGHT or WRONG, by what is unusual in them."""
    found: dict[str, str] = {}
    for module in (name.replace("-", "_"), f"more_{name.replace('-', '_')}"):
        if (SOLUTIONS / f"{module}.py").is_file():
            found |= getattr(importlib.import_module(f"solutions.{module}"), kind)
    return {what: textwrap.dedent(code) for what, code in found.items()}


def stub(answer: CodeAnswer) -> str:
    """Return a cell in which nothing has been written yet."""
    return "\n".join(f"def {each}(*a, **k):\n    raise NotImplementedError" for each in answer.question.defines)
