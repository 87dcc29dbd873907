"""Can everybody reach what nbgrader carries to and fro, and nobody what is another's?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import PARTS, Machine
from attention_course.instructor.hub.settings import STUDENTS, Settings

STICKY, SET_GROUP = 0o1000, 0o2000


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each folder of the exchange that is missing, too closed, or too open."""
    root = settings.exchange
    if not root:
        yield "c.Spawner.environment has no NBGRADER_EXCHANGE, from which students' nbgrader takes the exchange."
        return
    found = machine.folders.get(root)
    if found is None:
        yield f"The exchange {root} is missing: set_up.py makes it."
        return
    if not found.lets_others(7):
        yield f"nbgrader takes the exchange {root} only where everybody may write there: chmod 1777 {root}"
    elif not found.mode & STICKY:
        yield f"Each student can rename the courses in {root}, and put others in their place: chmod 1777 {root}"
    for course in settings.courses:
        yield from _of_course(course, f"{root}/{course}", settings, machine)


def _of_course(course: str, path: str, settings: Settings, machine: Machine) -> Iterator[str]:
    service = settings.service(course)
    parts = {part: machine.folders.get(path + part) for part in PARTS}
    for part, found in parts.items():
        if found is None:
            yield f"The exchange has no {path}{part}: set_up.py makes it."
        elif service and service.user and found.owner != service.user:
            yield f"{path}{part} is {found.owner}'s: nbgrader wants {service.user} to own it."
    whole, inbound, feedback = parts[""], parts["/inbound"], parts["/feedback"]
    if whole and (whole.mode & 0o007 or whole.group != f"{STUDENTS}{course}"):
        yield f"Others than students of {course} enter {path}, or they do not: chgrp {STUDENTS}{course}, chmod 750."
    if inbound and inbound.lets_others(4):
        yield f"Students can list what others have handed in: chmod 3733 {path}/inbound"
    elif inbound and not inbound.lets_others(3):
        yield f"Students cannot hand in: chmod 3733 {path}/inbound"
    elif inbound and not inbound.mode & STICKY:
        yield f"Students can take away what others have handed in: chmod 3733 {path}/inbound"
    if feedback and feedback.mode & 0o066:
        yield f"Students can list others' feedback: chmod 711 {path}/feedback"
