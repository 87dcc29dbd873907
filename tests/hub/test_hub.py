"""A real JupyterHub, with an account for each student: the round, and what nobody reaches who should not."""

import sqlite3
import subprocess

import classroom
import psutil
import pytest
import unix_accounts
from hub_place import COURSES, ENVIRONMENTS
from hub_round import ADA, COURSE_OF, LESSON, PLAYED
from hub_student import InBrowser
from playwright.sync_api import expect

from attention_course.instructor.demo.course import read_points
from attention_course.instructor.hub.check_hub import problems
from attention_course.instructor.hub.machine import look_at_machine
from attention_course.instructor.hub.read_config import read_config

STUDENTS = list(COURSE_OF)
OTHER = {"ht-one": "ht-two", "ht-two": "ht-one"}


def can(name, *command):
    """Does a command succeed that somebody runs?"""
    return unix_accounts.run_as(name, *command).returncode == 0


def reached(name, *paths):
    """Return the files that somebody can read, and the folders that they can list."""
    look = 'for path; do if [ -d "$path" ]; then ls "$path"; else cat "$path"; fi >/dev/null 2>&1 && echo "$path"; done'
    said = unix_accounts.run_as(name, "sh", "-c", f"{look}; true", "sh", *map(str, paths))
    assert said.returncode == 0
    return said.stdout.splitlines()


def test_everybody_has_the_points_of_what_they_handed_in(played):
    names = list(classroom.RIGHT)
    one, two = (read_points(played.folder(course), LESSON) for course in COURSES)
    assert one["ht-ada"] == {**dict.fromkeys(names, 0.0), **ADA}
    assert {name: list({**one, **two}[name].values()) for name in PLAYED} == {
        name: student.expected for name, student in PLAYED.items()
    }
    assert (sorted(one), sorted(two)) == (["ht-ada", "ht-bela"], ["ht-chen", "ht-dora"])


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_comes_back_to_the_student_and_names_nobody_else(played, student):
    (page,) = (played.home(student) / COURSE_OF[student] / LESSON / "feedback").glob("*/*.html")
    text = page.read_text(encoding="utf-8")
    assert f"Feedback for {student}" in text
    assert not [other for other in STUDENTS if other != student and other in text]
    assert can(student, "cat", str(page))


def test_a_student_is_shown_the_lessons_of_their_own_course(played):
    assert played.seen == {name: [(LESSON, "released")] for name in PLAYED}
    for name in PLAYED:
        assert played.people[name].assignments(OTHER[COURSE_OF[name]]) == []


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_reads_neither_gradebook_nor_source_nor_others_work_nor_another_course(played, student):
    exchange, of_hub = (
        played.place.folder / "exchange",
        [played.place.folder / "etc/courses.toml", played.place.folder / "state"],
    )
    secrets = ("gradebook.db", f"source/{LESSON}/{LESSON}.ipynb", "submitted", "feedback")
    closed = [played.folder(course) / secret for course in COURSES for secret in secrets]
    closed += [exchange / course / part for course in COURSES for part in ("inbound", "feedback")]
    closed += [played.home(other) for other in {*played.place.people()} - {student}] + of_hub
    closed.append(exchange / OTHER[COURSE_OF[student]] / "outbound")
    own = exchange / COURSE_OF[student] / "outbound"
    assert [path for path in closed if not path.exists()] == []
    assert reached(student, *closed, own) == [str(own)]


def test_a_student_takes_away_neither_what_another_handed_in_nor_a_course(played):
    theirs = played.handed_in("ht-bela")  # as if its name, which no student can list, had been guessed
    assert not can("ht-ada", "mv", str(theirs), f"{theirs}-mine")
    exchange = played.place.folder / "exchange"
    assert not can("ht-ada", "mv", str(exchange / "ht-one"), str(exchange / "mine"))


def test_a_student_reaches_no_formgrader_and_nobody_elses_server(played):
    for student in PLAYED:
        person = played.people[student]
        for course in COURSES:
            assert person.ask("GET", f"/services/{course}/formgrader/api/students").status_code == 403
            assert person.ask("GET", f"/services/{course}/api/contents").status_code == 403
        assert person.ask("GET", "/user/ht-ada/api/contents").status_code == 403
        assert person.ask("GET", "/user/ht-ada/api/kernels").status_code == 403
        assert person.ask("GET", f"/user/{student}/formgrader/api/status").status_code == 404
        groups = person.get("GET", "/hub/api/user")["groups"]
        assert groups == [f"nbgrader-{COURSE_OF[student]}"]
        for listed in ("users", "groups"):
            assert person.ask("GET", f"/hub/api/{listed}").status_code == 403


def test_an_instructor_sees_one_course_and_nothing_of_the_other(played):
    for course, (instructors, students) in COURSES.items():
        (name,) = instructors
        person, other = played.people[name], OTHER[course]
        seen = person.formgrader(course, "GET", "/students")
        assert {one["id"] for one in seen} == {*students}
        for path in ("formgrader/api/students", "api/contents", "formgrader/manage_students"):
            assert person.ask("GET", f"/services/{other}/{path}").status_code == 403
        assert not can(name, "ls", str(played.folder(other)))
        assert not can(name, "ls", str(played.folder(course)))  # but in the formgrader, which runs as the course
        assert not can(name, "ls", str(played.place.folder / "exchange" / other))
        assert not can(played.place.course(course)["account"], "ls", str(played.folder(other)))


def test_an_instructors_list_of_courses_leads_to_the_formgrader_which_shows_the_class(played, browser):
    with InBrowser(played.place, "ht-irene", browser) as irene:
        irene.log_in("/hub/spawn")
        irene.page.get_by_role("menuitem", name="Nbgrader").click()
        irene.page.get_by_role("menuitem", name="Course List").click()
        link = irene.page.get_by_role("link", name="ht-one")
        expect(link).to_be_visible()
        expect(irene.page.get_by_text("ht-two")).to_have_count(0)
        irene.page.goto(f"{played.place.url}/services/ht-one/formgrader/manage_submissions/{LESSON}")
        for student in COURSES["ht-one"][1]:
            expect(irene.page.get_by_role("row").filter(has_text=student)).to_contain_text("graded")
        irene.photograph("formgrader")


def test_servers_have_the_panel_without_the_courses_package_and_the_kernels_of_their_course(played):
    python = str(ENVIRONMENTS / "students/bin/python")
    look = "import importlib.util as u; print(*filter(u.find_spec, ['nbgrader', 'torch', 'attention_course']))"
    assert unix_accounts.run_as("ht-ada", python, "-c", look).stdout.split() == ["nbgrader", "torch"]
    kernels = {name: {*played.people[name].own("GET", "/api/kernelspecs")["kernelspecs"]} for name in PLAYED}
    assert kernels == {"ht-bela": {"python3"}, "ht-chen": {"python3", "of-two"}, "ht-dora": {"python3", "of-two"}}


def test_everything_listens_on_this_machine_alone(played):
    started = played.place.processes()
    addresses = {
        connection.laddr.ip
        for process in psutil.process_iter(["username"])
        if process.info["username"] in played.place.accounts() or process in started
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}


def test_hub_check_finds_nothing_and_then_what_was_spoiled(played):
    settings = read_config(played.place.config)
    assert list(problems(settings, look_at_machine(settings))) == []
    folder, exchange = played.folder("ht-one"), played.place.folder / "exchange/ht-two"
    folder.chmod(0o755)
    (exchange / "inbound").chmod(0o777)
    subprocess.run(["gpasswd", "--delete", "ht-chen", "nbgrader-ht-two"], check=True, capture_output=True)
    with sqlite3.connect(played.place.folder / "state/jupyterhub.sqlite") as db:
        ids = "select users.id, groups.id from users, groups where users.name = ? and groups.name = ?"
        db.execute(f"insert into user_group_map {ids}", ("ht-ada", "formgrade-ht-two"))
    db.close()
    assert [*problems(settings, look_at_machine(settings))] == [
        "In the Hub's group formgrade-ht-two by its database, but not by the configuration: ht-ada. Take them out at "
        "/hub/admin, or name them in the configuration.",
        "Not in the Unix group nbgrader-ht-two, and so without lessons: ht-chen. Run set_up.py.",
        f"Others can reach the gradebook and the solutions of ht-one: chmod 700 {folder}",
        f"Students can list what others have handed in: chmod 3733 {exchange}/inbound",
    ]
