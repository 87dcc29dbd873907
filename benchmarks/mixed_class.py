"""Makes a class of any size for any lesson that asks: real records in released notebooks, one in twenty faulty.

Nobody presses Check: a record is written down as the page and the kernel would have written it (`answers/record.py`),
in the notebook's metadata, in the receipts, or in both. Code stands in its cell; it is the reference, or one of
`tests/solutions/`, or not begun.
"""

import copy
import json
import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

from written_answers import solutions  # noqa: E402

from attention_course.answers import record  # noqa: E402
from attention_course.answers.record import Record  # noqa: E402
from attention_course.exercises.question import Question  # noqa: E402
from attention_course.exercises.write import Write  # noqa: E402
from attention_course.instructor.source import asked, load_source  # noqa: E402

Notebook = dict[str, Any]
BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONE_FAULTY_IN = 20
LOOP = "while True:\n    pass"


class MixedClass:
    """The students of a lesson; what each does is told by the number alone, so a class of 250 begins one of 1,000."""

    def __init__(self, course: Path, lesson: str) -> None:
        self.course, self.lesson = course, lesson
        self.released = load_source(course / "release" / lesson / f"{lesson}.ipynb")
        questions = asked(load_source(course / "source" / lesson / f"{lesson}.ipynb")).values()
        self.answers = {question: self._known(question) for question in questions}

    def hand_in(self, size: int) -> None:
        """Let so many students hand in."""
        for number in range(size):
            folder = self.course / "submitted" / f"student-{number:04}" / self.lesson
            folder.mkdir(parents=True)
            (folder / f"{self.lesson}.ipynb").write_text(self.notebook(number), encoding="utf-8")

    def notebook(self, number: int) -> str:
        """Return what a student hands in."""
        chance = random.Random(f"{self.lesson} {number}")
        notebook = copy.copy(self.released) | {"metadata": copy.deepcopy(self.released["metadata"])}
        notebook["cells"] = [cell | {"metadata": copy.deepcopy(cell["metadata"])} for cell in self.released["cells"]]
        records = self._attempts(notebook, chance)
        keeps = chance.choice(("metadata", "receipts", "both"))
        if keeps != "receipts":
            record.write(notebook, self.lesson, records)
        if keeps != "metadata":
            self._receipts(notebook, records)
        turn, rest = divmod(number, ONE_FAULTY_IN)
        return FAULTS[turn % len(FAULTS)](notebook, self.lesson) if rest == 7 else json.dumps(notebook)

    def _known(self, question: Question) -> tuple[list[Sequence[str]], list[Sequence[str]]]:
        """Return the answers that are right, and those that are not."""
        if isinstance(question, Write):
            right, wrong = (list(solutions(question.name, kind).values()) for kind in ("RIGHT", "WRONG"))
            return [(text,) for text in (question.key, *right)], [(text,) for text in wrong]
        every = [tuple(picks) for picks in question.samples()]
        if question.committed:
            return every, []
        return [tuple(question.key)], [picks for picks in every if not question.is_right(picks)]

    def _attempts(self, notebook: Notebook, chance: random.Random) -> dict[str, Record]:
        """Answer the questions, each student as well as they can; return the records."""
        ability, now, made = chance.betavariate(5, 2), BEGINS + timedelta(minutes=chance.randrange(9999)), {}
        for question, (right, wrong) in self.answers.items():
            kept = Record()
            while chance.random() < 0.95 and kept.tried < (question.attempts or 3):
                knows = chance.random() < ability or not wrong
                picks = chance.choice(right if knows else wrong)
                now += timedelta(seconds=chance.randrange(20, 300))
                kept = kept.with_text(*picks, now, {}) if isinstance(question, Write) else kept.with_attempt(picks, now)
                if knows:
                    break
            if kept.attempts:
                made[question.name] = kept
            if kept.attempts and isinstance(question, Write):
                _cell(notebook, f"{question.name}-code")["source"] = kept.attempts[-1].picks[0]
        return made

    def _receipts(self, notebook: Notebook, records: dict[str, Record]) -> None:
        for name, kept in records.items():
            data = {record.RECEIPT_MIME: record.receipt(self.lesson, name, kept), "text/plain": "Recorded"}
            _cell(notebook, name)["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


def _cell(notebook: Notebook, name: str) -> Notebook:
    return next(one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == name)


# ---- what goes wrong


def cut_off(notebook: Notebook, _lesson: str) -> str:
    """Leave out the end: it is no JSON."""
    return json.dumps(notebook)[:-2000]


def without_cells(notebook: Notebook, _lesson: str) -> str:
    """Leave out every second cell, the setup's among them."""
    return json.dumps(notebook | {"cells": notebook["cells"][1::2]})


def endless(notebook: Notebook, _lesson: str) -> str:
    """Loop without an end in each answer cell, or in a cell of one's own where there is none."""
    written = [one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("solution")]
    for cell in written[:1]:
        cell["source"] = LOOP
    own = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": LOOP}
    return json.dumps(notebook | {"cells": [*notebook["cells"], *([] if written else [own])]})


def without_answers(notebook: Notebook, _lesson: str) -> str:
    """Answer nothing, and clear all there is."""
    cells = [one | ({"outputs": []} if one["cell_type"] == "code" else {}) for one in notebook["cells"]]
    return json.dumps(notebook | {"cells": cells, "metadata": {}})


def another_lesson(_notebook: Notebook, lesson: str) -> str:
    """Hand in another lesson's file, under the name of this one."""
    other = "learn" if lesson != "learn" else "visualize"
    return (ROOT / f"source/{other}/{other}.ipynb").read_text(encoding="utf-8")


def a_shouting_cell(notebook: Notebook, _lesson: str) -> str:
    """Print five megabytes."""
    loud = {"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}
    own = {"cell_type": "code", "metadata": {}, "outputs": [loud], "execution_count": 1, "source": "print(all_of_it)"}
    return json.dumps(notebook | {"cells": [*notebook["cells"], own]})


FAULTS: Sequence[Callable[[Notebook, str], str]] = (
    cut_off,
    without_cells,
    endless,
    without_answers,
    another_lesson,
    a_shouting_cell,
)
