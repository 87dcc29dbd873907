"""From a graded course to its page and table: `attention-course report` without a lesson, as a function."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from attention_course.errors import ReportError
from attention_course.instructor.formatting import counted
from attention_course.instructor.gradebook import connected
from attention_course.instructor.report.course_page import course_page
from attention_course.instructor.report.course_table import course_table
from attention_course.instructor.this_course import this_course
from attention_course.instructor.totals.class_grades import ClassGrades
from attention_course.instructor.totals.read_class import read_class
from attention_course.instructor.totals.rules import CourseTotal


def write_course_report(anonymous: bool, out: Path | None) -> tuple[Path, Path, str]:
    """Write the page of the course in the working directory; return both files and one sentence.

    Raises CourseError where there is nothing to report on, the total is configured wrongly, or there is no place to
    write to; then nothing is written.
    """
    app = this_course()
    with connected(app.coursedir.db_url) as session:
        whole = read_class(session, app.coursedir)
    rules = CourseTotal(parent=app).rules(whole.lessons)
    if not whole.lessons:
        raise ReportError("The gradebook knows no lesson: release one first (make release).")
    if anonymous:
        whole = without_names(whole)
    folder = out or Path(app.coursedir.root) / "reports"
    files = folder / "index.html", folder / "course.csv"
    now = datetime.now(UTC)
    utc = now.replace(tzinfo=None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page = course_page(whole, rules, folder, now.astimezone(), utc, anonymous)
        files[0].write_text(page, encoding="utf-8")
        # Without the mark Excel garbles names.
        files[1].write_text(course_table(whole, rules, utc), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportError(f"The course page cannot be written to {folder}: {error.strerror}.") from error
    unfinished = [words for words, _ in whole.unfinished()]
    said = f"{counted(len(whole.members), 'student')}, {counted(len(whole.lessons), 'lesson')}."
    return *files, "\n".join([said, *(f"{words}: see the page." for words in unfinished)])


def without_names(whole: ClassGrades) -> ClassGrades:
    """Return a class without names: students are numbered in an order that tells nothing."""
    members = list(whole.members)
    random.SystemRandom().shuffle(members)
    numbered = [replace(one, id=str(i), name=f"Student {i}") for i, one in enumerate(members, start=1)]
    return ClassGrades(whole.lessons, numbered, [""] * len(whole.strangers))
