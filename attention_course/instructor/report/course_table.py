"""The course page as a table for a spreadsheet; rows that begin with # say what counts and what is not graded."""

from datetime import datetime

from attention_course.instructor.formatting import number
from attention_course.instructor.report.course_page import most_missing_first
from attention_course.instructor.spreadsheet import csv_text
from attention_course.instructor.totals.class_grades import ClassGrades, Work, sentence
from attention_course.instructor.totals.rules import Rules
from attention_course.instructor.totals.total import in_words, totals, written

OF_A_LESSON = ("points", "state", "late", "penalty")


def course_table(whole: ClassGrades, rules: Rules, utc: datetime) -> str:
    """Return the table as CSV: a row for each student, those first who have not handed in most."""
    total_of = totals(whole, rules, utc)
    columns = [f"{lesson.name} {part}" for lesson in whole.lessons for part in OF_A_LESSON]
    rows = [["student", "name", "total %", "counted", "dropped", "not handed in", *columns]]
    for member in most_missing_first(whole):
        total = total_of[member.id]
        counts = [written(total.percent), " ".join(total.counted), " ".join(total.dropped)]
        row = [member.id, member.name, *counts, str(len(member.missing()))]
        for lesson in whole.lessons:
            row += _cells(member.works[lesson.name])
        rows.append(row)
    unfinished = [sentence(words, students) for words, students in whole.unfinished()]
    possible = ", ".join(f"{lesson.name} {number(float(lesson.points))}" for lesson in whole.lessons)
    below = [*unfinished, *in_words(whole, rules, utc), f"Points that there are: {possible}."]
    return csv_text([*rows, *([f"# {each}"] for each in below)])


def _cells(work: Work) -> list[str]:
    points = "" if work.points is None else number(float(work.points))
    return [points, work.state.value, "late" * work.late, number(float(work.penalty)) if work.penalty else ""]
