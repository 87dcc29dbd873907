"""Ungraded: a feedback page for each student whose submission cannot be graded, which says why and what to hand in.

It lies where nbgrader looks for feedback, so it is released like any other. Why is found out anew from what was handed
in: whoever is graded, or has handed in nothing at all, gets none.
"""

import logging
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbgrader.api import Student
from sqlalchemy import select

from attention_course.errors import NoNotebook, ReportError
from attention_course.instructor import pages
from attention_course.instructor.course_files import missing_lesson, notebook_path
from attention_course.instructor.formatting import full_name
from attention_course.instructor.gradebook import connected
from attention_course.instructor.runner.find_notebook import NotReadable, find_notebook
from attention_course.instructor.runner.prepare import copy_time_and_secret
from attention_course.instructor.runner.submissions import Submission, submissions_of
from attention_course.instructor.this_course import this_course

MARK = '<meta name="attention-course" content="not graded">'
LISTED = 10  # names of files, at most


@dataclass
class Ungraded:
    """The students who got a page, with the sentence that grading says of them, and those whose page is out of date."""

    written: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say what was done."""
        return [
            *(f"{student}: {why}" for student, why in self.written.items()),
            *(f"{student}: is graded by now; the page that said otherwise is removed." for student in self.removed),
            f"{len(self.written)} could not be graded and have a page that says why.",
        ]


def write_ungraded(assignment: str) -> Ungraded:
    """Write the pages in the course of the working directory; raise CourseError where there is nothing to look at."""
    coursedir: Any = this_course().coursedir
    coursedir.assignment_id = assignment
    if sentence := missing_lesson(coursedir):
        raise ReportError(sentence)
    names, done, log = _names(coursedir.db_url), Ungraded(), logging.getLogger("attention-course.ungraded")
    log.propagate, log.disabled = False, True  # what was mended on the way is grading's to say
    for submission in submissions_of(coursedir, []):
        student = submission.student
        page = notebook_path(coursedir, coursedir.feedback_directory, student).with_suffix(".html")
        try:
            if notebook_path(coursedir, coursedir.autograded_directory, student).exists():
                done.removed += [student] if _remove(page) else []
            elif why := _why_not(submission, assignment, log):
                copy_time_and_secret(submission, page.parent, log)
                page.write_text(_page(names.get(student, student), assignment, why), encoding="utf-8")
                done.written[student] = str(why)
        except OSError as error:
            raise ReportError(f"{error.filename or page} cannot be used: {error.strerror}.") from error
    return done


def _names(db_url: str) -> dict[str, str]:
    with connected(db_url) as session:
        rows = session.execute(select(Student.id, Student.first_name, Student.last_name))
        return {student: full_name(first, last, student) for student, first, last in rows}


def _why_not(submission: Submission, assignment: str, log: Any) -> NoNotebook | None:
    """Return why a submission cannot be graded; None where it only is not yet, or nothing was handed in."""
    try:
        find_notebook(submission.folder, assignment, log)
    except NoNotebook as error:
        return error if error.instead else None
    except NotReadable:
        return None
    return None


def _remove(page: Path) -> bool:
    """Remove a page that says that nothing could be graded; return whether it was one."""
    if not page.is_file() or MARK not in page.read_text(encoding="utf-8", errors="replace"):
        return False
    shutil.rmtree(page.parent)
    return True


def _page(student: str, lesson: str, why: NoNotebook) -> str:
    return pages.render(
        "ungraded.html.j2",
        mark=Markup(MARK),
        student=student,
        lesson=lesson,
        unread=why.unread[:LISTED],
        others=why.others[:LISTED],
        instead=[name for name in why.instead if name not in {*why.unread, *why.others}][:LISTED],
    )
