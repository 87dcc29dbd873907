"""Has everybody an account, a way to log in, and a home that others cannot read?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import STUDENTS, Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each person who cannot log in, and for each home that others can read."""
    for person in settings.people:
        if person not in machine.homes:
            yield f"{person} has no account on this machine: set_up.py makes it, then give it a password."
        elif not settings.allow_all and person not in settings.allowed:
            yield f"{person} may not log in: c.Authenticator.allowed_users does not name that account."
        home = machine.folders.get(machine.homes.get(person, ""))
        if home and (home.lets_others(4) or home.lets_others(1)):
            yield f"Others can read the home of {person}: chmod 700 {machine.homes[person]}"
    for course, students in settings.members(STUDENTS).items():
        yield from _unix_group(course, students, machine)


def _unix_group(course: str, students: tuple[str, ...], machine: Machine) -> Iterator[str]:
    """Yield a sentence where the machine's own group, which opens the exchange, is not the course's students."""
    members = machine.groups.get(f"{STUDENTS}{course}")
    if members is None:
        yield f"The Unix group {STUDENTS}{course} is missing, for which the exchange of {course} opens: run set_up.py."
    elif missing := sorted({*students} - members):
        yield f"Not in the Unix group {STUDENTS}{course}, and so without lessons: {', '.join(missing)}. Run set_up.py."
