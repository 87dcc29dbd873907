"""What the export plugins have in common: gradebook and roster are read, a file is written, the rest is told."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Unicode

from attention_course.errors import RosterError
from attention_course.grades import scores, sheet
from attention_course.grades.match import match
from attention_course.grades.scores import Graded
from attention_course.roster import table
from attention_course.roster.table import Row, Table


@dataclass
class Class:
    """All that a file is made of; `roster` is None where none was given, and so is then each student's row."""

    points: dict[str, float]  # the most there is, by assignment
    students: Sequence[tuple[Graded, Row | None]]
    roster: Table | None = None
    problems: list[str] = field(default_factory=list)


class LmsExport(ExportPlugin):
    """Writes a CSV file for a learning management system; a subclass says which columns it has."""

    default_file = "grades.csv"
    roster = Unicode("", help="CSV file with the students as the system exports them.").tag(config=True)
    columns = Dict(help="What an assignment is called there, where that is another name.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file to `to`; whoever is left out is named in the log. Ends with 1 where nothing can be written."""
        to = Path(self.to or self.default_file)
        try:
            roster = table.read(Path(self.roster)) if self.roster else None
            known = self._class(gradebook, roster)
            rows = list(self.rows(known))
            sheet.write(to, rows)
        except RosterError as error:
            self.log.error("%s", error)
            sys.exit(1)
        except OSError as error:
            self.log.error("%s cannot be written: %s.", to, error.strerror)
            sys.exit(1)
        for problem in known.problems:
            self.log.warning("%s", problem)
        self.log.info("%s: the grades of %s students are written.", to, self.written)

    def rows(self, known: Class) -> Iterator[Sequence[str]]:
        """Yield the file's rows, headings first; what is left out goes to `known.problems`."""
        raise NotImplementedError

    written = 0  # how many students the file has

    def title(self, assignment: str) -> str:
        """Return what an assignment is called in the system."""
        return str(self.columns.get(assignment, assignment))

    def _class(self, gradebook: Gradebook, roster: Table | None) -> Class:
        wanted = [str(name) for name in self.assignment]
        points = {a.name: a.max_score for a in gradebook.assignments if not wanted or a.name in wanted}
        problems = [f"There is no assignment {name!r} in the gradebook." for name in wanted if name not in points]
        chosen = {str(name) for name in self.student}
        everybody = scores.read(gradebook, points)
        graded = [student for student in everybody if not chosen or student.id in chosen]
        points = {name: most for name, most in points.items() if any(name in student.scores for student in graded)}
        if not points:
            problems.append("Nothing is graded yet, so the file has no grades.")
        if roster is None:
            return Class(points, [(student, None) for student in graded], None, problems)
        pairs = match(everybody, roster.rows, problems)
        return Class(points, [pair for pair in pairs if pair[0] in graded], roster, problems)
