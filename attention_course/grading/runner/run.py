"""The run: submissions go to the workers and come back, and each has an outcome of its own."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from nbclient.exceptions import DeadKernelError
from sqlalchemy.exc import OperationalError

from attention_course.errors import CourseError
from attention_course.grading.runner.autograde import AutogradeInParts
from attention_course.grading.runner.prepare import prepare
from attention_course.grading.runner.remarks import Remarks
from attention_course.grading.runner.submissions import Markers, Submission
from attention_course.grading.runner.workers import NoScheduler, Workers


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: graded, or not and why, with what was to be mended or noted on the way."""

    student: str
    reason: str = ""
    remarks: tuple[str, ...] = ()
    seconds: float = 0  # of execution

    @property
    def graded(self) -> bool:
        """Could it be graded?"""
        return not self.reason


class Run:
    """Grades submissions; the gradebook and the course's folders are touched by nobody but this process."""

    def __init__(self, converter: AutogradeInParts, markers: Markers, workers: Workers, prepared: Path) -> None:
        self.converter, self.markers, self.workers, self.prepared = converter, markers, workers, prepared
        self.remarks = Remarks(converter.log)
        self._digests: dict[str, str] = {}
        self._finished: SimpleQueue[tuple[Submission, Any]] = SimpleQueue()

    def outcomes(self, submissions: Iterable[Submission]) -> Iterator[Outcome]:
        """Grade submissions, and yield each one's outcome when there is one.

        Only a few are under way at a time, so that memory does not grow with the class.
        """
        waiting, under_way = iter(submissions), 0
        while True:
            for submission in itertools.islice(waiting, 2 * self.workers.count + 1 - under_way):
                failed = self._begin(submission)
                if failed:
                    yield failed
                else:
                    under_way += 1
            if not under_way:
                return
            submission, future = self._finished.get()
            under_way -= 1
            yield self._finish(submission, future)

    def _begin(self, submission: Submission) -> Outcome | None:
        """Send a submission to the workers; return its outcome where it cannot be graded."""
        with self.remarks.of(submission.student):
            try:
                self._digests[submission.student] = submission.digest()
                prepare(submission, self.prepared, self.converter)
                task = self.converter.before(submission.student)
            except Exception as error:
                return self._failed(submission, error)
        self.workers.submit(task, lambda future: self._finished.put((submission, future)))
        return None

    def _finish(self, submission: Submission, future: Any) -> Outcome:
        """Score what a worker has executed."""
        student = submission.student
        with self.remarks.of(student):
            try:
                executed = future.result()
                self.converter.after(student, executed.notebook)
                self.markers.set(self.converter.folder(student), self._digests.pop(student))
            except Exception as error:
                return self._failed(submission, error)
        return Outcome(student, remarks=self.remarks.pop(student), seconds=executed.seconds)

    def _failed(self, submission: Submission, error: Exception) -> Outcome:
        if isinstance(error, OperationalError | NoScheduler):  # nothing of this submission's
            raise error
        self.converter.remove(submission.student)
        return Outcome(submission.student, reason(error), self.remarks.pop(submission.student))


def reason(error: Exception) -> str:
    """Return one sentence that says why a submission could not be graded."""
    if isinstance(error, CourseError):
        return str(error)
    if isinstance(error, DeadKernelError):
        return "The kernel that executed the notebook died; grade it again, and look for what runs out of memory."
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
