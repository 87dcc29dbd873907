"""What the export plugins have in common: gradebook and roster are read, a file is written, the rest is told."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from sqlalchemy.exc import SQLAlchemyError
from traitlets import Dict, Unicode

from attention_course.errors import CourseError, ExportError
from attention_course.instructor import gradebook as gradebooks
from attention_course.instructor.checked_options import CheckedOptions
from attention_course.instructor.lms.export.match_rows import match_rows
from attention_course.instructor.lms.export.scores import GradedStudent, read_scores
from attention_course.instructor.lms.roster.read_roster import RosterTable, Row, read_roster
from attention_course.instructor.spreadsheet import csv_text
from attention_course.instructor.totals.class_grades import NAMED, ClassGrades, sentence
from attention_course.instructor.totals.read_class import read_class
from attention_course.instructor.totals.rules import CourseTotal
from attention_course.instructor.totals.total import in_words, totals


@dataclass
class ExportedClass:
    """All that a file is made of; `roster` is None where none was given, and so is then each student's row."""

    points: dict[str, float]  # the most there is, by assignment
    students: Sequence[tuple[GradedStudent, Row | None]]
    roster: RosterTable | None = None
    problems: list[str] = field(default_factory=list)
    about: Sequence[str] = ()  # what a total counts, in sentences


class LmsExport(CheckedOptions, ExportPlugin):
    """Writes a CSV file for a learning management system; a subclass says which columns it has."""

    explained_in = "docs/grades.md"
    default_file = "grades.csv"
    roster = Unicode("", help="CSV file with the students as the system exports them.").tag(config=True)
    columns = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="What an assignment is called there, where that is another name.",
    ).tag(config=True)
    total = Unicode(
        "", help="Write the course total, in percent, in the place of the lessons; this is what it is called there."
    ).tag(config=True)

    def __init__(self, **arguments: Any) -> None:
        """Take the configuration; nbgrader opens the gradebook next, and would make one where there is none."""
        with self._ending_in_a_sentence():
            super().__init__(**arguments)
            if self.parent:
                with gradebooks.connected(self.parent.coursedir.db_url) as session:
                    gradebooks.assignments(session)

    @contextmanager
    def _ending_in_a_sentence(self) -> Iterator[None]:
        """Log why nothing is written, and end with exit code 1."""
        try:
            yield
        except CourseError as error:
            self.log.error("%s", error)
            sys.exit(1)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file to `to`; whoever is left out is named in the log. Ends with 1 where nothing can be written."""
        with self._ending_in_a_sentence():
            to, known = self._write(gradebook)
        for said in known.about:
            self.log.info("%s", said)
        for problem in known.problems:
            self.log.warning("%s", problem)
        self.log.info("%s: the grades of %s students are written.", to, self.written)

    def _write(self, gradebook: Gradebook) -> tuple[Path, ExportedClass]:
        to = Path(self.to or (self.default_file.replace(".csv", "-total.csv") if self.total else self.default_file))
        roster = read_roster(Path(self.roster)) if self.roster else None
        try:
            known = self._class(gradebook, roster)
            to.write_text(csv_text(self.rows(known)), encoding="utf-8", newline="")
        except SQLAlchemyError as error:
            raise ExportError(f"The gradebook cannot be read: {gradebooks.reason(error)}.") from error
        except OSError as error:
            raise ExportError(f"{to} cannot be written: {error.strerror}.") from error
        return to, known

    def rows(self, known: ExportedClass) -> Iterator[Sequence[str]]:
        """Yield the file's rows, headings first; what is left out goes to `known.problems`."""
        raise NotImplementedError

    written = 0  # how many students the file has

    def title(self, assignment: str) -> str:
        """Return what an assignment is called in the system."""
        return str(self.columns.get(assignment, assignment))

    def _class(self, gradebook: Gradebook, roster: RosterTable | None) -> ExportedClass:
        points = _chosen("assignment", self.assignment, {a.name: a.max_score for a in gradebook.assignments})
        everybody = read_scores(gradebook, points)
        whole = read_class(gradebook.db, self.parent and self.parent.coursedir)
        about: Sequence[str] = ()
        if self.total:
            everybody, about = self._totals(everybody, whole)
            points = {self.total: 100}
        graded = [*_chosen("student", self.student, {student.id: student for student in everybody}).values()]
        points = {name: most for name, most in points.items() if any(name in student.scores for student in graded)}
        problems = [] if points else ["Nothing is graded yet, so the file has no grades."]
        of_these = whole.only(None if self.total else points, {student.id for student in graded})
        problems += [sentence(words, students, NAMED) for words, students in of_these.unfinished()]
        if roster is None:
            return ExportedClass(points, [(student, None) for student in graded], None, problems, about)
        pairs = match_rows(everybody, roster.rows, problems)
        return ExportedClass(points, [pair for pair in pairs if pair[0] in graded], roster, problems, about)

    def _totals(
        self, students: Sequence[GradedStudent], whole: ClassGrades
    ) -> tuple[list[GradedStudent], Sequence[str]]:
        """Return the students with their totals in the place of their scores, and what these count."""
        if self.assignment:
            raise ExportError("A course total is one of all lessons: leave out --assignment, or give lessons weights.")
        now = datetime.now(UTC).replace(tzinfo=None)
        rules = CourseTotal(parent=self).rules(whole.lessons)
        percents = {student: one.percent for student, one in totals(whole, rules, now).items()}
        scores = {student: {self.total: float(told)} for student, told in percents.items() if told is not None}
        with_total = [replace(student, scores=scores.get(student.id, {})) for student in students]
        return with_total, [*in_words(whole, rules, now)]


def _chosen(what: str, names: Sequence[Any], known: dict[str, Any]) -> dict[str, Any]:
    """Return what is named of all there is, all of it where nothing is; raise ExportError for a name of nothing."""
    wanted = [str(name) for name in names]
    for name in wanted:
        if name not in known:
            raise ExportError(f"The gradebook has no {what} {name!r}: `nbgrader db {what} list` shows what it has.")
    return {name: it for name, it in known.items() if not wanted or name in wanted}
