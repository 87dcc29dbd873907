"""Has each course its two groups, under the names that nbgrader looks for?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import INSTRUCTORS, STUDENTS, Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each group that is missing, or that nbgrader would not know."""
    if not settings.courses:
        yield (
            "No group of c.JupyterHub.load_groups is a course's: name them nbgrader-COURSE (its students) and "
            "formgrade-COURSE (its instructors)."
        )
    students, instructors = settings.members(STUDENTS), settings.members(INSTRUCTORS)
    for course in settings.courses:
        if course not in students:
            yield f"The course {course} has no group {STUDENTS}{course}: its students would see no lesson."
        if course not in instructors:
            yield f"The course {course} has no group {INSTRUCTORS}{course}: nobody could open its formgrader."
        for person in sorted({*students.get(course, ())} & {*instructors.get(course, ())}):
            yield f"{person} is a student and an instructor of {course}, and could change every grade: choose one."
    for name in sorted(settings.groups):
        if name in (STUDENTS, INSTRUCTORS) or name.startswith(("nbgrader_", "formgrader-", "formgrade_")):
            yield f"The group {name} is no course's for nbgrader: it looks for nbgrader-COURSE and formgrade-COURSE."
