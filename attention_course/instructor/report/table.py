"""The class report as a table for a spreadsheet."""

from attention_course.instructor.extensions.late import Lateness, moment
from attention_course.instructor.formatting import number
from attention_course.instructor.report.items import ENOUGH_FOR_DISCRIMINATION, Item
from attention_course.instructor.report.results import ClassResults
from attention_course.instructor.spreadsheet import csv_text

TIMES = ("hours late", "extended to")


def table(whole: ClassResults) -> str:
    """Return the table as CSV: one row a student, and for each question how it went, the attempts, and the points."""
    parts = ("result", "attempts", "points")
    rows = [["student", "name", "points", *(f"{q.name} {part}" for q in whole.questions for part in parts), *TIMES]]
    for student in whole.students:
        row = [student.id, student.name, number(student.total)]
        for result in student.results:
            row += [result.standing.value, str(len(result.attempts)), number(result.points)]
        rows.append([*row, *_times(student.times)])
    return csv_text(rows)


def _times(times: Lateness) -> list[str]:
    """Return how late it was, in hours, and to when it was extended; "" for neither."""
    late = times.late.total_seconds() / 3600
    return [number(late) if late else "", moment(times.extended_to) if times.extended_to else ""]


def items_table(items: list[Item]) -> str:
    """Return, for questions drawn from a bank, the table of their items as CSV, "" where there are none.

    Its counts can be added up over terms; a discrimination is that of this class alone, and left out where it is
    chance, as on the page.
    """
    rows = [["item", "concept", "difficulty", "asked", "right", "discrimination"]]
    for one in (variant for item in items for variant in item.variants):
        known = one.discrimination is not None and one.count >= ENOUGH_FOR_DISCRIMINATION
        told = f"{one.discrimination:.2f}" if known else ""
        question = one.question
        rows.append([question.drawn.item, question.name, question.difficulty, str(one.count), str(one.right), told])
    return csv_text(rows) if len(rows) > 1 else ""
