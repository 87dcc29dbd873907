"""Do a course's instructors reach its formgrader, and does nobody else?"""

from collections.abc import Iterator

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import INSTRUCTORS, Settings

ALL = "access:services"


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each role that is missing, or that opens a formgrader to others."""
    for course in settings.courses:
        scope, group = f"{ALL}!service={course}", f"{INSTRUCTORS}{course}"
        holders = list(settings.holders(scope))
        seen = {scope.partition("!")[0] for role in settings.roles if group in role.groups for scope in role.scopes}
        lacking = [] if any(group in role.groups for role in holders) else [scope]
        lacking += [f"{kind}!service={course}" for kind in ("list:services", "read:services") if kind not in seen]
        if lacking:
            what = "they cannot grade" if scope in lacking else "their list of courses stays empty"
            yield f"No role of c.JupyterHub.load_roles gives the group {group} {', '.join(lacking)}: {what}."
        for role in holders:
            for other in sorted({*role.groups} - {group}):
                yield f"The role {role.name} opens the formgrader of {course} to the group {other}: take it out."
            instructors = settings.groups.get(group, ())
            for person in sorted({*role.users} - {*instructors}):
                yield f"The role {role.name} opens the formgrader of {course} to {person}, who is not in {group}."
            if role.name == "user":
                yield f"The role user is everybody's, and opens the formgrader of {course}: take {scope} out."
    for role in settings.holders(ALL):
        if role.groups or role.users or role.name == "user":
            yield f"The role {role.name} has {ALL}, which opens every formgrader: name one, as in {ALL}!service=COURSE."
