"""The authoring check: is every exercise of a source notebook complete, and does its hidden test accept only the key?

`python -m attention_course.authoring NOTEBOOK…` prints what is to be mended, one sentence a line, and exits with 1.
"""

import itertools
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from attention_course import leftovers, program, rendering
from attention_course.answer import Answer
from attention_course.errors import NotebookError
from attention_course.lesson import Lesson
from attention_course.questions import Blanks, Question
from attention_course.record import Record

KEY_REGION = re.compile(r"^[ \t]*### BEGIN KEY$.*?^[ \t]*### END KEY$", re.MULTILINE | re.DOTALL)
HIDDEN_TESTS = re.compile(r"^### BEGIN HIDDEN TESTS$(.*?)^### END HIDDEN TESTS$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """A code cell of a source notebook, and what nbgrader knows about it."""

    id: str
    source: str
    nbgrader: dict[str, Any]

    @property
    def hidden_tests(self) -> str:
        """The lines between the markers, without them; "" where there are none."""
        found = HIDDEN_TESTS.search(self.source)
        return found[1].strip("\n") if found else ""

    @property
    def shown(self) -> str:
        """The source without its hidden tests."""
        return HIDDEN_TESTS.sub("", self.source)


def check(notebook: dict[str, Any], lesson: str) -> list[str]:
    """Return what is to be mended in a source notebook, one sentence each."""
    findings = [f"{left}; `make clean` removes it." for left in leftovers.find(notebook)]
    names: dict[str, Any] = {}  # what the notebook's cells have defined so far
    seen: set[str] = set()
    for cell in _code_cells(notebook):
        about = f"Cell {cell.id}: "
        run = program.run(cell.shown, given=names)
        names.update(run.names)
        asked = names["lesson"].answers if isinstance(names.get("lesson"), Lesson) else {}
        new = [answer for name, answer in asked.items() if name not in seen]
        seen.update(asked)
        if run.error:
            findings.append(f"{about}it raises {str(run.error).rstrip('.')}.")
            continue
        if cell.nbgrader.get("grade") or new:
            findings += [about + finding for finding in _check_graded(cell, new, names)]
    if not seen:
        findings.append("No cell asks a question with `lesson.ask(…)`, where `lesson` is a Lesson.")
    elif names["lesson"].name != lesson:
        findings.append(f"The lesson is named {names['lesson'].name!r}, but its file {lesson!r}.")
    return findings


def asked(notebook: dict[str, Any]) -> dict[str, Question]:
    """Return the questions that a notebook's locked cells ask, by the cells' ids; its hidden tests are not run.

    Raises NotebookError where a cell fails.
    """
    names: dict[str, Any] = {}
    questions: dict[str, Question] = {}
    for cell in _code_cells(notebook):
        if cell.nbgrader.get("locked"):
            run = program.run(cell.shown, given=names)
            if run.error:
                raise NotebookError(f"Cell {cell.id} of the notebook raises {str(run.error).rstrip('.')}.")
            names.update(run.names)
            answers = list(names["lesson"].answers.values()) if isinstance(names.get("lesson"), Lesson) else []
            for answer in answers[len(questions) :]:
                questions[cell.id] = answer.question
    return questions


def _code_cells(notebook: dict[str, Any]) -> Iterator[Cell]:
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            name = cell.get("id", f"number {number}")
            yield Cell(name, "".join(cell["source"]), cell["metadata"].get("nbgrader", {}))


def _check_graded(cell: Cell, asked: list[Answer], names: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a graded cell and the one question it asks."""
    if len(asked) != 1:
        yield f"a graded cell asks one question with a name of its own, this one asks {len(asked)}."
        return
    question = asked[0].question
    wanted = {"grade": True, "locked": True, "solution": False, "points": 1, "grade_id": question.name}
    for key, value in wanted.items():
        if cell.nbgrader.get(key) != value:
            yield f"nbgrader's {key!r} is {cell.nbgrader.get(key)!r} where it must be {value!r}."
    if len(KEY_REGION.findall(cell.source)) != 1:
        yield "it needs one region between the lines `### BEGIN KEY` and `### END KEY`."
    yield from _check_words(question)
    if question.key is None:
        yield "it has no key."
        return
    yield from _check_pictures(question)
    if cell.hidden_tests:
        yield from _check_hidden_tests(cell.hidden_tests, asked[0], names)
    else:
        yield "it needs lines between `### BEGIN HIDDEN TESTS` and `### END HIDDEN TESTS`."


def _check_words(question: Question) -> Iterator[str]:
    """Yield which of the words around a question are missing."""
    for what in "number", "hint", "solution":
        if not getattr(question, what):
            yield f"it has no {what}."
    if len(question.mistakes) < 2:
        yield "it needs at least two common mistakes."
    for blank, right in enumerate(question.key or []):
        for option in question.picks_offered:
            if option != right and not question.why_not[blank].get(option):
                where = f" in blank [{blank + 1}]" if question.blank_count > 1 else ""
                yield f"why_not does not say why {option!r} is wrong{where}."


def _check_pictures(question: Question) -> Iterator[str]:
    if not question.draw:
        return
    if isinstance(question, Blanks):
        shown = rendering.perform(question, question.key or [])
        picture, complaint = shown.picture, str(shown.run.error or shown.complaint)
    else:
        picture, complaint = rendering.draw(question.draw, {})
    if picture is None:
        yield f"its picture cannot be drawn with the key: {complaint}"


def _check_hidden_tests(tests: str, answer: Answer, names: dict[str, Any]) -> Iterator[str]:
    """Yield each filling that the hidden tests judge otherwise than the key does."""
    question = answer.question
    for picks in itertools.product(question.picks_offered, repeat=question.blank_count):
        answer.record = Record().with_attempt(picks, datetime.now().astimezone())
        run = program.run(tests, given=names)
        right = list(picks) == question.key
        if right and (run.error or run.value != 1):
            yield f"its hidden tests refuse the key: {run.error or f'they end in {run.value!r}, not in 1 point'}."
        elif not right and not run.error and run.value != 0:
            yield f"its hidden tests give {run.value!r} points for the wrong filling {', '.join(picks)}."
    answer.record = Record()


def main(paths: list[str]) -> int:
    """Check the notebooks, print the findings, and return 1 where there are any."""
    status = 0
    for path in map(Path, paths):
        findings = check(json.loads(path.read_text(encoding="utf-8")), path.stem)
        print(*(f"{path}: {finding}" for finding in findings or ["every exercise is complete."]), sep="\n")
        status = 1 if findings else status
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
