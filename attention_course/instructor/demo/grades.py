"""The class's grades as a table, and where they are not the expected ones."""

import math
from collections.abc import Sequence

from attention_course.exercises.credit import Credit
from attention_course.instructor.demo.course import Points
from attention_course.instructor.demo.students import MadeUpStudent


def grade_table(
    students: list[MadeUpStudent], names: dict[str, str], points: Points, totals: dict[str, float]
) -> list[str]:
    """Return the lines of the table of grades, student by question; `names` are the questions with short titles."""
    width = max(len(_full_name(student)) for student in students)
    lines = [f"{'':{width}}  {'  '.join(names.values())}  total"]
    for student in students:
        row = (f"{points.get(student.id, {}).get(name, float('nan')):2g}" for name in names)
        total = totals.get(student.id, float("nan"))
        lines.append(f"{_full_name(student):{width}}  {'  '.join(row)}  {total:5g}")
    return lines


def differences(
    students: list[MadeUpStudent],
    names: dict[str, str],
    points: Points,
    totals: dict[str, float],
    credit: Credit | None = None,
    worth: Sequence[float] = (),
) -> list[str]:
    """Return a sentence for each grade, and for each exported total, that is not the expected one.

    `worth` has the points of each question, which is 1 where it says nothing.
    """
    wrong = []
    for student in students:
        got, expects = points.get(student.id, {}), student.expected_with(credit or Credit(), worth)
        expects += [0] * (len(names) - len(expects))  # no plan says anything of these, so nobody answers them
        for (name, title), expected in zip(names.items(), expects, strict=True):
            if got.get(name) != expected:
                wrong.append(f"{_full_name(student)}, {title}: {got.get(name)} where {expected:g} was expected.")
        total = totals.get(student.id)
        if total is None or not math.isclose(total, sum(expects)):
            wrong.append(f"{_full_name(student)}, total: {total} where {sum(expects):g} was expected.")
    return wrong


def _full_name(student: MadeUpStudent) -> str:
    return f"{student.first_name} {student.last_name}"
