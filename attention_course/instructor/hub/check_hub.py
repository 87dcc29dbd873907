"""All checks of a Hub, in the order in which one would mend what they find."""

from collections.abc import Iterator

from attention_course.instructor.hub import (
    accounts,
    course_folders,
    culling,
    exchange,
    groups,
    proxy,
    roles,
    servers,
    services,
    versions,
)
from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings

CHECKS = (groups, services, roles, servers, culling, proxy, accounts, course_folders, exchange, versions)


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield what is missing or wrong, each as a sentence for whoever runs the Hub."""
    for check in CHECKS:
        yield from check.problems(settings, machine)
