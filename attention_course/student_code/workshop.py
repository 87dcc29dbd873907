"""Workshop: where answers are opened. An exercise is handed one, and need not know which."""

import importlib
import os
from collections.abc import Sequence
from typing import Any, Protocol

from attention_course.errors import NoSandbox
from attention_course.student_code.limits import CPU, MEMORY, SECONDS
from attention_course.student_code.local import Local
from attention_course.student_code.student import Student

VARIABLE = "ATTENTION_COURSE_WORKSHOP"  # "module:Class", set by whoever grades; this half knows no sandbox


class Workshop(Protocol):
    """`Home`, or at grading the sandbox."""

    def open(
        self,
        answer: str | Sequence[str],
        *,
        seed: int | None = 0,
        seconds: float = SECONDS,
        cpu: float = CPU,
        memory: int = MEMORY,
    ) -> Student:
        """Run an answer's cells, of which the student's own is the last, in a namespace of their own, and return it.

        Raises StudentError where the answer raises something, and NoSandbox where nothing is run.
        """
        ...


class Home:
    """Opens answers in this process: over the names of a student's kernel, whose cells have run, or over none.

    Over none the answer is run in a namespace of its own, without a lock: it is for code that is trusted, such as a
    worked solution. Of the limits, `seconds` alone holds.
    """

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        self.names = names

    def open(
        self,
        answer: str | Sequence[str],
        *,
        seed: int | None = 0,
        seconds: float = SECONDS,
        cpu: float = CPU,
        memory: int = MEMORY,
    ) -> Student:
        """Return an answer; see `Workshop`."""
        return Student(answer, lambda: Local(self.names), seed=seed, seconds=seconds)


class AtGrading:
    """Opens answers in the workshop that the grading process has named, when the first one is opened.

    There is no other to fall back on: code of a student's never runs unlocked where a class is graded.
    """

    def open(
        self,
        answer: str | Sequence[str],
        *,
        seed: int | None = 0,
        seconds: float = SECONDS,
        cpu: float = CPU,
        memory: int = MEMORY,
    ) -> Student:
        """Return an answer; raise NoSandbox where no workshop is named. See `Workshop`."""
        return _named().open(answer, seed=seed, seconds=seconds, cpu=cpu, memory=memory)


def _named() -> Workshop:
    module, _, name = os.environ.get(VARIABLE, "").partition(":")
    if not name:
        raise NoSandbox("Student-written code is not run here: whoever grades has opened no sandbox for it.")
    return getattr(importlib.import_module(module), name)()
