"""What is on the machine that the Hub's configuration speaks of: accounts, groups, folders, installed packages."""

import grp
import json
import os
import pwd
import re
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from attention_course.instructor.hub.beside import read_members, runs
from attention_course.instructor.hub.settings import Settings

ASSIGNED = r"^c\.{}\s*=\s*[\"'](.*?)[\"']"  # of several lines the last one counts
PARTS = ("", "/outbound", "/inbound", "/feedback")  # of a course's exchange
PACKAGES = ("attention-course", "ipykernel", "jupyterhub", "jupyterhub-idle-culler", "jupyterlab", "nbgrader")
# A package counts where it can be imported: what lies there may name others, as one that is editable elsewhere.
LIST_PACKAGES = """
import importlib.metadata, importlib.util, json
names = [name for name in %r if importlib.util.find_spec(name.replace("-", "_"))]
print(json.dumps({name: importlib.metadata.version(name) for name in names}))
"""


@dataclass(frozen=True)
class Folder:
    """A folder, or a file: who owns it, and its mode, the sticky bit and the like included."""

    owner: str
    group: str
    mode: int

    def lets_others(self, bits: int) -> bool:
        """May those who are neither owner nor of the group do all of this (4 read, 2 write, 1 enter)?"""
        return self.mode & bits == bits


@dataclass(frozen=True)
class Machine:
    """The machine as data: what is not there is in none of these.

    `course_configs` has the values "course_id" and "root" of a folder's course_config.py, `packages` the versions of
    an environment by the command that starts its servers; None where that cannot be started. `closed` has, by such a
    command, the first folder on the way to its Python that only its owner enters.
    """

    homes: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)  # by which the machine tells accounts apart
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    folders: Mapping[str, Folder] = field(default_factory=dict)
    course_configs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    packages: Mapping[tuple[str, ...], Mapping[str, str] | None] = field(default_factory=dict)
    closed: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    proxy_runs: bool = False
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of groups, as the Hub's database has them


def look_at_machine(settings: Settings) -> Machine:
    """Look at all that a configuration names; nothing is changed."""
    services = [service for name in settings.courses if (service := settings.service(name))]
    homes = {one.pw_name: one.pw_dir for one in pwd.getpwall()}
    folders = [service.folder for service in services] + [homes[name] for name in settings.people if name in homes]
    folders += [f"{service.folder}/gradebook.db" for service in services]
    folders += [settings.exchange, settings.place]
    folders += [f"{settings.exchange}/{course}{part}" for course in settings.courses for part in PARTS]
    starting = [*services, settings.culler] if settings.culler else services
    commands = {settings.server, *(service.command for service in starting)} - {()}
    return Machine(
        homes=homes,
        numbers={one.pw_name: one.pw_uid for one in pwd.getpwall()},
        groups={group.gr_name: frozenset(group.gr_mem) for group in grp.getgrall()},
        folders={path: found for path in folders if path and (found := look_at_folder(path))},
        course_configs={one.folder: read_course_config(Path(one.folder)) for one in services if one.folder},
        packages={command: versions(command) for command in commands},
        closed={command: path for command in commands if (path := closed_to_others(_python(command)))},
        proxy_runs=bool(settings.proxy) and runs((*settings.proxy, "--version")),
        members=read_members(settings.database),
    )


def look_at_folder(path: str) -> Folder | None:
    """Return what a folder is like, None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return Folder(_name(pwd.getpwuid, found.st_uid), _name(grp.getgrgid, found.st_gid), stat.S_IMODE(found.st_mode))


def _name(look_up, number: int) -> str:  # type: ignore[no-untyped-def]
    try:
        return look_up(number)[0]
    except KeyError:
        return str(number)


def read_course_config(folder: Path) -> dict[str, str]:
    """Return what a course's configuration says of its name and of the exchange, without running it."""
    try:
        text = (folder / "course_config.py").read_text(encoding="utf-8")
    except OSError:
        return {}
    names = {"course_id": r"CourseDirectory\.course_id", "root": r"Exchange\.root"}
    found = {name: re.findall(ASSIGNED.format(pattern), text, re.MULTILINE) for name, pattern in names.items()}
    return {name: values[-1] for name, values in found.items() if values}


def versions(command: tuple[str, ...]) -> dict[str, str] | None:
    """Return the versions of the packages that we care for where a server is started with a command."""
    python = _python(command)
    if python is None:
        return None
    try:
        command = (python, "-I", "-c", LIST_PACKAGES % (PACKAGES,))
        said = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return json.loads(said)


def closed_to_others(program: str | None) -> str:
    """Return the first folder on the way to a program, or the program, that others cannot go through, "" where none is.

    An environment's Python is a link to the one that it was made with, which may lie in root's home.
    """
    for way in (Path(program), Path(program).resolve()) if program else ():
        for part in reversed((way, *way.parents)):
            found = look_at_folder(str(part))
            if found and not found.lets_others(1):
                return str(part)
    return ""


def _python(command: tuple[str, ...]) -> str | None:
    """Return the Python of the environment that a command is of: its own, or the one beside jupyterhub-singleuser."""
    for word in command:
        path = Path(word)
        if path.is_absolute() and (path.name.startswith("python") or path.name == "jupyterhub-singleuser"):
            return str(path.with_name("python"))
    return None
