"""Plays nbgrader's exchange: release, fetch, submit, collect.

python -m attention_course.instructor.demo.exchange [FOLDER]
"""

import json
import sys
from pathlib import Path

from attention_course.answers import notebook as notebooks
from attention_course.answers import record
from attention_course.instructor.demo.answering import answer_all
from attention_course.instructor.demo.course import Course, nbgrader
from attention_course.instructor.demo.run_demo import run_demo, take_steps
from attention_course.instructor.demo.students import CLASS, NOTHING, MadeUpStudent
from attention_course.instructor.source import asked

LESSON = "practice"
PLAYERS = [student for student in CLASS if student.id in ("bjorn", "fatima", "hana")]  # each hands in something else


class Exchange:
    """A course, its students' homes, and the exchange between them, in one folder."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.root, self.homes = folder / "exchange", folder / "homes"
        self.course = Course(folder / "course", project)
        config = self.course.folder / "course_config.py"
        config.write_text(config.read_text(encoding="utf-8") + f'\nc.Exchange.root = "{self.root}"\n', encoding="utf-8")

    def release(self) -> None:
        """Make the students' notebook and put it into the exchange."""
        self.course.release()
        self.course.nbgrader("release_assignment", LESSON)

    def make_home(self, student: str) -> Path:
        """Make a student's home: it knows the course and the exchange, and nothing else."""
        home = self.homes / student
        home.mkdir(parents=True)
        lines = [
            "c = get_config()",
            'c.CourseDirectory.course_id = "attention-course"',
            f'c.Exchange.root = "{self.root}"',
            f'c.Exchange.cache = "{home / ".cache"}"',
        ]
        (home / "nbgrader_config.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return home

    def fetch(self, student: MadeUpStudent) -> None:
        """Let a student fetch the lesson into a new home."""
        nbgrader(self.make_home(student.id), "fetch_assignment", LESSON)

    def submit(self, student: MadeUpStudent) -> None:
        """Let a student answer the lesson and hand it in."""
        path = self.homes / student.id / LESSON / f"{LESSON}.ipynb"
        notebook = notebooks.load(path)
        answer_all(notebook, LESSON, asked(notebook), student)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        self.hand_in(student)

    def hand_in(self, student: MadeUpStudent) -> None:
        """Let a student hand in the notebook as it is."""
        # Who a student is, is otherwise the name of the account, and here they all share one.
        nbgrader(self.homes / student.id, "submit", LESSON, f"--CourseDirectory.student_id={student.id}")

    def collect(self, *options: str) -> None:
        """Collect what was handed in; the owner of the files is not looked at, since it is the same for all."""
        self.course.nbgrader("collect", LESSON, "--ExchangeCollect.check_owner=False", *options)

    def is_intact(self, student: MadeUpStudent) -> bool:
        """Does the course have every attempt that the student handed in?"""
        at_home = self.homes / student.id / LESSON / f"{LESSON}.ipynb"
        collected = self.course.folder / "submitted" / student.id / LESSON / f"{LESSON}.ipynb"
        if not collected.is_file():
            return False
        records, problems = record.read(notebooks.load(collected), LESSON)
        handed_in, _ = record.read(notebooks.load(at_home), LESSON)
        tries = [len(records[name].attempts) for name in records]
        return (
            not problems
            and records == handed_in
            and sum(tries) == sum(len(word) for word in student.words if word != NOTHING)
        )


def main(arguments: list[str]) -> int:
    """Play the round in a new folder; return 1 where an attempt is lost on the way."""
    return run_demo(play_exchange, "exchange", arguments)


def play_exchange(folder: Path) -> bool:
    """Play the round in a folder; has every attempt arrived?"""
    exchange = Exchange(folder, Path.cwd())
    take_steps(
        {
            "The instructor releases the lesson": exchange.release,
            f"{len(PLAYERS)} students fetch it": lambda: list(map(exchange.fetch, PLAYERS)),
            "They answer and submit": lambda: list(map(exchange.submit, PLAYERS)),
            "The instructor collects": exchange.collect,
        }
    )
    lost = [student.id for student in PLAYERS if not exchange.is_intact(student)]
    print(f"Attempts were lost: {', '.join(lost)}." if lost else "Every attempt has arrived.")
    print(f"The course, the homes and the exchange: {folder}")
    return not lost


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
