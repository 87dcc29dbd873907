"""Reads a class: the points from the gradebook, and from the course's folders what the gradebook does not know."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Grade, Student
from nbgrader.api import SubmittedAssignment as Handed
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import case, func, select

from attention_course.course import facts
from attention_course.instructor.course_files import notebook_in
from attention_course.instructor.extensions.extension import Extension
from attention_course.instructor.extensions.file import Extensions, read_extensions
from attention_course.instructor.extensions.late import Lateness
from attention_course.instructor.formatting import full_name, number
from attention_course.instructor.runner.looks_new import MARKER
from attention_course.instructor.runner.submissions import Submission, students_in
from attention_course.instructor.totals.class_grades import ClassGrades, GradedLesson, Member, State, Work


def read_class(session: Any, coursedir: Any = None) -> ClassGrades:
    """Return what a class has; without a course's folders, what the gradebook alone can tell."""
    lessons = _lessons(session)
    known = dict(_works(session))
    members = []
    extensions = read_extensions(Path(coursedir.root)) if coursedir else Extensions()
    roster = session.execute(select(Student.id, Student.first_name, Student.last_name)).all()
    often = Counter(full_name(first, last, student) for student, first, last in roster)
    for student, first, last in sorted(roster, key=lambda one: (one[2] or "", one[1] or "", one[0])):
        works = {lesson.name: known.get((student, lesson.name), Work()) for lesson in lessons}
        if coursedir:
            works = {
                lesson: _looked_up(coursedir, extensions.of(student, lesson), work) for lesson, work in works.items()
            }
        name = full_name(first, last, student)
        members.append(Member(student, f"{name} ({student})" if often[name] > 1 else name, works))
    strangers = _folders(coursedir) - {member.id for member in members} if coursedir else set()
    return ClassGrades(lessons, members, sorted(strangers))


def _lessons(session: Any) -> list[GradedLesson]:
    """Return the lessons, in the order in which the course has them, then those that it does not know."""
    order = [*facts.known()]
    rows = session.execute(select(Assignment.name, Assignment.max_score, Assignment.duedate)).all()
    rows = sorted(rows, key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[0]))
    return [GradedLesson(name, rounded(points or 0), due) for name, points, due in rows]


def _works(session: Any) -> Iterator[tuple[tuple[str, str], Work]]:
    """Yield each submission that the gradebook has, by student and lesson: two queries, whatever the class's size."""
    taken_off = func.sum(Submitted.late_submission_penalty)
    penalties = session.execute(select(Submitted.assignment_id, taken_off).group_by(Submitted.assignment_id))
    penalty_of = {submission: penalty or 0.0 for submission, penalty in penalties}
    waiting = func.max(case((Grade.needs_manual_grade, 1), else_=0))
    rows = session.execute(
        select(Handed.id, Handed.student_id, Handed.timestamp, Handed.extension)
        .add_columns(Assignment.name, Assignment.duedate, func.sum(Grade.score), waiting)
        .join(Assignment, Handed.assignment_id == Assignment.id)
        .outerjoin(Submitted, Submitted.assignment_id == Handed.id)
        .outerjoin(Grade, Grade.notebook_id == Submitted.id)
        .group_by(Handed.id, Assignment.id)
    )
    for submission, student, time, extension, lesson, due, score, waits in rows:
        penalty = penalty_of.get(submission, 0.0)
        yield (
            (student, lesson),
            Work(
                State.BY_HAND if waits else State.GRADED,
                rounded(max(0.0, (score or 0.0) - penalty)),
                rounded(penalty),
                bool(Lateness(due, time, extension or timedelta()).late),
            ),
        )


def rounded(points: float) -> Fraction:
    """Return points as they are exported, with two decimals, as an exact number."""
    return Fraction(number(points))


def _looked_up(coursedir: Any, granted: Extension, work: Work) -> Work:
    """Return a student's work with what the folders tell: what was handed in is not always graded."""
    student, lesson, work = granted.student, granted.lesson, replace(work, until=granted.until)
    place = notebook_in(coursedir, coursedir.submitted_directory, student, lesson).parent
    if not place.is_dir():
        return work
    if work.points is None:
        return replace(work, state=State.UNGRADED)
    graded = notebook_in(coursedir, coursedir.autograded_directory, student, lesson)
    if not graded.is_file():  # autograded/ may have been emptied: points that are there are points
        return work if work.points else replace(work, state=State.FAILED)
    if _is_older(graded.parent / MARKER, Submission(student, place, granted.mark)):
        return replace(work, state=State.OLDER)
    return work


def _is_older(marker: Path, submission: Submission) -> bool:
    """Is the grading that a marker tells of one of another submission? What plain nbgrader graded has no marker."""
    try:
        return bool(json.loads(marker.read_text(encoding="utf-8"))["submitted"] != submission.digest())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _folders(coursedir: Any) -> set[str]:
    """Return whose folders in submitted/ hold anything."""
    folder = Path(coursedir.root, coursedir.submitted_directory)
    return {student for student in students_in(folder) if any((folder / student).iterdir())}
