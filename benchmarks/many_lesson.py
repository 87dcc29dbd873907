"""A lesson of 25 questions for the measures: those of `practice`, asked again and again under other names.

It stands nowhere in `source/`, and is as long as no lesson of the course is.
"""

import copy
import json
import re
from pathlib import Path
from typing import Any

import classroom

QUESTIONS = 25
NUMBER = r"(?<=number=)\d+|(?<=Task )\d+|(?<=Question )\d+"
OTHERS = ("setup", "summary")  # cells that stay beside the questions


def make(folder: Path) -> Path:
    """Release the lesson into a new course folder; return the notebook that a student gets."""
    course = classroom.make_course(folder)
    path = course / "source" / classroom.NOTEBOOK
    notebook = classroom.read(path)
    first, last = (next(c for c in notebook["cells"] if c["id"] == name) for name in OTHERS)
    notebook["cells"] = [first, *_asked(notebook["cells"]), last]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    classroom.nbgrader(course, "generate_assignment", classroom.LESSON)
    return course / "release" / classroom.NOTEBOOK


def _asked(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return 25 questions, each below its heading."""
    of_each = [(cells[i - 1], cell) for i, cell in enumerate(cells) if cell["id"] in classroom.ASKED]
    most = len(of_each)
    rounds = [(turn, pair) for turn in range(1, QUESTIONS // most + 2) for pair in of_each][:QUESTIONS]
    return [_renamed(cell, turn) for turn, pair in rounds for cell in pair]


def _renamed(cell: dict[str, Any], turn: int) -> dict[str, Any]:
    """Return a copy of a cell, which in a later turn has another name and number."""
    if turn == 1:
        return cell
    made, name = copy.deepcopy(cell), cell["id"]
    made["id"] = f"{name}-{turn}"
    if "nbgrader" in made["metadata"]:
        made["metadata"]["nbgrader"]["grade_id"] = made["id"]
    source = "".join(cell["source"]).replace(f'"{name}",', f'"{made["id"]}",', 1)
    made["source"] = re.sub(NUMBER, lambda found: _later(found[0], turn), source)
    return made


def _later(number: str, turn: int) -> str:
    """Return the number of what is asked again in a later turn: there are five of each kind."""
    return str(int(number) + 5 * (turn - 1))
