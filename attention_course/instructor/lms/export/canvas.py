"""CanvasExport: grades as Canvas's gradebook imports them (Grades › Import).

Columns and rows are those that lib/gradebook_importer.rb of canvas-lms looks for: it knows a student by "ID", by
"SIS User ID" or by "SIS Login ID", and an assignment by the number in its heading, or else by its title.
"""

import re
from collections.abc import Iterator, Sequence

from attention_course.instructor.formatting import number
from attention_course.instructor.lms.export.lms_export import ExportedClass, LmsExport
from attention_course.instructor.lms.export.scores import GradedStudent
from attention_course.instructor.lms.roster.read_roster import Row
from attention_course.instructor.spreadsheet import neutral

HEADINGS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
TELLING = HEADINGS[1:4]


class CanvasExport(LmsExport):
    """The best roster is Canvas's own export.

    nbgrader export --exporter=attention_course.instructor.lms.export.CanvasExport
    """

    default_file = "canvas.csv"

    def rows(self, known: ExportedClass) -> Iterator[Sequence[str]]:
        """Yield headings, the row of possible points, and a row for each student who has a grade."""
        own = known.roster.headings if known.roster and known.roster.of_canvas else HEADINGS
        about = own[: next(i for i, name in enumerate(own) if name.strip().casefold() == "section") + 1]
        titles = {name: self._heading(self.title(name), own, known) for name in known.points}
        yield [*about, *titles.values()]
        yield ["    Points Possible", *[""] * (len(about) - 1), *map(number, known.points.values())]
        for student, row in known.students:
            if not student.scores:
                continue
            cells = row.raw if row and own is not HEADINGS else _cells(student, row)
            if not any(cells.get(name) and neutral(cells[name]) == cells[name] for name in TELLING):
                known.problems.append(
                    f"{student.id}: has nothing that Canvas could know the student by, and is left out."
                )
                continue
            self.written += 1
            # An empty cell would take away a grade that Canvas has: what stands there stays.
            grades = (
                number(student.scores[name]) if name in student.scores else cells.get(title, "")
                for name, title in titles.items()
            )
            yield [*(cells.get(name, "") for name in about), *grades]

    def _heading(self, title: str, headings: Sequence[str], known: ExportedClass) -> str:
        """Return an assignment's heading as Canvas writes it, with its number: "practice (12345)"."""
        found = [name for name in headings if re.fullmatch(rf"{re.escape(title)} \(\d+\)", name)]
        if len(found) == 1:
            return found[0]
        if known.roster and known.roster.of_canvas:
            what = "several assignments" if found else "no assignment"
            known.problems.append(
                f"The roster has {what} {title!r}, so Canvas will ask which it is; name it as Canvas does in "
                "CanvasExport.columns."
            )
        return title


def _cells(student: GradedStudent, row: Row | None) -> dict[str, str]:
    """Return what Canvas knows a student by, where the roster is none of Canvas's."""
    name = ", ".join(part for part in (student.last, student.first) if part)
    canvas = student.canvas or (row.cells["canvas"] if row else "")
    return {"Student": name or student.id, "ID": canvas, "SIS Login ID": student.id}
