"""From downloads to submitted/: the whole of `attention-course collect`, as a function."""

import tempfile
from pathlib import Path

from nbgrader.utils import chdir

from attention_course.errors import CollectError
from attention_course.instructor.course_files import missing_lesson
from attention_course.instructor.lms.collect.collect_app import CollectApp
from attention_course.instructor.lms.collect.collect_report import CollectReport
from attention_course.instructor.lms.collect.owners import Roster


def collect_downloads(assignment: str, downloads: Path, course_dir: Path, roster: Path | None = None) -> CollectReport:
    """Put what students handed in to Moodle or Canvas into a course's submitted/ folder.

    `downloads` is an archive, a notebook, or a folder of archives, folders and notebooks. With a roster (CSV) its names
    and numbers are looked up there; without one a student's id is the number that the system uses. Raises CollectError
    where nothing can be collected at all; everything else is in the report.
    """
    downloads, course_dir = downloads.absolute(), course_dir.absolute()
    if not downloads.exists():
        raise CollectError(f"There is no {downloads}: name the archive or the folder that was downloaded.")
    students = Roster.read(roster) if roster else None
    with chdir(str(course_dir)), tempfile.TemporaryDirectory(prefix="collect-") as unpacked:
        app = CollectApp()
        app.initialize([assignment, "--log-level=ERROR"])
        if sentence := missing_lesson(app.coursedir):
            raise CollectError(sentence)
        app.prepare(downloads, Path(unpacked), students)
        try:
            app.start()
        except OSError as error:
            raise CollectError(f"{error.filename or course_dir} cannot be used: {error.strerror}.") from error
    report = app.report
    if report.is_empty:
        raise CollectError(f"There is nothing to collect in {downloads}: it holds no notebook and no archive.")
    if students:
        report.problems += students.problems
        report.notes += [students.remark] if students.remark else []
        report.missing += [s.id for s in students.students if not app.submitted(s.id).parent.is_dir()]
    return report
