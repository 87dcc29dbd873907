"""Plays the class of twelve, grades it and prints the table of grades.

python -m attention_course.instructor.demo [FOLDER]
"""

import sys
from pathlib import Path
from typing import Any

from attention_course.exercises import program
from attention_course.exercises.credit import Credit
from attention_course.instructor.demo.answering import make_class
from attention_course.instructor.demo.course import Course
from attention_course.instructor.demo.grades import differences, grade_table
from attention_course.instructor.demo.run_demo import run_demo, take_steps
from attention_course.instructor.demo.students import CLASS
from attention_course.instructor.formatting import short_title
from attention_course.instructor.source import asked


def main(arguments: list[str]) -> int:
    """Run the demo in a new folder; return 1 where a grade is not the expected one."""
    return run_demo(play_class, "demo", arguments)


def play_class(folder: Path) -> bool:
    """Play and grade the class in a folder, and print its grades; is every one of them the expected one?"""
    course = Course(folder, Path.cwd())
    take_steps(
        {
            "Release the lesson": course.release,
            f"Play {len(CLASS)} students": lambda: make_class(course.folder, CLASS),
            "Enrol them": lambda: course.enrol(CLASS),
            "Grade, export, write feedback": course.grade,
        }
    )
    questions = asked(course.released()).values()
    names = {question.name: short_title(question) for question in questions}
    points, totals = course.points(), course.totals()
    print("", *grade_table(CLASS, names, points, totals), "", sep="\n")
    wrong = differences(CLASS, names, points, totals, _credit(course), [question.points for question in questions])
    print(*wrong or ["Every grade is the expected one."], sep="\n")
    print(f"Grades: {folder / 'grades.csv'}\nFeedback, for example: {course.feedback(CLASS[1])}")
    return not wrong


def _credit(course: Course) -> Credit:
    """Return what the lesson says an answer is worth."""
    names: dict[str, Any] = {}
    for cell in course.released()["cells"]:
        if "lesson" not in names and cell["metadata"].get("nbgrader", {}).get("locked"):
            names = program.run("".join(cell["source"]), given=names).names
    return names["lesson"].credit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
