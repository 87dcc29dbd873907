"""Suite: named tests of what a student's code does, and what came of each."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from typing import Any

from attention_course.errors import StudentError
from attention_course.student_code.student import Student

Test = Callable[..., Any]  # takes the student, and perhaps the right names
Opening = Callable[[], Student]
ENDS = ("too slow", "ended", "garbled")  # causes after which a student's code has to be opened anew
MOST_OPENED = 4  # times, for one suite: each may take its whole time limit


@dataclass(frozen=True)
class Tested:
    """What came of one test: plain data, which may be shown to its student.

    `raised` is what the student's own code raised, as a sentence, and `cause` the StudentError's; both are "" where it
    raised nothing, and the test alone says no.
    """

    name: str
    points: float
    passed: bool
    why: str = ""
    raised: str = ""
    cause: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Tested":
        """Return what `to_json` was made of."""
        return cls(**{field.name: value[field.name] for field in fields(cls)})


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

    def run(self, student: Student, right: Any) -> Tested:
        """Run it, and return what came of it, whatever it raises."""
        try:
            self.function(*([student, right] if self.needs_right else [student]))
        except StudentError as error:
            return self._failed(str(error), error.cause)
        except Exception:  # an assertion, or a test that stumbles over what came
            return self._failed()
        return Tested(self.name, self.points, True, self.why)

    def _failed(self, raised: str = "", cause: str = "") -> Tested:
        return Tested(self.name, self.points, False, self.why, raised, cause)


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

    @property
    def points(self) -> float:
        """What all the tests give together."""
        return sum(test.points for test in self)

    def run(self, opening: Opening, right: Any = None) -> list[Tested]:
        """Run every test over one student, which is opened anew after a test that ended it, a few times.

        Where the code cannot be opened, every test has failed for that reason. Raises NoSandbox where no code is run.
        """
        results: list[Tested] = []
        student, opened = None, 0
        for test in self:
            try:
                if student is None and opened < MOST_OPENED:
                    opened += 1
                    student = opening()
            except StudentError as error:
                results += [other._failed(str(error), error.cause) for other in [*self][len(results) :]]
                return results
            if student is None:
                results.append(test._failed("too many tests before this one were stopped", "ended"))
                continue
            results.append(test.run(student, right))
            if results[-1].cause in ENDS:
                student.close()
                student = None
        if student is not None:
            with suppress(StudentError):
                student.close()
        return results
