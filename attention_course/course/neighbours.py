"""Neighbours: the lessons' notebooks that lie beside the start page, and answer codes. They are looked at, no more."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attention_course.answers import answer_code, notebook, record
from attention_course.answers.answer import Answer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.errors import LessonError, NotebookError, RecordError
from attention_course.exercises import credit
from attention_course.exercises.read_question import question_in
from attention_course.page.path import START

SEVERAL = "Several notebooks here are of the lesson {lesson!r} ({files}): shown is {file}."
NONE_OF_THEM = "Several notebooks here are of the lesson {lesson!r} ({files}), and none is shown: leave one of them."
UNKNOWN_CODE = "An answer code is of {lesson!r}, which is no lesson of this course."


@dataclass
class Neighbour:
    """A lesson as it was found: its `file` (None where there is only an answer code), answers and records by question.

    `answers` can be judged. Of `unread` questions, whose cells say what is asked only when they run, and of `records`
    alone nobody can tell more than whether there is an answer.
    """

    lesson: str
    file: Path | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def has_answer(self, name: str) -> bool:
        """Is there an answer to a question, right or wrong?"""
        if name in self.answers:
            return self.answers[name].picks is not None
        return name in self.records and bool(self.records[name].attempts)


@dataclass
class Found:
    """All neighbours by lesson, and a sentence on each thing that could not be used."""

    neighbours: dict[str, Neighbour] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)


def look(folder: Path, lessons: Iterable[str], codes: str = "") -> Found:
    """Return what lies in a folder, or where each lesson has a folder beside this one, and what answer codes hold.

    Of two records of one question the later one is taken. A neighbour that cannot be read costs one sentence.
    """
    found = Found()
    for lesson, files in _by_lesson(folder, set(lessons)).items():
        file = _the_one(lesson, files, found.sentences)
        if file:
            try:
                found.neighbours[lesson] = _read(lesson, file, found.sentences)
            except NotebookError as error:
                found.sentences.append(str(error))
    take_codes(codes, lessons, found)
    return found


def take_codes(codes: str, lessons: Iterable[str], found: Found) -> None:
    """Take in what answer codes hold: of two records of one question the later one is taken."""
    for held in answer_code.found_in(codes):
        _take_code(held, set(lessons), found)


def _by_lesson(folder: Path, lessons: set[str]) -> dict[str, list[Path]]:
    """Return the notebooks of each lesson; one that cannot be read is told by its name."""
    by_lesson: dict[str, list[Path]] = {}
    for file in notebook.all_in(folder, apart=folder.name == START):
        lesson = _lesson_of(file)
        if lesson in lessons:
            by_lesson.setdefault(lesson, []).append(file)
    return by_lesson


def _lesson_of(file: Path) -> str:
    try:
        return notebook.lesson_of(notebook.load(file))
    except NotebookError:
        return file.stem


def _the_one(lesson: str, files: list[Path], sentences: list[str]) -> Path | None:
    """Return which of a lesson's notebooks is meant: the only one, or the one that has its name."""
    named = next((file for file in files if file.stem == lesson), None)
    if len(files) == 1:
        return files[0]
    names = ", ".join(file.name for file in files)
    said = SEVERAL if named else NONE_OF_THEM
    sentences.append(said.format(lesson=lesson, files=names, file=named and named.name))
    return named


def _read(lesson: str, file: Path, sentences: list[str]) -> Neighbour:
    """Return a neighbour with an answer to each of its questions; raise NotebookError where it cannot be read."""
    document = notebook.load(file)
    records, problems = record.read(document, lesson)
    neighbour = Neighbour(lesson, file, records=records)
    rule = _credit(document)
    for cell in document["cells"]:
        name = _graded(cell)
        asked = question_in(notebook.source_of(cell)) if name else None
        if asked is None:
            neighbour.unread += [name] if name else []
            continue
        question = asked[0]
        question.judge_by_key()
        kept = records.get(question.name)
        neighbour.answers[question.name] = answer_to(question, kept, problems.get(question.name, ""), rule)
    said = [answer.problem for answer in neighbour.answers.values() if answer.problem]
    said += [problems[""]] if "" in problems else []
    sentences += [f"{file.name}: {sentence}" for sentence in said[:1]]
    return neighbour


def _credit(document: Mapping[str, Any]) -> credit.Credit:
    """Return the rule that a lesson's own cell gives for what an answer is worth."""
    for source in notebook.sources(document):
        if notebook.MADE.search(source):
            try:
                calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
                made = next(call for call in calls if getattr(call.func, "id", "") == "Lesson")
                given = {word.arg: ast.literal_eval(word.value) for word in made.keywords if word.arg}
                return credit.rule(given.get("credit"), given.get("partial", False))
            except (SyntaxError, ValueError, StopIteration, LessonError):
                break
    return credit.Credit()


def _take_code(held: dict[str, Any] | RecordError, lessons: set[str], found: Found) -> None:
    """Take in what an answer code holds, as far as it is later than what is known."""
    if isinstance(held, RecordError):
        found.sentences.append(str(held).replace("in the notebook ", ""))
        return
    lesson = str(held.get("lesson"))
    if lesson not in lessons:
        found.sentences.append(UNKNOWN_CODE.format(lesson=lesson))
        return
    neighbour = found.neighbours.setdefault(lesson, Neighbour(lesson))
    for name, value in held["answers"].items():
        try:
            taken = record.parse(name, value)
        except RecordError as error:
            found.sentences.append(str(error))
            continue
        if name in neighbour.answers:
            neighbour.answers[name].merge(taken)
        if name not in neighbour.records or taken.is_later_than(neighbour.records[name]):
            neighbour.records[name] = taken


def _graded(cell: Any) -> str:
    """Return the name by which a cell is graded, "" where it is not."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    is_graded = (
        isinstance(nbgrader, dict) and nbgrader.get("grade") is True and "summary()" not in notebook.source_of(cell)
    )
    return str(nbgrader.get("grade_id")) if is_graded and isinstance(nbgrader, dict) else ""
