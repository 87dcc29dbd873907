"""The round: two courses release, four students fetch, answer and submit, both courses grade, feedback goes back.

One course works in its formgrader, the other in a terminal of its account; one student works in a browser.
"""

import os
import pwd
import time
from pathlib import Path
from typing import Any

import unix_accounts
from hub_person import HubPerson
from hub_place import COURSES, ENVIRONMENTS, HubPlace
from hub_student import BrowserStudent

from attention_course.instructor.demo.answering import answer_all
from attention_course.instructor.demo.students import CLASS, MadeUpStudent
from attention_course.instructor.source import asked

LESSON = "practice"
NOTEBOOK = f"{LESSON}/{LESSON}.ipynb"
# Who answers as which student of the demo; ada answers her first question in a browser.
PLAYED: dict[str, MadeUpStudent] = dict(zip(("ht-bela", "ht-chen", "ht-dora"), CLASS, strict=False))
ADA = {"attention-scores": 1.0}
COURSE_OF = {student: course for course, (_, students) in COURSES.items() for student in students}


class Round:
    """What is played, and who plays it."""

    def __init__(self, place: HubPlace) -> None:
        self.place = place
        self.seen: dict[str, list[tuple[str, str]]] = {}  # what the panel of each student listed at first
        self.people: dict[str, HubPerson] = {}
        self.begun = time.monotonic()

    def say(self, what: str) -> None:
        """Say how far the round is: -s shows it."""
        print(f"{time.monotonic() - self.begun:5.0f} s  {what}", flush=True)

    def play(self) -> None:
        """Play all of it."""
        self.people = {name: HubPerson(self.place, name) for name in self.place.people()}
        for name in PLAYED:
            self.people[name].start_server()
        self.release()
        self.say("released")
        for name in PLAYED:
            self.by_script(self.people[name], COURSE_OF[name], PLAYED[name])
            self.say(f"{name} has handed in")
        with BrowserStudent(self.place, "ht-ada") as ada:
            ada.hands_in("ht-one", LESSON)
            self.say("ht-ada has handed in, in a browser")
            self.grade()
            self.say("graded")
            ada.reads_feedback(LESSON)
        for name in PLAYED:
            self.people[name].press("fetch_feedback", COURSE_OF[name], LESSON)
        self.say("feedback is back")

    def release(self) -> None:
        """Release the lesson in both courses."""
        for action in ("assign", "release"):
            self.people["ht-irene"].formgrader("ht-one", "POST", f"/assignment/{LESSON}/{action}")
        self.in_terminal("nbgrader", "generate_assignment", LESSON)
        self.in_terminal("nbgrader", "release_assignment", LESSON)

    def by_script(self, person: HubPerson, course: str, student: MadeUpStudent) -> None:
        """Let a student fetch, answer and submit by the requests that the panel sends."""
        person.wait_for_server()
        self.seen[person.name] = person.assignments(course)
        person.press("fetch", course, LESSON)
        notebook: dict[str, Any] = person.read(f"{course}/{NOTEBOOK}")
        answer_all(notebook, LESSON, asked(notebook), student)
        person.write(f"{course}/{NOTEBOOK}", notebook)
        person.press("submit", course, LESSON)

    def grade(self) -> None:
        """Collect, grade, and send feedback, in both courses."""
        irene = self.people["ht-irene"]
        irene.formgrader("ht-one", "POST", f"/assignment/{LESSON}/collect")
        for student in COURSES["ht-one"][1]:
            irene.formgrader("ht-one", "POST", f"/submission/{LESSON}/{student}/autograde")
        for action in ("generate_feedback", "release_feedback"):
            irene.formgrader("ht-one", "POST", f"/assignment/{LESSON}/{action}")
        self.in_terminal("nbgrader", "collect", LESSON)
        self.in_terminal("attention_course.instructor.cli", "grade", LESSON)
        self.in_terminal("nbgrader", "generate_feedback", LESSON)
        self.in_terminal("nbgrader", "release_feedback", LESSON)

    def in_terminal(self, module: str, *arguments: str) -> None:
        """Run a command of the second course as its account, in its folder."""
        course = self.place.course("ht-two")
        python = ENVIRONMENTS / "instructors/bin/python"
        done = unix_accounts.run_as(course["account"], str(python), "-m", module, *arguments, folder=course["folder"])
        assert done.returncode == 0, done.stdout[-2000:]

    # ---- where things are

    def folder(self, course: str) -> Path:
        """Return a course's folder."""
        return Path(self.place.course(course)["folder"])

    def home(self, student: str) -> Path:
        """Return a student's home."""
        return Path(pwd.getpwnam(student).pw_dir)

    def handed_in(self, student: str) -> Path:
        """Return what a student has put into the exchange."""
        (found,) = (Path(self.place.place["exchange"]) / COURSE_OF[student] / "inbound").glob(f"{student}+*")
        return found

    def pictures(self) -> Path | None:
        """Return where photographs are wanted, None where nobody asked for them."""
        return Path(os.environ["HUB_PICTURES"]) if "HUB_PICTURES" in os.environ else None
