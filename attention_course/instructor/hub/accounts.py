"""Has everybody an account of their own, a way to log in, and a home that others cannot read?"""

from collections.abc import Iterator, Mapping

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import STUDENTS, Settings


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each person who cannot log in, and for each home that others can read."""
    for person in settings.people:
        if person != person.lower():
            yield f"The Hub writes names in small letters, and {person} is no account there: name it {person.lower()}."
        elif person not in machine.homes:
            yield f"{person} has no account on this machine: set_up.py makes it, then give it a password."
        elif not settings.allow_all and person not in settings.allowed:
            yield f"{person} may not log in: c.Authenticator.allowed_users does not name that account."
        home = machine.folders.get(machine.homes.get(person, ""))
        if home and (home.lets_others(4) or home.lets_others(1)):
            yield f"Others can read the home of {person}: chmod 700 {machine.homes[person]}"
    yield from _shared(settings, machine)
    for course, students in settings.members(STUDENTS).items():
        yield from _unix_group(course, students, settings, machine)


def _shared(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each account that is of several people, whatever they are called."""
    owners = [service.user for course in settings.courses if (service := settings.service(course)) and service.user]
    names = {"root", *settings.people, *owners}
    for what, of in (("number", machine.numbers), ("home", machine.homes)):
        for value, sharing in _by_value({name: of[name] for name in names if name in of}).items():
            yield (
                f"{' and '.join(sharing)} have one {what}, {value}, and each reads the files of the other: give each "
                "an account of their own with useradd."
            )
    for account, sharing in _by_value(settings.accounts).items():
        yield f"c.Authenticator.username_map makes one account, {account}, of {' and '.join(sharing)}: name one each."


def _by_value(of: Mapping[str, object]) -> dict[object, list[str]]:
    """Return the names that share a value, by the value."""
    names = {value: sorted(name for name in of if of[name] == value) for value in of.values()}
    return {value: sharing for value, sharing in names.items() if len(sharing) > 1}


def _unix_group(course: str, students: tuple[str, ...], settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence where the machine's own group, which opens the exchange, is not the course's students."""
    members = machine.groups.get(f"{STUDENTS}{course}")
    if members is None:
        yield f"The Unix group {STUDENTS}{course} is missing, for which the exchange of {course} opens: run set_up.py."
        return
    if missing := sorted({*students} - members):
        yield f"Not in the Unix group {STUDENTS}{course}, and so without lessons: {', '.join(missing)}. Run set_up.py."
    service = settings.service(course)
    if others := sorted(members - {*students, service.user if service else ""}):
        yield (
            f"In the Unix group {STUDENTS}{course}, but not in the Hub's of that name: {', '.join(others)}. The "
            "exchange opens to them, and the panel shows them no lesson: name them in c.JupyterHub.load_groups, or run "
            "set_up.py, which takes them out."
        )
