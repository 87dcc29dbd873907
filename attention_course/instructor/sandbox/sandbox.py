"""Sandbox: the workshop at grading. Each answer that it opens has a locked process of its own."""

import math
from collections.abc import Sequence

from attention_course.instructor.sandbox import client, shared
from attention_course.instructor.sandbox.limits import Limits
from attention_course.instructor.sandbox.locked_link import LockedLink
from attention_course.student_code.limits import CPU, MEMORY, SECONDS
from attention_course.student_code.student import Student


class Sandbox:
    """Opens answers where they can do nothing but compute.

    `path` is that of a warm process, the run's own if left out.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path

    def open(
        self,
        answer: str | Sequence[str],
        *,
        seed: int | None = 0,
        seconds: float = SECONDS,
        cpu: float = CPU,
        memory: int = MEMORY,
    ) -> Student:
        """Run an answer's cells in a process of their own; see `Workshop`."""
        limits = Limits(math.ceil(cpu), memory)
        return Student(answer, lambda: self._connect(limits), seed=seed, seconds=seconds)

    def _connect(self, limits: Limits) -> LockedLink:
        return client.connect(self.path, limits) if self.path else shared.child(limits)
