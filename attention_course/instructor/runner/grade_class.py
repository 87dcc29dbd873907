"""The command `attention-course grade`: opens the course, grades, reports."""

import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.apps import AutogradeApp
from sqlalchemy.exc import SAWarning

from attention_course.instructor.runner.alone import alone
from attention_course.instructor.runner.autograde import AutogradeInParts
from attention_course.instructor.runner.grading_report import GradingReport
from attention_course.instructor.runner.grading_run import GradingRun
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.instructor.runner.submissions import (
    Markers,
    settings_digest,
    strays,
    submissions_of,
    unknown_students,
    with_extensions,
)
from attention_course.instructor.runner.workers import Workers


@dataclass(frozen=True)
class Request:
    """What is to be graded, and how."""

    assignment: str
    students: list[str] = field(default_factory=list)
    workers: int = 1
    scheduler: str | None = None
    force: bool = False
    options: list[str] = field(default_factory=list)  # nbgrader's own, as `nbgrader autograde` takes them


def grade_class(
    request: Request, report: GradingReport, first: Callable[[Any], Iterable[str]] = lambda coursedir: ()
) -> None:
    """Grade an assignment in the course of the working directory; what `first` says of the course is said first."""
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")  # about its own queries
    app = AutogradeApp()
    app.initialize([request.assignment, *request.options])
    coursedir = app.coursedir
    coursedir.assignment_id = request.assignment
    submissions = submissions_of(coursedir, request.students)
    report.say(first(coursedir))
    with (
        alone(Path(coursedir.root)) as folder,
        closing(OneGradebook(coursedir.db_url, coursedir.course_id)) as gradebook,
        Workers(request.workers, request.scheduler) as workers,
    ):
        submissions = with_extensions(coursedir, gradebook, submissions)
        markers = Markers.read(gradebook, request.assignment, settings_digest(Path(coursedir.root), app.config))
        report.notes += [*strays(coursedir), *unknown_students(gradebook, submissions)]
        # Relative to the course, whose own path is the only one that nbgrader escapes in its regular expressions.
        coursedir.submitted_directory = f"{folder.name}/prepared"
        kept = () if request.scheduler else (str(folder.absolute()), markers.settings)
        converter = AutogradeInParts(gradebook, kept, coursedir=coursedir, parent=app)
        converter.start()
        waiting = []
        for submission in submissions:
            folder_of_it = converter.folder(submission.student)
            if not request.force and markers.is_graded(submission, folder_of_it, request.assignment):
                report.unchanged.append(submission.student)
            else:
                waiting.append(submission)
        workers.count = min(workers.count, len(waiting))
        with report.progress(len(waiting)) as advance:
            for result in GradingRun(converter, markers, workers).results(waiting):
                advance(result)
