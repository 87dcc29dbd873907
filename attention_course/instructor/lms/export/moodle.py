"""MoodleExport: grades as Moodle's gradebook imports them (Grades › Import › CSV file).

Moodle (grade/import/csv/classes/load_data.php) stops at the first student it does not know, and gives a row without
an address to the student of the row before. So each row has what it is known by, once, and unchanged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from traitlets import Enum

from attention_course.instructor.formatting import number
from attention_course.instructor.lms.export.lms_export import ExportedClass, LmsExport
from attention_course.instructor.lms.export.scores import GradedStudent
from attention_course.instructor.lms.roster.headings import EMAIL, ID_NUMBER, USERNAME, plain
from attention_course.instructor.lms.roster.read_roster import Row
from attention_course.instructor.spreadsheet import neutral

NO_GRADE = "-"  # Moodle's own sign for it
HEADINGS = {
    "email": ("Email address", ("email address", *EMAIL)),
    "id": ("ID number", ID_NUMBER),
    "username": ("Username", USERNAME),
}


class MoodleExport(LmsExport):
    """The best roster is Moodle's own export.

    nbgrader export --exporter=attention_course.instructor.lms.export.MoodleExport
    """

    default_file = "moodle.csv"
    by = Enum(list(HEADINGS), default_value="email", help="What Moodle is to know a student by.").tag(config=True)

    def rows(self, known: ExportedClass) -> Iterator[Sequence[str]]:
        """Yield headings and a row for each student who has a grade."""
        heading = HEADINGS[self.by][0]
        yield ["First name", "Last name", heading, *map(self.title, known.points)]
        graded = [(student, self._telling(student, row)) for student, row in known.students if student.scores]
        often = Counter(telling for _, telling in graded)
        for student, telling in graded:
            if problem := _problem(telling, often[telling]):
                known.problems.append(f"{student.id}: {problem} ({heading}), and is left out.")
                continue
            self.written += 1
            grades = (number(student.scores[a]) if a in student.scores else NO_GRADE for a in known.points)
            yield [student.first, student.last, telling, *grades]

    def _telling(self, student: GradedStudent, row: Row | None) -> str:
        """Return what Moodle knows a student by, spelled as Moodle spells it."""
        if row:
            cells = {plain(name): text for name, text in row.raw.items()}
            if found := next((cells[plain(name)] for name in HEADINGS[self.by][1] if cells.get(plain(name))), ""):
                return found
        return student.email if self.by == "email" else student.id


def _problem(telling: str, often: int) -> str:
    if not telling:
        return "has nothing that Moodle knows a student by"
    if often > 1:
        return f"shares “{telling}” with another"
    return "begins like a formula in what Moodle knows a student by" if neutral(telling) != telling else ""
