"""The run: submissions go to the workers and come back, and each has a result of its own."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from nbclient.exceptions import DeadKernelError

from attention_course.errors import CourseError, CourseFailure, NotebookError
from attention_course.instructor.runner.autograde import AutogradeInParts
from attention_course.instructor.runner.heap import trim
from attention_course.instructor.runner.one_gradebook import NoGradebook
from attention_course.instructor.runner.remarks import Remarks
from attention_course.instructor.runner.submissions import Markers, Submission
from attention_course.instructor.runner.workers import NoWorkers, Workers

KEPT_SCORE = "What was graded earlier is kept."
AHEAD = 8  # submissions made ready for each worker; there is time for that while the fork server gets ready
TRIMMED_EVERY = 16  # submissions


@dataclass(frozen=True)
class GradingResult:
    """What became of one submission: graded, or not and why, with what was to be mended or noted on the way."""

    student: str
    reason: str = ""
    remarks: tuple[str, ...] = ()
    executing: float = 0  # seconds, on a worker
    bookkeeping: float = 0  # seconds, in this process

    @property
    def graded(self) -> bool:
        """Could it be graded?"""
        return not self.reason


class GradingRun:
    """Grades submissions; the gradebook and the course's folders are touched by nobody but this process."""

    def __init__(self, converter: AutogradeInParts, markers: Markers, workers: Workers) -> None:
        self.converter, self.markers, self.workers = converter, markers, workers
        self.remarks = Remarks(converter.log)
        self._digests: dict[str, str] = {}
        self._bookkeeping: dict[str, float] = {}
        self._executed: SimpleQueue[tuple[str, Any]] = SimpleQueue()

    def results(self, submissions: Iterable[Submission]) -> Iterator[GradingResult]:
        """Grade submissions, and yield each one's result when there is one.

        Only a few are under way at a time, so that memory does not grow with the class. Where the run is stopped,
        whatever was put aside of an earlier grading is put back.
        """
        try:
            yield from self._results(submissions)
        finally:
            for student in self._digests:
                with suppress(OSError):
                    self.converter.put_back(student)

    def _results(self, submissions: Iterable[Submission]) -> Iterator[GradingResult]:
        under_way = 0
        for number, submission in enumerate(submissions):
            if number % TRIMMED_EVERY == 0:
                trim()
            failed = self._begin(submission)
            if failed:
                yield failed
                continue
            under_way += 1
            if under_way > AHEAD * self.workers.count:
                yield self._finish(*self._executed.get())
                under_way -= 1
        for _ in range(under_way):
            yield self._finish(*self._executed.get())

    def _begin(self, submission: Submission) -> GradingResult | None:
        """Send a submission to the workers; return its result where it cannot be graded."""
        student = submission.student
        begun = time.perf_counter()
        with self.remarks.of(student):
            try:
                self._digests[student] = submission.digest()
                task = self.converter.before(submission)
                self._bookkeeping[student] = time.perf_counter() - begun
                self.workers.submit(task, lambda future: self._executed.put((student, future)))
            except Exception as error:
                return self._failed(student, error)
        return None

    def _finish(self, student: str, future: Any) -> GradingResult:
        """Score what a worker has executed."""
        begun = time.perf_counter()
        with self.remarks.of(student):
            try:
                executed = future.result()
                self.converter.after(student, executed.notebook)
                self.markers.set(self.converter.folder(student), self._digests[student])
                self.converter.forget_earlier(student)
                del self._digests[student]
            except Exception as error:
                return self._failed(student, error)
        bookkeeping = self._bookkeeping.pop(student) + time.perf_counter() - begun
        return GradingResult(student, "", self.remarks.pop(student), executed.seconds, bookkeeping)

    def _failed(self, student: str, error: Exception) -> GradingResult:
        """Return the result of a submission that could not be graded; raise what stops the whole run.

        What is the student's fault gives no points, also not those of an earlier submission. Of anything else the
        earlier grading stays, with its score.
        """
        if isinstance(error, OSError | MemoryError):
            raise CourseFailure(
                f"Stopped at {student}: {machine_says(error)}. No score was changed by that; mend it, then the same "
                "command goes on."
            ) from error
        if isinstance(error, NoWorkers | NoGradebook | CourseFailure):
            raise error
        with suppress(UnicodeError):  # a name that no gradebook can hold has no points in it
            if isinstance(error, NotebookError):
                self.converter.give_up(student)
            else:
                self.converter.put_back(student)
        self._digests.pop(student, None)
        return GradingResult(student, why_not_graded(error), self.remarks.pop(student))


def machine_says(error: OSError | MemoryError) -> str:
    """Say what the machine said, with the file that it is about."""
    if isinstance(error, MemoryError):
        return "there is no memory left"
    return ": ".join(filter(None, [error.filename and str(error.filename), error.strerror or str(error)]))


def why_not_graded(error: Exception) -> str:
    """Return one sentence that says why a submission could not be graded."""
    if isinstance(error, CourseError):
        return str(error)
    if isinstance(error, DeadKernelError):
        return (
            f"The process that executed the notebook died. {KEPT_SCORE} Grade it again; perhaps it ran out of memory."
        )
    said = ": ".join(filter(None, [type(error).__name__, " ".join(str(error).split())[:300]]))
    return f"{said.rstrip('.')}. {KEPT_SCORE}"
