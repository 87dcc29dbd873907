"""The class report as a table for a spreadsheet."""

import csv
import io

from attention_course.pages import number
from attention_course.report.results import ClassResults

# How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: with an apostrophe before what begins like one."""
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA) or text.startswith(FORMULA) else text


def table(whole: ClassResults) -> str:
    """Return the table as CSV: one row a student, and for each question how it went, the attempts, and the points."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    parts = ("result", "attempts", "points")
    rows.writerow(["student", "name", "points", *(f"{q.name} {part}" for q in whole.questions for part in parts)])
    for student in whole.students:
        row = [harmless(student.id), harmless(student.name), number(student.total)]
        for result in student.results:
            row += [result.standing.value, str(len(result.attempts)), number(result.points)]
        rows.writerow(row)
    return file.getvalue()
