"""A JupyterHub of several courses: courses.toml as groups, roles and services. See docs/jupyterhub.md."""

import tomllib
from pathlib import Path

c = get_config()  # noqa: F821
HERE = Path(__file__).parent
PLACE = tomllib.loads((HERE / "courses.toml").read_text(encoding="utf-8"))
COURSES = PLACE["courses"]
SERVER = ["-m", "jupyterhub.singleuser"]


def people(*kinds):
    """Return everybody who is of these kinds in some course."""
    return {name for course in COURSES.values() for kind in kinds for name in course[kind]}


# ---- The Hub. It runs as root, since it starts each server as the person whose it is.
c.JupyterHub.bind_url = PLACE["address"]
c.JupyterHub.db_url = f"sqlite:///{PLACE['state']}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{PLACE['state']}/cookie_secret"
c.ConfigurableHTTPProxy.command = [PLACE["proxy"]]
c.ConfigurableHTTPProxy.pid_file = f"{PLACE['state']}/proxy.pid"

# ---- Who may log in: accounts of this machine, by their passwords. The name of the account is the student's id.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = people("students", "instructors") | set(PLACE["admins"])
c.Authenticator.admin_users = set(PLACE["admins"])

# ---- Groups are courses. nbgrader knows them by these names; what is not a member sees nothing of the course there.
# They are only ever added to: whoever leaves a course is taken out of the group at /hub/admin, too.
c.JupyterHub.load_groups = {
    f"{group}-{name}": {"users": course[kind]}
    for name, course in COURSES.items()
    for group, kind in (("nbgrader", "students"), ("formgrade", "instructors"))
}

# ---- Services: of each course a JupyterLab with nbgrader's formgrader, run as the account that owns the course.
c.JupyterHub.services = [
    {
        "name": name,  # nbgrader's list of courses looks for a service of the course's name
        "url": f"http://127.0.0.1:{course['port']}",
        "command": [f"{PLACE['instructors']}/bin/python", *SERVER, "--ServerApp.default_url=/formgrader"],
        "user": course["account"],
        "cwd": course["folder"],
        "environment": {
            "JUPYTER_CONFIG_PATH": str(HERE / "courses"),
            "PATH": f"{PLACE['instructors']}/bin:/usr/local/bin:/usr/bin:/bin",
        },
        "oauth_no_confirm": True,
        "timeout": 120,  # seconds for its start: after the usual 30 the whole Hub gives up
    }
    for name, course in COURSES.items()
]
# Stops servers that nobody has used for an hour; what is saved stays, and the next visit starts a new one.
c.JupyterHub.services.append(
    {
        "name": "idle-culler",
        "command": [f"{PLACE['students']}/bin/python", "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
)

# ---- Roles: a course's instructors reach its formgrader, and nobody else does.
c.JupyterHub.load_roles = [
    {
        "name": f"formgrade-{name}",
        "groups": [f"formgrade-{name}"],
        "scopes": [f"{scope}!service={name}" for scope in ("access:services", "list:services", "read:services")],
    }
    for name in COURSES
]
c.JupyterHub.load_roles.append(
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
)

# ---- Servers, of students and instructors: each a process of the person's own account, which sees no course's folder.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"  # "simple" would run all of them as root
# prlimit limits each process (data) and each account (nproc); the guide says how systemd limits a whole server.
c.Spawner.cmd = ["prlimit", "--nproc=512", "--data=8000000000", f"{PLACE['students']}/bin/python", *SERVER]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # seconds: a class begins all at once
# What a server may ask the Hub for, beside what it always may. Of these its token gets what the person's roles give:
# nbgrader asks who is in which course, and an instructor's list of courses for the course's formgrader.
c.Spawner.server_token_scopes = ["users:activity!user", "access:servers!server", "read:users:name!user"]
c.Spawner.server_token_scopes += ["read:users:groups!user", "list:services", "read:services"]
c.JupyterHub.active_server_limit = 100
c.JupyterHub.concurrent_spawn_limit = 10


def courses_of(spawner, *prefixes):
    """Return the courses of the person whose server it is."""
    groups = {group.name for group in spawner.user.groups}
    return [course for name, course in COURSES.items() if groups & {f"{prefix}-{name}" for prefix in prefixes}]


def settings(spawner):
    """Return the folders of a server's settings: an instructor has the list of courses, too."""
    kinds = ["instructors", "students"] if courses_of(spawner, "formgrade") else ["students"]
    return ":".join(str(HERE / kind) for kind in kinds)


def kernels(spawner):
    """Return the folders in which a server finds kernels beside its own: set_up.py opens them to students alone."""
    mine = courses_of(spawner, "nbgrader")
    return ":".join(f"{course['kernels']}/share/jupyter" for course in mine if "kernels" in course)


c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": settings,
    "JUPYTER_PATH": kernels,
    "NBGRADER_EXCHANGE": PLACE["exchange"],
    "PATH": f"{PLACE['students']}/bin:/usr/local/bin:/usr/bin:/bin",
}
