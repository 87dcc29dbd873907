"""Makes what courses.toml names and this machine does not have: accounts, groups, courses' folders, the exchange.

sudo python3 set_up.py PROJECT     as often as you like: nothing is lost, and groups get the members they should have

PROJECT is the folder of this project, whose lessons a new course begins with.
"""

import grp
import os
import pwd
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("source", "course_config.py", "nbgrader_config.py")
OWN_LINES = """
# ---- On the JupyterHub: docs/jupyterhub.md
c.CourseDirectory.course_id = "{name}"
c.Exchange.root = "{exchange}"
"""


def main(place: dict, project: Path) -> None:
    """Make what is missing of a place, as courses.toml describes it."""
    os.umask(0o022)
    os.chmod(HERE / "courses.toml", 0o600)  # who is in which course
    folder(place["state"], 0o700)
    folder(place["exchange"], 0o1777)  # nbgrader wants it writable for all; with the sticky bit nobody renames a course
    for person in place["admins"]:
        account(person)
    for name, course in place["courses"].items():
        make_course(name, course, place["exchange"], project)


def make_course(name: str, course: dict, exchange: str, project: Path) -> None:
    """Make the accounts of a course, its folder, and its part of the exchange, which none but its members enter."""
    for person in [course["account"], *course["instructors"], *course["students"]]:
        account(person)
    group, owner = f"nbgrader-{name}", course["account"]
    run("groupadd", "--force", group)
    run("gpasswd", "--members", ",".join([owner, *course["students"]]), group)
    folder(course["folder"], 0o700, owner)
    begin(name, Path(course["folder"]), exchange, project, owner)
    shared = Path(exchange, name)
    folder(shared, 0o750, owner, group)
    folder(shared / "outbound", 0o755, owner, group)  # lessons, for students to fetch
    folder(shared / "inbound", 0o3733, owner, group)  # students put in, and neither list nor take away
    folder(shared / "feedback", 0o711, owner, group)  # a page is found by a secret in the student's own home
    if "kernels" in course:
        folder(course["kernels"], 0o750, "root", group)


def account(name: str) -> None:
    """Make an account with a home of its own, unless there is one; it has no password until you give it one."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        run("useradd", "--create-home", "--key", "HOME_MODE=0700", "--user-group", "--shell", "/bin/bash", name)
        print(f"New account: {name}")


def folder(path: str | Path, mode: int, owner: str = "root", group: str | None = None) -> None:
    """Make a folder, or give it the mode and the owner that it should have."""
    Path(path).mkdir(parents=True, exist_ok=True)
    person = pwd.getpwnam(owner)
    os.chown(path, person.pw_uid, grp.getgrnam(group).gr_gid if group else person.pw_gid)
    os.chmod(path, mode)


def begin(name: str, course: Path, exchange: str, project: Path, owner: str) -> None:
    """Put the lessons and the configuration into a course's folder that is still empty."""
    if any(course.iterdir()):
        return
    for part in PARTS:
        copy = shutil.copytree if (project / part).is_dir() else shutil.copy
        copy(project / part, course / part)
    with (course / "course_config.py").open("a", encoding="utf-8") as config:
        config.write(OWN_LINES.format(name=name, exchange=exchange))
    run("chown", "-R", f"{owner}:", str(course))
    print(f"New course: {course}")


def run(*command: str) -> None:
    """Run a command; where it fails it has said why, and that is the end."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed.")


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("Accounts and folders of others are made by root: sudo python3 set_up.py PROJECT")
    if len(sys.argv) != 2 or not Path(sys.argv[1], "course_config.py").exists():
        sys.exit("Name the folder of the project, as in: sudo python3 set_up.py /opt/attention-course")
    main(tomllib.loads((HERE / "courses.toml").read_text(encoding="utf-8")), Path(sys.argv[1]))
