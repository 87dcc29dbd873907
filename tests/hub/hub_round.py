"""The round: two courses release, four students fetch, answer and submit, both courses grade, feedback goes back.

One course works in its formgrader, the other in a terminal of its account, and neither waits for the other; one student
works in a browser.
"""

import os
import pwd
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from commands import Commands
from hub_person import HubPerson
from hub_place import COURSES, ENVIRONMENTS, HubPlace
from hub_student import BrowserStudent
from playwright.sync_api import Browser

from attention_course.instructor.demo.answering import answer_all
from attention_course.instructor.demo.students import CLASS, MadeUpStudent
from attention_course.instructor.source import asked

LESSON = "practice"
NOTEBOOK = f"{LESSON}/{LESSON}.ipynb"
# Who answers as which student of the demo; ada answers her first question in a browser.
PLAYED: dict[str, MadeUpStudent] = dict(zip(("ht-bela", "ht-chen", "ht-dora"), CLASS, strict=False))
HAVE_SERVERS = (*PLAYED, "ht-ada", "ht-irene")  # jonas works in the terminal alone
ADA = {"attention-scores": 1.0}
COURSE_OF = {student: course for course, (_, students) in COURSES.items() for student in students}


class Round:
    """What is played, and who plays it."""

    def __init__(self, place: HubPlace, browser: Browser) -> None:
        self.place, self.browser = place, browser
        self.seen: dict[str, list[tuple[str, str]]] = {}  # what the panel of each student listed at first
        self.people: dict[str, HubPerson] = {}
        # A process that stays: to start Python and nbgrader takes longer than most commands.
        as_grader = ("runuser", "-u", place.course("ht-two")["account"], "--")
        self.terminal = Commands(*as_grader, str(ENVIRONMENTS / "instructors/bin/python"))
        self.begun = time.monotonic()

    def say(self, what: str) -> None:
        """Say how far the round is: -s shows it."""
        print(f"{time.monotonic() - self.begun:5.0f} s  {what}", flush=True)

    def play(self) -> None:
        """Play all of it."""
        self.people = {name: HubPerson(self.place, name) for name in self.place.people()}
        for name in HAVE_SERVERS:
            self.people[name].start_server()
        with ThreadPoolExecutor() as beside:
            course_two = beside.submit(self.in_terminal)
            self.in_formgrader()
            course_two.result()

    def in_formgrader(self) -> None:
        """Play the first course: bela answers by script, ada in a browser."""
        self.press("assign", "release")
        self.by_script("ht-bela")
        with BrowserStudent(self.place, "ht-ada", self.browser) as ada:
            ada.hands_in("ht-one", LESSON)
            self.say("ht-ada has handed in, in a browser")
            self.press("collect")
            for student in COURSES["ht-one"][1]:
                irene = self.people["ht-irene"]
                irene.formgrader("ht-one", "POST", f"/submission/{LESSON}/{student}/autograde")
            self.press("generate_feedback", "release_feedback")
            ada.reads_feedback(LESSON)
            self.say("ht-ada has read her feedback")
        self.people["ht-bela"].press("fetch_feedback", "ht-one", LESSON)

    def in_terminal(self) -> None:
        """Play the second course: both students answer by script."""
        self.run("nbgrader", "generate_assignment")
        self.run("nbgrader", "release_assignment")
        for student in COURSES["ht-two"][1]:
            self.by_script(student)
        self.run("nbgrader", "collect")
        self.run("attention-course", "grade")
        self.run("nbgrader", "generate_feedback")
        self.run("nbgrader", "release_feedback")
        self.terminal.close()
        for student in COURSES["ht-two"][1]:
            self.people[student].press("fetch_feedback", "ht-two", LESSON)
        self.say("the second course has its feedback")

    def by_script(self, name: str) -> None:
        """Let a student fetch, answer and submit by the requests that the panel sends."""
        person, course = self.people[name], COURSE_OF[name]
        person.wait_for_server()
        self.seen[name] = person.assignments(course)
        person.press("fetch", course, LESSON)
        notebook: dict[str, Any] = person.read(f"{course}/{NOTEBOOK}")
        answer_all(notebook, LESSON, asked(notebook), PLAYED[name])
        person.write(f"{course}/{NOTEBOOK}", notebook)
        person.press("submit", course, LESSON)
        self.say(f"{name} has handed in")

    def press(self, *buttons: str) -> None:
        """Press buttons of the lesson in the first course's formgrader."""
        for button in buttons:
            self.people["ht-irene"].formgrader("ht-one", "POST", f"/assignment/{LESSON}/{button}")

    def run(self, program: str, command: str) -> None:
        """Run a command about the lesson as the second course's account, in its folder."""
        code, said = self.terminal.run(self.folder("ht-two"), program, command, LESSON)
        assert code == 0, said[-2000:]

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
