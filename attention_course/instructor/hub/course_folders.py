"""Is each course's folder, with its gradebook and its solutions, closed to all but the course's own account?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each folder that is missing, another's, or open, and for a configuration that misleads."""
    for course in settings.courses:
        service = settings.service(course)
        if service is None:
            continue
        if not service.folder:
            yield f"The service {course} has no cwd: say which folder is the course's."
            continue
        folder = machine.folders.get(service.folder)
        if folder is None:
            yield f"The folder of {course}, {service.folder}, is missing: set_up.py makes it."
            continue
        if service.user and folder.owner != service.user:
            yield f"{service.folder} is {folder.owner}'s: {service.user}, as whom the formgrader runs, must own it."
        if folder.mode & 0o077:
            yield f"Others can reach the gradebook and the solutions of {course}: chmod 700 {service.folder}"
        book = machine.folders.get(f"{service.folder}/gradebook.db")
        if book and service.user and book.owner != service.user:
            yield f"The gradebook of {course} is {book.owner}'s: chown {service.user}: {service.folder}/gradebook.db"
        yield from _configured(course, service.folder, settings, machine)


def _configured(course: str, folder: str, settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence where a course's nbgrader goes by another name, or to another exchange, than the Hub's."""
    said = machine.course_configs.get(folder, {})
    if said.get("course_id") != course:
        yield (
            f"{folder}/course_config.py says c.CourseDirectory.course_id = {said.get('course_id', '')!r}: it must be "
            f"{course!r}, the name of its groups and of its service."
        )
    if settings.exchange and said.get("root") != settings.exchange:
        yield f"{folder}/course_config.py must say c.Exchange.root = {settings.exchange!r}, where students look."
