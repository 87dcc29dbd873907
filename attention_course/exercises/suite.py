"""Suite: named tests of what a student's code does, and what came of each."""

import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from time import monotonic
from typing import Any

from attention_course.errors import CourseFailure, StudentError
from attention_course.student_code.randomness import Randomness
from attention_course.student_code.student import Student

Test = Callable[..., Any]  # takes the student, and perhaps the right names
Opening = Callable[[], Student]
ENDS = ("too slow", "ended", "garbled")  # causes after which a student's code has to be opened anew
NOT_BEGUN = "it was not begun, because the tests before it took too long or were stopped"
MOST_OPENED = 4  # times, for one suite: each may take its whole time limit


@dataclass(frozen=True)
class Tested:
    """What came of one test: plain data, which may be shown to its student.

    `raised` is what the student's own code raised, as a sentence, and `cause` the StudentError's; both are "" where it
    raised nothing, and the test alone says no. `stumbled` is for the instructor alone: the error of a test that is
    neither an assertion nor the student's.
    """

    name: str
    points: float
    passed: bool
    why: str = ""
    raised: str = ""
    cause: str = ""
    stumbled: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {name: value for name, value in asdict(self).items() if name != "stumbled"}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Tested":
        """Return what `to_json` was made of."""
        return cls(**{field.name: value[field.name] for field in fields(cls) if field.name in value})


@dataclass(frozen=True)
class NamedTest:
    """A test with the name and the reason that a student is told, and what passing it gives."""

    name: str
    why: str
    points: float
    function: Test

    @property
    def needs_right(self) -> bool:
        """Does it compare with the right names, which are its second argument?"""
        return len(inspect.signature(self.function).parameters) > 1

    def run(self, student: Student, right: Any, seed: int = 1) -> Tested:
        """Run it, with this seed, and return what came of it, whatever it raises; nobody else's draws are changed."""
        randomness = Randomness()
        try:
            with randomness.used():
                randomness.seed(seed)
                self.function(*([student, right] if self.needs_right else [student]))
        except StudentError as error:
            return self.failed(str(error), error.cause)
        except CourseFailure:
            raise
        except AssertionError:
            return self.failed()
        except Exception as error:  # a test that stumbles, perhaps over what came
            return self.failed(stumbled=f"{type(error).__name__}: {error}")
        return Tested(self.name, self.points, True, self.why)

    def failed(self, raised: str = "", cause: str = "", stumbled: str = "") -> Tested:
        """Return that it has failed."""
        return Tested(self.name, self.points, False, self.why, raised, cause, stumbled)


class Suite:
    """Tests in the order in which they were registered; one that is registered again replaces itself."""

    def __init__(self) -> None:
        self._tests: dict[str, NamedTest] = {}

    def __len__(self) -> int:
        return len(self._tests)

    def __iter__(self) -> Iterator[NamedTest]:
        return iter(self._tests.values())

    def register(self, name: str, why: str, points: float = 0) -> Callable[[Test], Test]:
        """Return a decorator that takes a function as the test of this name."""

        def taken(function: Test) -> Test:
            self._tests[name] = NamedTest(name, why, points, function)
            return function

        return taken

    def only(self, name: str) -> "Suite":
        """Return a suite with this test alone."""
        suite = Suite()
        suite._tests = {name: self._tests[name]}
        return suite

    @property
    def points(self) -> float:
        """What all the tests give together."""
        return sum(test.points for test in self)

    def run(self, opening: Opening, right: Any = None, *, seed: int = 1, until: float = math.inf) -> list[Tested]:
        """Run every test over one student, which is opened anew after a test that ended it, a few times.

        Where the code cannot be opened, every test has failed for that reason. None is begun after `until`, a time of
        the monotonic clock. Raises NoSandbox where no code is run.
        """
        results: list[Tested] = []
        student, opened = None, 0
        for test in self:
            try:
                if student is None and opened < MOST_OPENED and monotonic() < until:
                    opened += 1
                    student = opening()
            except StudentError as error:
                results += [other.failed(str(error), error.cause) for other in [*self][len(results) :]]
                return results
            if student is None or monotonic() >= until:
                results.append(test.failed(NOT_BEGUN, "ended"))
                continue
            results.append(test.run(student, right, seed))
            if results[-1].cause in ENDS:
                student.close()
                student = None
        if student is not None:
            with suppress(StudentError):
                student.close()
        return results
