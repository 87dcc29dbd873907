"""Remarks: what the steps of grading warn about, kept by student."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from attention_course.instructor.grading.remark import without_student


class Remarks(logging.Handler):
    """Keeps the warnings of a log for the report, where they would otherwise scroll by."""

    def __init__(self, log: logging.Logger) -> None:
        super().__init__(logging.WARNING)
        self._student = ""
        self._kept: dict[str, dict[str, None]] = defaultdict(dict)  # a set that keeps the order
        log.handlers[:] = [self]
        log.propagate = False

    @contextmanager
    def of(self, student: str) -> Iterator[None]:
        """Keep what is said meanwhile as said of this student."""
        self._student = student
        try:
            yield
        finally:
            self._student = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning, once."""
        self._kept[self._student][without_student(record.getMessage(), self._student)] = None

    def pop(self, student: str) -> tuple[str, ...]:
        """Return what was said of a student, and forget it."""
        return tuple(self._kept.pop(student, ()))
