"""A Dask cluster whose workers are machines of their own, and a database that only the grading machine reaches.

    database ──── grader ──── one, two, …

The grader runs the scheduler and `attention-course grade`, and has the course. A worker has this project, but of it
neither source/ nor the folder in which the courses are; and no way to the database.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import postgresql
from machines import Machine, join
from waiting import until

from attention_course.instructor import cli

PROJECT = Path(__file__).parent.parent
GRADER, DATABASE, PASSWORD = "10.77.0.1", "10.77.0.9", "only-the-grader-knows"
SCHEDULER = f"tcp://{GRADER}:8786"
# Of a wire that is cut nobody is told: Dask takes for gone whoever is silent for 30 s. It refuses less than 11.
IMPATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "11s"}
DONE = re.compile(r"^(\d+)/\d+ ")


class SeparateCluster:
    """The machines; `db_url` is what the grader writes into its course, `socket_url` leads there from outside."""

    def __init__(self, grader: Machine, socket_url: str, courses: Path, stack: ExitStack) -> None:
        self.grader, self.socket_url, self._courses, self._stack = grader, socket_url, courses, stack
        self.db_url = f"postgresql+psycopg://grader:{PASSWORD}@{DATABASE}/gradebook"
        self.workers: dict[str, Machine] = {}
        self._dask(grader, "scheduler", f"--host={GRADER}", "--port=8786", says="Scheduler at")

    def add_worker(self, name: str) -> Machine:
        """Switch on one more machine, with one worker on it."""
        machine = self._stack.enter_context(Machine(name, hides=[self._courses, PROJECT / "source"]))
        address = f"10.77.0.{2 + len(self.workers)}"
        join(self.grader, GRADER, machine, address)
        where = [f"--host={address}", "--nthreads=1", "--no-nanny", "--local-directory=/tmp"]
        self.workers[name] = machine
        self._dask(machine, "worker", SCHEDULER, *where, says="Registered to")
        return machine

    def grade(self, course: Path, lesson: str, midway: Mapping[int, Callable[[], object]]) -> tuple[int, str]:
        """Grade a lesson on the cluster; return exit code and what was said. `midway`: what to do after so many."""
        command = [sys.executable, "-m", cli.__name__, "grade", lesson, f"--scheduler={SCHEDULER}"]
        grading = self.grader.start(*command, folder=course)
        said = ""
        assert grading.stdout
        for line in grading.stdout:
            said += line
            if done := DONE.match(line):
                midway.get(int(done[1]), lambda: None)()
        return grading.wait(), said

    def _dask(self, machine: Machine, what: str, *options: str, says: str) -> None:
        """Start a scheduler or a worker; raise TimeoutError with its log where it never says what shows it ready."""
        log = Path(self._stack.enter_context(tempfile.TemporaryDirectory()), "log")
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options, "--no-dashboard"]
        with log.open("w") as file:
            machine.start(*command, env=os.environ | IMPATIENT, stdout=file)
        try:
            until(lambda: says in log.read_text(), f"the {what} is ready")
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{log.read_text()}") from error


@contextmanager
def separate_cluster(courses: Path) -> Iterator[SeparateCluster]:
    """Switch on the grader and the database; whatever happens, all is off and gone at the end.

    `courses` is the folder that no worker is to see.
    """
    with ExitStack() as stack:
        grader, database = (stack.enter_context(Machine(name)) for name in ("grader", "database"))
        join(grader, GRADER, database, DATABASE)
        socket_url = stack.enter_context(postgresql.server(database, DATABASE, PASSWORD))
        yield SeparateCluster(grader, socket_url, courses, stack)
