"""Plays the class of twelve, grades it and prints the table of grades.

python -m attention_course.instructor.demo [FOLDER]
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

from attention_course.exercises import program
from attention_course.exercises.credit import Credit
from attention_course.instructor.demo import CLASS, Course, make_class
from attention_course.instructor.demo.course import Points
from attention_course.instructor.demo.run_demo import NoPlace, new_folder, take
from attention_course.instructor.demo.students import Student
from attention_course.instructor.source import asked


def main(arguments: list[str]) -> int:
    """Run the demo in a new folder; return 1 where a grade is not the expected one."""
    try:
        folder = new_folder(arguments, "demo")
    except NoPlace as problem:
        print(problem)
        return 1
    course = Course(folder, Path.cwd())
    take(
        {
            "Release the lesson": course.release,
            f"Play {len(CLASS)} students": lambda: make_class(course.folder, CLASS),
            "Enrol them": lambda: course.enrol(CLASS),
            "Grade, export, write feedback": course.grade,
        }
    )
    names = _question_names(course)
    points, totals = course.points(), course.totals()
    print("", *table(CLASS, names, points, totals), "", sep="\n")
    wrong = differences(CLASS, names, points, totals, _credit(course))
    print(*wrong or ["Every grade is the expected one."], sep="\n")
    print(f"Grades: {folder / 'grades.csv'}\nFeedback, for example: {course.feedback(CLASS[1])}")
    return 1 if wrong else 0


def _credit(course: Course) -> Credit:
    """Return what the lesson says an answer is worth."""
    path = course.folder / "release" / course.lesson / f"{course.lesson}.ipynb"
    names: dict[str, Any] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if "lesson" not in names and cell["metadata"].get("nbgrader", {}).get("locked"):
            names = program.run("".join(cell["source"]), given=names).names
    return names["lesson"].credit


def _question_names(course: Course) -> dict[str, str]:
    """Return the questions' names with a short title each: "T1" for task 1, "Q1" for question 1."""
    path = course.folder / "release" / course.lesson / f"{course.lesson}.ipynb"
    questions = asked(json.loads(path.read_text(encoding="utf-8"))).values()
    return {question.name: f"{question.label[0]}{question.number}" for question in questions}


def table(students: list[Student], names: dict[str, str], points: Points, totals: dict[str, float]) -> list[str]:
    """Return the lines of the table of grades, student by question."""
    width = max(len(_full_name(student)) for student in students)
    lines = [f"{'':{width}}  {'  '.join(names.values())}  total"]
    for student in students:
        row = (f"{points.get(student.id, {}).get(name, float('nan')):2g}" for name in names)
        total = totals.get(student.id, float("nan"))
        lines.append(f"{_full_name(student):{width}}  {'  '.join(row)}  {total:5g}")
    return lines


def differences(
    students: list[Student],
    names: dict[str, str],
    points: Points,
    totals: dict[str, float],
    credit: Credit | None = None,
) -> list[str]:
    """Return a sentence for each grade, and for each exported total, that is not the expected one."""
    wrong = []
    for student in students:
        got, expects = points.get(student.id, {}), student.expected_with(credit or Credit())
        for (name, title), expected in zip(names.items(), expects, strict=True):
            if got.get(name) != expected:
                wrong.append(f"{_full_name(student)}, {title}: {got.get(name)} where {expected} was expected.")
        total = totals.get(student.id)
        if total is None or not math.isclose(total, sum(expects)):
            wrong.append(f"{_full_name(student)}, total: {total} where {sum(expects):g} was expected.")
    return wrong


def _full_name(student: Student) -> str:
    return f"{student.first_name} {student.last_name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
