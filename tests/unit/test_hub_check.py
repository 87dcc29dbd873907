"""What hub-check says, from data alone: a place where nothing is missing, and each way to spoil it."""

import dataclasses
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attention_course.instructor import cli
from attention_course.instructor.hub import machine
from attention_course.instructor.hub.beside import read_members, runs
from attention_course.instructor.hub.check_hub import problems
from attention_course.instructor.hub.machine import Folder, Machine, closed_to_others, read_course_config
from attention_course.instructor.hub.read_config import HubConfigError, read_config
from attention_course.instructor.hub.settings import Role, Service, Settings, from_config

EXAMPLE = Path(__file__).parents[2] / "examples/jupyterhub/jupyterhub_config.py"
SERVER, COMMAND = ("/opt/students/bin/python",), ("/opt/course/bin/python",)
ROLE = Role(
    name="formgrade-nlp",
    scopes=("access:services!service=nlp", "list:services!service=nlp", "read:services!service=nlp"),
    groups=("formgrade-nlp",),
)
SERVICE = Service("nlp", "http://127.0.0.1:9101", COMMAND, "grader-nlp", "/srv/nlp")
CULLER = Service("idle-culler", command=(*SERVER, "-m", "jupyterhub_idle_culler"))
CULLS = Role("culls", ("list:users", "read:users", "servers"), services=("idle-culler",))
SETTINGS = Settings(
    groups={"nbgrader-nlp": ("ada",), "formgrade-nlp": ("irene",)},
    services=(SERVICE, CULLER),
    roles=(ROLE, CULLS),
    token_scopes=("access:servers!server", "read:users:groups!user", "list:services", "read:services"),
    spawner="jupyterhub.spawner.LocalProcessSpawner",
    allowed=frozenset({"ada", "irene"}),
    exchange="/srv/exchange",
    server=SERVER,
    proxy=("/opt/node/configurable-http-proxy",),
)
VERSIONS = {"jupyterhub": "6.1.1", "jupyterlab": "4.6.6", "nbgrader": "0.9.6", "ipykernel": "7.4.0"}
STUDENTS_VERSIONS = {**VERSIONS, "jupyterhub-idle-culler": "2.0.0"}
FOLDERS = {
    "/home/ada": Folder("ada", "ada", 0o700),
    "/home/irene": Folder("irene", "irene", 0o700),
    "/srv/nlp": Folder("grader-nlp", "grader-nlp", 0o700),
    "/srv/exchange": Folder("root", "root", 0o1777),
    "/srv/exchange/nlp": Folder("grader-nlp", "nbgrader-nlp", 0o750),
    "/srv/exchange/nlp/outbound": Folder("grader-nlp", "nbgrader-nlp", 0o755),
    "/srv/exchange/nlp/inbound": Folder("grader-nlp", "nbgrader-nlp", 0o3733),
    "/srv/exchange/nlp/feedback": Folder("grader-nlp", "nbgrader-nlp", 0o711),
}
MACHINE = Machine(
    homes={"ada": "/home/ada", "irene": "/home/irene", "grader-nlp": "/home/grader-nlp"},
    numbers={"root": 0, "ada": 1001, "irene": 1002, "grader-nlp": 1003, "daemon": 1},
    groups={"nbgrader-nlp": frozenset({"ada", "grader-nlp"})},
    folders=FOLDERS,
    course_configs={"/srv/nlp": {"course_id": "nlp", "root": "/srv/exchange"}},
    packages={
        SERVER: STUDENTS_VERSIONS,
        CULLER.command: STUDENTS_VERSIONS,
        COMMAND: {**VERSIONS, "attention-course": "0.2.0"},
    },
    proxy_runs=True,
    members={"nbgrader-nlp": frozenset({"ada"}), "formgrade-nlp": frozenset({"irene"}), "cooks": frozenset({"bela"})},
)


def said(settings: Settings = SETTINGS, machine: Machine = MACHINE) -> list[str]:
    return list(problems(settings, machine))


def with_service(**changes: object) -> Settings:
    return dataclasses.replace(SETTINGS, services=(dataclasses.replace(SERVICE, **changes), CULLER))


def with_role(**changes: object) -> Settings:
    return dataclasses.replace(SETTINGS, roles=(dataclasses.replace(ROLE, **changes), CULLS))


def with_folder(path: str, mode: int, owner: str = "grader-nlp", group: str = "nbgrader-nlp") -> Machine:
    return dataclasses.replace(MACHINE, folders={**FOLDERS, path: Folder(owner, group, mode)})


def with_machine(**changes: object) -> Machine:
    return dataclasses.replace(MACHINE, **changes)


def test_nothing_is_said_where_nothing_is_missing() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (Settings(exchange="/srv/exchange"), "No group of c.JupyterHub.load_groups is a course's"),
        (dataclasses.replace(SETTINGS, groups={"nbgrader-nlp": ("ada",)}), "nlp has nobody in a group formgrade-nlp"),
        (
            dataclasses.replace(SETTINGS, groups={**SETTINGS.groups, "formgrade-nlp": ("irene", "ada")}),
            "ada is a student and an instructor of nlp",
        ),
        (
            dataclasses.replace(SETTINGS, groups={**SETTINGS.groups, "formgrader-nlp": ()}),
            "formgrader-nlp is no course",
        ),
        (dataclasses.replace(SETTINGS, services=()), "a service of its name"),
        (with_service(user=""), "would run as root"),
        (with_service(user="gone"), "The account gone"),
        (with_service(url="http://0.0.0.0:9101"), "others reach it past the Hub"),
        (with_service(folder=""), "has no cwd"),
        (with_role(scopes=ROLE.scopes[1:]), "they cannot grade"),
        (with_role(scopes=ROLE.scopes[:2]), "read:services!service=nlp: their list of courses stays empty"),
        (with_role(groups=("formgrade-nlp", "nbgrader-nlp")), "opens the formgrader of nlp to the group nbgrader-nlp"),
        (with_role(users=("ada",)), "opens the formgrader of nlp to ada"),
        (
            dataclasses.replace(SETTINGS, roles=(ROLE, Role("user", ("self", "access:services")))),
            "opens every formgrader",
        ),
        (dataclasses.replace(SETTINGS, spawner="simple"), "every server runs as one account"),
        (dataclasses.replace(SETTINGS, token_scopes=()), "lacks read:users:groups!user"),
        (dataclasses.replace(SETTINGS, allowed=frozenset({"irene"})), "ada may not log in"),
        (dataclasses.replace(SETTINGS, exchange=""), "NBGRADER_EXCHANGE"),
    ],
)
def test_a_configuration_is_told_what_it_lacks(settings: Settings, sentence: str) -> None:
    assert [one for one in said(settings) if sentence in one], said(settings)


@pytest.mark.parametrize(
    ("path", "mode", "sentence"),
    [
        ("/home/ada", 0o755, "Others can read the home of ada"),
        ("/srv/nlp", 0o755, "Others can reach the gradebook and the solutions of nlp: chmod 700 /srv/nlp"),
        ("/srv/exchange", 0o777, "Each student can rename the courses"),
        ("/srv/exchange", 0o755, "everybody may write there: chmod 1777"),
        ("/srv/exchange/nlp", 0o755, "Others than students of nlp enter"),
        ("/srv/exchange/nlp/inbound", 0o3777, "Students can list what others have handed in"),
        ("/srv/exchange/nlp/inbound", 0o2733, "Students can take away"),
        ("/srv/exchange/nlp/inbound", 0o2700, "Students cannot hand in"),
        ("/srv/exchange/nlp/feedback", 0o755, "Students can list others' feedback"),
    ],
)
def test_a_folder_that_is_too_open_or_too_closed_is_named_with_the_command(path: str, mode: int, sentence: str) -> None:
    (one,) = said(machine=with_folder(path, mode))
    assert sentence in one


def test_a_folder_of_somebody_else_is_named() -> None:
    (one,) = said(machine=with_folder("/srv/exchange/nlp/outbound", 0o755, owner="irene"))
    assert one == "/srv/exchange/nlp/outbound is irene's: nbgrader wants grader-nlp to own it."
    (one,) = said(machine=with_folder("/srv/nlp/gradebook.db", 0o644, owner="root"))
    assert one == "The gradebook of nlp is root's: chown grader-nlp: /srv/nlp/gradebook.db"


def test_two_courses_share_nothing() -> None:
    other = dataclasses.replace(SERVICE, name="two")
    groups = {**SETTINGS.groups, "nbgrader-two": (), "formgrade-two": ()}
    both = dataclasses.replace(SETTINGS, services=(SERVICE, other, CULLER), groups=groups)
    shared = [one for one in said(both) if "instructors of one would see the other" in one]
    whats = ["account grader-nlp:", "folder /srv/nlp:", "address http://127.0.0.1:9101:"]
    assert [" ".join(one.split()[4:6]) for one in shared] == whats


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (with_machine(proxy_runs=False), "The proxy /opt/node/configurable-http-proxy cannot be run"),
        (
            with_machine(groups={"nbgrader-nlp": frozenset({"ada", "bela", "grader-nlp"})}),
            "In the Unix group nbgrader-nlp, but not in the Hub's of that name: bela.",
        ),
        (
            with_machine(groups={"nbgrader-nlp": frozenset({"grader-nlp"})}),
            "Not in the Unix group nbgrader-nlp, and so without lessons: ada. Run set_up.py.",
        ),
        (
            with_machine(members={"formgrade-nlp": frozenset({"irene", "left"})}),
            "In the Hub's group formgrade-nlp by its database, but not by the configuration: left.",
        ),
        (with_machine(numbers={**MACHINE.numbers, "irene": 1001}), "ada and irene have one number, 1001,"),
        (with_machine(numbers={**MACHINE.numbers, "ada": 0}), "ada and root have one number, 0,"),
        (
            with_machine(homes={**MACHINE.homes, "grader-nlp": "/home/ada"}),
            "ada and grader-nlp have one home, /home/ada,",
        ),
        (
            with_machine(packages={**MACHINE.packages, CULLER.command: VERSIONS}),
            "The service idle-culler cannot start, its environment lacks jupyterhub-idle-culler",
        ),
        (
            with_machine(course_configs={"/srv/nlp": {"course_id": "NLP", "root": "/srv/exchange"}}),
            "/srv/nlp/course_config.py says c.CourseDirectory.course_id = 'NLP': it must be 'nlp'",
        ),
        (
            with_machine(course_configs={"/srv/nlp": {"course_id": "nlp", "root": "/tmp"}}),
            "/srv/nlp/course_config.py must say c.Exchange.root = '/srv/exchange'",
        ),
    ],
)
def test_a_fault_of_the_machine_gets_its_one_sentence(changed: Machine, sentence: str) -> None:
    (one,) = said(machine=changed)
    assert one.startswith(sentence)


def test_a_missing_role_is_one_sentence() -> None:
    assert said(dataclasses.replace(SETTINGS, roles=(CULLS,))) == [
        "No role of c.JupyterHub.load_roles gives the group formgrade-nlp access:services!service=nlp, "
        "list:services!service=nlp, read:services!service=nlp: they cannot grade."
    ]


def test_servers_that_nobody_uses_are_ended_by_a_service_that_may() -> None:
    (one,) = said(dataclasses.replace(SETTINGS, services=(SERVICE,)))
    assert one.startswith("No service of c.JupyterHub.services runs jupyterhub-idle-culler")
    (one,) = said(dataclasses.replace(SETTINGS, roles=(ROLE,)))
    assert one.startswith("No role gives the service idle-culler list:users, read:users:activity, read:servers, delete")


def test_a_login_becomes_one_account_of_small_letters() -> None:
    (one,) = said(dataclasses.replace(SETTINGS, accounts={"ada@x": "ada", "bela@x": "ada"}))
    assert one == "c.Authenticator.username_map makes one account, ada, of ada@x and bela@x: name one each."
    big = {"nbgrader-nlp": ("Ada",), "formgrade-nlp": ("irene",)}
    assert [one for one in said(dataclasses.replace(SETTINGS, groups=big)) if "small letters" in one] == [
        "The Hub writes names in small letters, and Ada is no account there: name it ada."
    ]


def test_the_hubs_database_says_who_is_in_its_groups(tmp_path: Path) -> None:
    path = tmp_path / "jupyterhub.sqlite"
    assert read_members(str(path)) == {}
    with closing(sqlite3.connect(path)) as db:
        for table in ("users (id, name)", "groups (id, name)", "user_group_map (user_id, group_id)"):
            db.execute(f"create table {table}")
        db.execute("insert into users values (1, 'ada'), (2, 'irene')")
        db.execute("insert into groups values (7, 'nbgrader-nlp'), (8, 'none')")
        db.execute("insert into user_group_map values (1, 7), (2, 7)")
        db.commit()
    assert read_members(str(path)) == {"nbgrader-nlp": frozenset({"ada", "irene"})}
    path.write_text("no database")
    assert read_members(str(path)) == {}


def test_a_program_runs_or_does_not() -> None:
    assert (runs(("true",)), runs(("false",)), runs(("/no/proxy", "--version"))) == (True, False, False)


def test_environments_are_told_what_they_lack_and_what_they_have_too_much() -> None:
    packages = {SERVER: {**STUDENTS_VERSIONS, "attention-course": "0.2.0", "jupyterhub": "5.2.1"}, COMMAND: None}
    first, second = said(machine=dataclasses.replace(MACHINE, packages=packages))
    assert "students' servers holds attention-course" in first
    assert "formgrader of nlp cannot be looked at" in second
    bare = {SERVER: {}, CULLER.command: STUDENTS_VERSIONS, COMMAND: VERSIONS}
    assert said(machine=dataclasses.replace(MACHINE, packages=bare)) == [
        "The environment of students' servers lacks jupyterhub, jupyterlab, nbgrader, ipykernel: step 2 of "
        "docs/jupyterhub.md installs that.",
        "The environment of the formgrader of nlp lacks attention-course: step 1 of docs/jupyterhub.md installs that.",
    ]
    newer = {**VERSIONS, "attention-course": "0.2.0", "nbgrader": "0.10.1", "jupyterhub": "5.2.1"}
    first, second = said(machine=dataclasses.replace(MACHINE, packages={SERVER: STUDENTS_VERSIONS, COMMAND: newer}))
    assert "has nbgrader 0.10.1" in first
    assert "jupyterhub 5.2.1 and 6.1.1" in second


def test_a_python_that_accounts_cannot_run_is_named_with_the_folder_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = said(machine=dataclasses.replace(MACHINE, closed={SERVER: "/root"}))
    assert "students' servers cannot be run by its account, which does not get through /root:" in one
    modes = {"/closed": 0o700, "/closed/bin": 0o755}
    monkeypatch.setattr(machine, "look_at_folder", lambda path: Folder("root", "root", modes.get(path, 0o755)))
    link = tmp_path / "python"
    link.symlink_to("/closed/bin/python")
    assert closed_to_others(str(link)) == "/closed"
    assert closed_to_others("/bin/sh") == closed_to_others(None) == ""


def test_a_courses_configuration_is_read_and_never_run(tmp_path: Path) -> None:
    text = 'raise SystemExit\nc.CourseDirectory.course_id = "a"\n# c.Exchange.root = "/no"\n'
    (tmp_path / "course_config.py").write_text(text + "c.CourseDirectory.course_id = 'nlp'\n")
    assert read_course_config(tmp_path) == {"course_id": "nlp"}


def test_the_example_is_read_as_the_hub_reads_it_and_its_groups_roles_and_services_fit() -> None:
    settings = read_config(EXAMPLE)
    assert settings.courses == ["nlp-1", "nlp-2"]
    assert settings.people == ["ada", "bela", "chen", "dora", "irene", "jonas"]
    of_config = [one for one in said(settings, Machine()) if "c." in one or "role" in one.lower()]
    assert of_config == []
    assert settings.proxy == ("/opt/node/node_modules/.bin/configurable-http-proxy",)
    assert settings.database == "/srv/jupyterhub/jupyterhub.sqlite"
    assert settings.culler
    assert settings.culler.command[0] == "/opt/students/bin/python"


def test_what_is_only_added_to_and_a_function_of_scopes_are_read() -> None:
    config = {
        "JupyterHub": {"load_groups": {"nbgrader-nlp": ["ada"]}, "spawner_class": dict},
        "Spawner": {"server_token_scopes": lambda spawner: [], "cmd": "jupyterhub-singleuser"},
        "ConfigurableHTTPProxy": {"command": "proxy"},
    }
    settings = from_config(config)
    assert settings.groups == {"nbgrader-nlp": ("ada",)}
    assert (settings.token_scopes, settings.server, settings.spawner) == (
        None,
        ("jupyterhub-singleuser",),
        "builtins.dict",
    )
    assert (settings.proxy, settings.database, settings.culler) == (("proxy",), "", None)


def test_the_command_says_it_in_sentences_and_ends_with_1_and_with_2_where_nothing_can_be_read(tmp_path: Path) -> None:
    example = Path(shutil.copytree(EXAMPLE.parent, tmp_path / "etc"))
    text = (example / "courses.toml").read_text(encoding="utf-8")
    (example / "courses.toml").chmod(0o644)
    exchange = str(tmp_path / "exchange")  # not the machine's own, which may be there
    (example / "courses.toml").write_text(text.replace("/srv/nbgrader/exchange", exchange), encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["hub-check", str(example / EXAMPLE.name)])
    assert (done.exit_code, f"The exchange {exchange} is missing" in done.output) == (1, True)
    assert f"Others can read who is in which course: chmod 600 {example}/courses.toml" in done.output
    missing = CliRunner().invoke(cli.app, ["hub-check", str(tmp_path / "none.py")])
    assert (missing.exit_code, "is missing: name the file" in missing.output) == (2, True)
    broken = tmp_path / "broken.py"
    broken.write_text("c = get_config()\nc.JupyterHub.load_groups = 1 / 0\n")
    done = CliRunner().invoke(cli.app, ["hub-check", str(broken)])
    assert (done.exit_code, "cannot be run: ZeroDivisionError" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("port = 9101", "prot = 9101", "it asks for 'port', which is not there: courses.toml may lack it"),
        ("port = 9101", "port 9101", "courses.toml breaks the rules of TOML. Expected '=' after a key"),
    ],
)
def test_a_slip_in_the_list_of_courses_is_named(written: str, instead: str, sentence: str, tmp_path: Path) -> None:
    example = Path(shutil.copytree(EXAMPLE.parent, tmp_path / "etc"))
    text = (example / "courses.toml").read_text(encoding="utf-8")
    (example / "courses.toml").write_text(text.replace(written, instead), encoding="utf-8")
    with pytest.raises(HubConfigError, match=re.escape(sentence)):
        read_config(example / EXAMPLE.name)
