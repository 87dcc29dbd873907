"""Do the environments hold what they need, in versions that go together, and students' nothing of the instructor's?"""

from collections.abc import Iterator, Mapping

from attention_course.instructor.hub.machine import Machine
from attention_course.instructor.hub.settings import Settings

NBGRADER = "0.9."  # what the course and the panels are made for


def problems(settings: Settings, machine: Machine) -> Iterator[str]:
    """Yield a sentence for each package that is missing, or that is another version than elsewhere."""
    commands: dict[str, tuple[str, ...]] = {}
    if settings.server:
        commands["The environment of students' servers"] = settings.server
    for course in settings.courses:
        service = settings.service(course)
        if service and service.command:
            commands[f"The environment of the formgrader of {course}"] = service.command
    environments = {name: machine.packages.get(command) for name, command in commands.items()}
    for name, packages in environments.items():
        if folder := machine.closed.get(commands[name]):
            yield (
                f"{name} cannot be run by its account, which does not get through {folder}: make it anew with a "
                "Python that every account can run, as /usr/bin/python3."
            )
        is_students = name.endswith("servers")
        if packages is None:
            yield f"{name} cannot be looked at: does its command name the full path of a Python that is there?"
            continue
        needed = ["jupyterhub", "jupyterlab", "nbgrader", "ipykernel", *([] if is_students else ["attention-course"])]
        if lacking := [package for package in needed if package not in packages]:
            step = 2 if is_students else 1
            yield f"{name} lacks {', '.join(lacking)}: step {step} of docs/jupyterhub.md installs that."
        if is_students and "attention-course" in packages:
            yield (
                f"{name} holds attention-course, and in it the instructor's half: take it out with `pip uninstall "
                "attention-course`, each lesson brings its part along."
            )
        if "nbgrader" in packages and not packages["nbgrader"].startswith(NBGRADER):
            yield f"{name} has nbgrader {packages['nbgrader']}: the course needs {NBGRADER}6 or a later {NBGRADER}x."
    yield from _one_version("jupyterhub", environments)


def _one_version(package: str, environments: Mapping[str, Mapping[str, str] | None]) -> Iterator[str]:
    found = sorted({one[package] for one in environments.values() if one and package in one})
    if len({version.partition(".")[0] for version in found}) > 1:
        yield f"The environments hold {package} {' and '.join(found)}: the Hub and its servers need the same."
