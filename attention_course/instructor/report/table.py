"""The class report as a table for a spreadsheet."""

import csv
import io

from attention_course.instructor.lms.export.sheet import neutral
from attention_course.instructor.pages import number
from attention_course.instructor.report.results import ClassResults


def table(whole: ClassResults) -> str:
    """Return the table as CSV: one row a student, and for each question how it went, the attempts, and the points."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    parts = ("result", "attempts", "points")
    rows.writerow(["student", "name", "points", *(f"{q.name} {part}" for q in whole.questions for part in parts)])
    for student in whole.students:
        row = [neutral(student.id), neutral(student.name), number(student.total)]
        for result in student.results:
            row += [result.standing.value, str(len(result.attempts)), number(result.points)]
        rows.writerow(row)
    return file.getvalue()
