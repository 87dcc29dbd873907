"""Has each course its two groups, under the names that nbgrader looks for, and nobody in them who left?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import INSTRUCTORS, STUDENTS, Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each group that is missing, that nbgrader would not know, or that has members who left."""
    if not settings.courses:
        yield (
            "No group of c.JupyterHub.load_groups is a course's: name them nbgrader-COURSE (its students) and "
            "formgrade-COURSE (its instructors)."
        )
    place = machine.folders.get(settings.place)
    if place and place.mode & 0o077:
        yield f"Others can read who is in which course: chmod 600 {settings.place}"
    students, instructors = settings.members(STUDENTS), settings.members(INSTRUCTORS)
    for course in settings.courses:
        if course not in students:
            yield f"The course {course} has no group {STUDENTS}{course}: its students would see no lesson."
        if not instructors.get(course):
            yield f"The course {course} has nobody in a group {INSTRUCTORS}{course}: nobody could open its formgrader."
        for person in sorted({*students.get(course, ())} & {*instructors.get(course, ())}):
            yield f"{person} is a student and an instructor of {course}, and could change every grade: choose one."
    for name, people in sorted(machine.members.items()):
        if name.startswith((STUDENTS, INSTRUCTORS)) and (left := sorted(people - {*settings.groups.get(name, ())})):
            yield (
                f"In the Hub's group {name} by its database, but not by the configuration: {', '.join(left)}. Take "
                "them out at /hub/admin, or name them in the configuration."
            )
    for name in sorted(settings.groups):
        if name in (STUDENTS, INSTRUCTORS) or name.startswith(("nbgrader_", "formgrader-", "formgrade_")):
            yield f"The group {name} is no course's for nbgrader: it looks for nbgrader-COURSE and formgrade-COURSE."
