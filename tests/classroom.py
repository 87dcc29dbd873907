"""A course folder with students, for the tests: hand in notebooks, run the real nbgrader, read the scores."""

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import commands

from attention_course.answers import record
from attention_course.answers.record import Record
from attention_course.exercises.question import Question
from attention_course.instructor import regions
from attention_course.instructor.demo.course import read_points
from attention_course.instructor.source import asked, load_source

ROOT = Path(__file__).parent.parent
Attempts = Sequence[Sequence[str]]
COMMANDS = commands.Commands()

LESSON = "practice"
FILE = f"{LESSON}.ipynb"
NOTEBOOK = f"{LESSON}/{FILE}"  # in source/, in release/, and in each student's folder
PAGE = f"{LESSON}/{LESSON}.html"  # in each student's folder of feedback/
ASKED = {question.name: question for question in asked(load_source(ROOT / "source" / NOTEBOOK)).values()}
TITLES = {name: question.title for name, question in ASKED.items()}

# The ids of what the lesson's questions offer, and the right answers: written down again, so that a slip in the
# source shows. Of a question that is new in the source, and not here, the source is believed.
TASKS = {
    "attention-scores": (["value", "key", "weights", "query"], ["key"]),
    "attention-weights": (["relu", "sigmoid", "softmax", "tanh"], ["softmax"]),
    "weighted-sum": (["values", "values.T", "attention_weights.T", "attention_weights"], ["attention_weights"]),
    "scaled-weights": (["64**0.5", "64", "softmax", "sigmoid"], ["64**0.5", "softmax"]),
    "multi-head-output": (["embed_dim", "concat_heads", "x"], ["embed_dim", "concat_heads", "x"]),
}
CHOICES = {
    "purpose": (["larger-input", "fewer-layers", "focus", "shuffle"], ["focus"]),
    "weights-formula": (["softmax-of-product", "sum", "softmax-of-difference", "product"], ["softmax-of-product"]),
    "worked-example": (["10-20", "20-30", "20-40", "30-40"], ["10-20"]),
    "find-the-error": (["values", "softmax", "shapes", "transpose"], ["transpose"]),
    "why-scale": (["larger-products", "gradients", "zero-to-one", "fewer-keys"], ["gradients"]),
}
WRITTEN_DOWN = TASKS | CHOICES


def _answers(question: Question) -> tuple[list[list[str]], list[str]]:
    """Return every filling of a question, or those that can be listed, and the right one."""
    if question.name not in WRITTEN_DOWN:
        return [list(picks) for picks in question.every_answer() or [question.key]], list(question.key)
    options, key = WRITTEN_DOWN[question.name]
    return [list(picks) for picks in itertools.product(options, repeat=len(key))], key


FILLINGS = {name: _answers(question)[0] for name, question in ASKED.items()}
RIGHT = {name: _answers(question)[1] for name, question in ASKED.items()}
ALL_RIGHT = {name: [picks] for name, picks in RIGHT.items()}
EXERCISES = len(RIGHT)  # each gives one point
FULL, NOTHING = dict.fromkeys(RIGHT, 1), dict.fromkeys(RIGHT, 0)

DEEP = "[" * 100_000 + "]" * 100_000  # as JSON: no reader that recurses gets to its end
UNREADABLE = {
    "truncated": '{"cells": [{"cell_type": "code", "sou',
    "empty": "",
    "not-a-notebook": "[1, 2, 3]",
    "nothing-but-depth": "[" * 1_000_000,
    "of-another-format": '{"cells": [], "metadata": {}, "nbformat": 9, "nbformat_minor": 0}',
}


def make_course(folder: Path, lesson: str = LESSON) -> Path:
    """Make a course folder of a lesson's source and the configuration, without a gradebook."""
    (folder / "source" / lesson).mkdir(parents=True)
    shutil.copy(ROOT / f"source/{lesson}/{lesson}.ipynb", folder / "source" / lesson)
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def start(folder: Path, *command: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own: "nbgrader", "autograde", and so on."""
    return start_module(folder, commands.MODULES[command[0]], *command[1:])


def start_module(folder: Path, *command: str) -> subprocess.Popen[str]:
    """Start a module of this Python's, with arguments, in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def nbgrader(folder: Path, *command: str, fails: bool = False) -> str:
    """Run a plain nbgrader command in a folder, and return what it said."""
    code, said = COMMANDS.run(folder, "nbgrader", *command)
    assert (code != 0) == fails, said
    return said


def grade(course: Path, *options: str, exits: int = 0) -> str:
    """Run `attention-course grade` for the lesson in a course, and return what it said."""
    code, said = COMMANDS.run(course, "attention-course", "grade", LESSON, *options)
    assert code == exits, said
    return said


def all_said(process: subprocess.Popen[str]) -> str:
    """Return what a process says to its end; it does not outlive a test that is stopped meanwhile."""
    try:
        return process.communicate()[0]
    finally:
        process.kill()


def released(course: Path) -> dict[str, Any]:
    """Return the notebook a student gets."""
    return read(course / "release" / NOTEBOOK)


def read(path: Path) -> dict[str, Any]:
    """Return a notebook as plain JSON values."""
    return json.loads(path.read_text(encoding="utf-8"))


def records(attempts: Mapping[str, Attempts]) -> dict[str, Record]:
    """Return the records that a student's attempts leave, question by question."""
    made = {}
    for name, tries in attempts.items():
        made[name] = Record()
        for minute, picks in enumerate(tries):
            made[name] = made[name].with_attempt(tuple(picks), datetime(2026, 3, 2, 9, minute, tzinfo=UTC))
    return made


def notebook_with(course: Path, attempts: Mapping[str, Attempts]) -> dict[str, Any]:
    """Return the student's notebook after these attempts, in the order in which they were made."""
    notebook = released(course)
    record.write(notebook, LESSON, records(attempts))
    return notebook


def hand_in(
    course: Path,
    student: str,
    attempts: Mapping[str, Attempts] = {},
    edit: Callable[[dict[str, Any]], Any] = lambda notebook: None,
) -> Path:
    """Put a student's notebook into `submitted/`, edited by the student where told; return its folder."""
    notebook = notebook_with(course, attempts)
    edit(notebook)
    return hand_in_text(course, student, json.dumps(notebook))


def hand_in_text(course: Path, student: str, text: str) -> Path:
    """Put any text at all into `submitted/` as a student's notebook; return its folder."""
    folder = course / "submitted" / student / LESSON
    folder.mkdir(parents=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def scores(course: Path) -> dict[str, dict[str, float]]:
    """Return every student's score for every question, from the gradebook."""
    return read_points(course, LESSON)


def hidden_lines(*names: str) -> list[str]:
    """Return the lines of the source notebook that stand in regions of these names, and nowhere else."""
    notebook = read(ROOT / "source" / NOTEBOOK)
    visible, everything = set(), set()
    for source in ("".join(cell["source"]) for cell in notebook["cells"]):
        everything |= {line.strip() for line in source.split("\n")}
        for name in names:
            source = regions.cut(source, name)
        visible |= {line.strip() for line in source.split("\n")}
    return sorted(line for line in everything - visible if len(line) > 12)  # shorter ones are brackets


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the cell with this grade id."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def code_cell(source: str, **metadata: Any) -> dict[str, Any]:
    """Return a code cell as a student adds one."""
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}
