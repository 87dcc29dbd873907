"""Has each course a formgrader as a service, run as an account of the course's own?"""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each course without a formgrader of its own, or whose formgrader others reach."""
    services = []
    for course in settings.courses:
        service = settings.service(course)
        if service is None:
            yield f"c.JupyterHub.services has no {course}: the formgrader of a course needs a service of its name."
            continue
        services.append(service)
        if not service.url or not service.is_managed:
            yield f"The service {course} needs a url and a command, so that the Hub starts the formgrader."
        elif urlsplit(service.url).hostname not in ("127.0.0.1", "localhost", "::1"):
            yield f"The service {course} listens on {service.url}: say 127.0.0.1, or others reach it past the Hub."
        if service.user in ("", "root"):
            yield f"The service {course} would run as root: give it a user of its own, who owns the course's folder."
        elif service.user not in machine.homes:
            yield f"The account {service.user}, as which the service {course} runs, is not there: set_up.py makes it."
        elif service.user in settings.people:
            yield f"{service.user} owns the course {course} and logs in, too: let an account of its own own the course."
    for what, values in {
        "account": [one.user for one in services],
        "folder": [one.folder for one in services],
        "address": [one.url for one in services],
    }.items():
        for value, count in Counter(values).items():
            if value and count > 1:
                yield f"{count} courses share the {what} {value}: instructors of one would see the other."
