"""What the class did: every student's answer to every question."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from attention_course.answers import notebook, record
from attention_course.answers.answer import Answer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.bank import sittings
from attention_course.errors import NotebookError, ReportError
from attention_course.exercises.question import Outcome, Question
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.extensions.late import Lateness
from attention_course.instructor.formatting import full_name
from attention_course.instructor.grading import by_code, passed_tests
from attention_course.instructor.report.read_course import Grades
from attention_course.instructor.signals.trace import Kind, Trace


class Standing(StrEnum):
    """How a student came out of a question."""

    FIRST = "right first time"
    LATER = "right later"
    WRONG = "wrong"
    NONE = "not attempted"
    COMMITTED = "committed"  # what nobody judges
    UNGRADED = "could not be graded"  # which is no fault of the student's


@dataclass(frozen=True)
class Result:
    """One student's answer to one question: the attempts' picks, in order, and the points.

    `tests` are the hidden tests of an answer that is code, and whether it passed each. `minutes` lie between the first
    and the last attempt, None where there was but one, or the first is not kept. `asked` is the item that this student
    was asked, where the question is drawn from a bank.
    """

    standing: Standing
    attempts: tuple[tuple[str, ...], ...]
    points: float
    tests: tuple[tuple[str, bool], ...] = ()
    minutes: float | None = None
    asked: Question | None = None

    @property
    def symbol(self) -> str:
        """What stands for it in a cell: ✓, the number of the attempt that was right, ✗, ●, ? or ·."""
        later = str(len(self.attempts))
        signs = {Standing.FIRST: "✓", Standing.LATER: later, Standing.WRONG: "✗", Standing.COMMITTED: "●"}
        return {**signs, Standing.UNGRADED: "?"}.get(self.standing, "·")


@dataclass
class StudentResults:
    """One student whose work is graded, with a result for each question, in the questions' order."""

    id: str
    name: str
    results: list[Result]
    times: Lateness = field(default_factory=Lateness)
    trace: Trace | None = None  # of which signals are told

    @property
    def total(self) -> float:
        """All points together."""
        return sum(result.points for result in self.results)


@dataclass
class ClassResults:
    """A class: who is graded, who is not, and what could not be read."""

    assignment: str
    questions: list[Question]
    most: list[float]  # points that each question can give
    students: list[StudentResults]
    ungraded: list[str] = field(default_factory=list)  # names of those who handed in and are not graded
    missing: list[str] = field(default_factory=list)  # names of those who have not handed in
    left_out: int = 0  # how many are graded, but with a notebook that cannot be read
    notes: list[str] = field(default_factory=list)
    anonymous: bool = False
    signals: list[Kind] = field(default_factory=list)  # what to look at, which says nothing by itself

    @property
    def standings(self) -> list[Standing]:
        """The ways in which somebody can come out of these questions."""
        committed = any(question.committed for question in self.questions)
        ungraded = any(one.standing is Standing.UNGRADED for student in self.students for one in student.results)
        possible = {Standing.COMMITTED: committed, Standing.UNGRADED: ungraded}
        return [standing for standing in Standing if possible.get(standing, True)]


def gather(coursedir: Any, questions: Sequence[Question], grades: Grades) -> ClassResults:
    """Put together what the class did; raise ReportError where the gradebook is about other questions."""
    assignment = coursedir.assignment_id
    unknown = [question.name for question in questions if question.name not in grades.most]
    if len(unknown) == len(questions):
        raise ReportError(
            f"The gradebook's {assignment} has none of the questions of the source notebook: is it another course's?"
        )
    most = [grades.most.get(question.name, 0.0) for question in questions]
    whole = ClassResults(assignment, list(questions), most, [])
    if unknown:
        whole.notes.append(f"The gradebook does not know {', '.join(unknown)} yet: release and grade the lesson again.")
    for student, (first, last) in sorted(grades.roster.items(), key=lambda one: (*one[1][::-1], one[0])):
        name = full_name(first, last, student)
        graded = notebook_path(coursedir, coursedir.autograded_directory, student)
        if student in grades.points and graded.is_file():
            try:
                work = read_work(graded, assignment)
            except NotebookError as error:
                whole.left_out += 1
                whole.notes.append(f"{name} is left out: the graded notebook is damaged. {error} Grade it again.")
                continue
            results = results_of(work, questions, grades.points[student])
            trace = Trace(student, work.records, by_code.noted(work.graded))
            whole.students.append(StudentResults(student, name, results, grades.times.get(student, Lateness()), trace))
        elif notebook_path(coursedir, coursedir.submitted_directory, student).parent.is_dir():
            whole.ungraded.append(name)
        else:
            whole.missing.append(name)
    return whole


@dataclass(frozen=True)
class Work:
    """What a graded notebook holds: its metadata, and the records in it."""

    graded: dict[str, Any]
    records: dict[str, Record]


def read_work(path: Path, lesson: str) -> Work:
    """Read a graded notebook; raise NotebookError where it cannot be read."""
    graded = metadata_of(path)
    return Work(graded, record.read(graded, lesson)[0])


def results_of(work: Work, questions: Sequence[Question], points: dict[str, float]) -> list[Result]:
    """Return a student's result for each question."""
    records = work.records
    drawn = {question.name for question in questions if question.bank}
    records = sittings.counting(records, drawn) if drawn else records
    tested, ungraded = passed_tests.noted(work.graded), passed_tests.ungraded(work.graded)
    results = []
    for question in questions:
        kept = records.get(question.name, Record())
        if question.written:
            result = _written(question, kept, tested.get(question.name, ()), points)
        else:
            result = _result(answer_to(question, kept), points)
        standing = Standing.UNGRADED if question.name in ungraded else result.standing
        results.append(replace(result, standing=standing, minutes=minutes(kept)))
    return results


def minutes(kept: Record) -> float | None:
    """Return the minutes between the first and the last attempt; None where that cannot be told from a record."""
    if len(kept.attempts) < 2 or kept.earlier:
        return None
    first, last = (datetime.fromisoformat(kept.attempts[place].at) for place in (0, -1))
    try:
        passed = last.timestamp() - first.timestamp()
    except (OverflowError, OSError, ValueError):  # a year that no clock shows
        return None
    return passed / 60 if passed >= 0 else None


def metadata_of(path: Path) -> dict[str, Any]:
    """Return a notebook with its metadata alone, read from the end of the file: the cells before it hold pictures.

    Nothing within a text can look like it, since a quotation mark in one has a backslash before it; and where it is not
    the notebook's own metadata, what is left of the file is no JSON, so all of it is read.
    """
    try:
        content = path.read_bytes()
        last = json.loads(b"{" + content[content.rindex(b'"metadata": {') :])
        if isinstance(last["metadata"], dict):
            return {"metadata": last["metadata"], "cells": []}
    except (OSError, ValueError, KeyError, RecursionError):
        pass
    return notebook.load(path)


def _result(answer: Answer, points: dict[str, float]) -> Result:
    attempts = tuple(attempt.picks for attempt in answer.record.attempts)
    standing, outcome, question = Standing.WRONG if attempts else Standing.NONE, answer.outcome, answer.question
    if outcome is Outcome.RIGHT:
        standing = Standing.FIRST if len(attempts) == 1 else Standing.LATER
    if outcome is Outcome.COMMITTED:
        standing = Standing.COMMITTED
    asked = question if question.bank and attempts else None
    return Result(standing, attempts, points.get(question.name, 0.0), asked=asked)


def _written(question: Question, kept: Record, tests: tuple[tuple[str, bool], ...], points: dict[str, float]) -> Result:
    """Return the result of an answer that is code: which tests it passed is known, and nothing is run again."""
    standing = Standing.WRONG if kept.attempts else Standing.NONE
    if tests and all(passed for _, passed in tests):
        standing = Standing.FIRST if kept.tried == 1 else Standing.LATER
    attempts = tuple(attempt.picks for attempt in kept.attempts)
    return Result(standing, attempts, points.get(question.name, 0.0), tests)


def anonymised(whole: ClassResults, shuffle: Any = None) -> ClassResults:
    """Return a class without names: students are numbered in an order that tells nothing."""
    students = list(whole.students)
    (shuffle or random.SystemRandom().shuffle)(students)
    numbered = [StudentResults(f"{i}", f"Student {i}", one.results) for i, one in enumerate(students, start=1)]
    notes = [note for note in whole.notes if " is left out: " not in note]
    if whole.left_out:
        notes.append(f"{whole.left_out} left out: the graded notebook is damaged.")
    ungraded, missing = [""] * len(whole.ungraded), [""] * len(whole.missing)
    return replace(
        whole, students=numbered, ungraded=ungraded, missing=missing, notes=notes, anonymous=True, signals=[]
    )
