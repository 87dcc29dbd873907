"""What a class has so far, as data: students, lessons, and each student's work in each lesson."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """How far a student's work in a lesson has come."""

    GRADED = "graded"
    BY_HAND = "waits to be graded by hand"  # in parts: its points are those so far
    OLDER = "a newer submission, or a newer extension, is not graded"  # its points are those before it
    FAILED = "could not be graded"  # it has no points
    UNGRADED = "handed in, not graded"
    MISSING = "not handed in"


# What follows the number of those of whom it is true, where a run was not all it should be.
UNFINISHED = {
    State.FAILED: "could not be graded and counted with 0 points",
    State.UNGRADED: "handed in and not graded",
    State.OLDER: "counted as before, as a newer submission or extension is not graded",
    State.BY_HAND: "counted with the points so far, as a part waits to be graded by hand",
}
NAMED = 5  # students in a sentence of a log


@dataclass(frozen=True)
class Work:
    """One student's work in one lesson; points are rounded as they are exported, and None where nothing is graded."""

    state: State = State.MISSING
    points: Fraction | None = None  # less the penalty
    penalty: Fraction = Fraction(0)
    late: bool = False
    until: datetime | None = None  # an own, later due date, in UTC without saying so


@dataclass(frozen=True)
class GradedLesson:
    """A lesson of the gradebook: what it can give, and when it is due (in UTC, without saying so), if that is said."""

    name: str
    points: Fraction
    due: datetime | None = None


@dataclass(frozen=True)
class Member:
    """A student of the class, with the work in each lesson."""

    id: str
    name: str
    works: dict[str, Work]

    def missing(self) -> list[str]:
        """Return the lessons that were not handed in."""
        return [lesson for lesson, work in self.works.items() if work.state is State.MISSING]


@dataclass
class ClassGrades:
    """A class: its lessons in their order, its students by name, and ids in submitted/ that the gradebook lacks."""

    lessons: list[GradedLesson]
    members: list[Member]
    strangers: list[str] = field(default_factory=list)

    def of(self, lesson: str, state: State) -> list[Member]:
        """Return those whose work in a lesson is in this state."""
        return [member for member in self.members if member.works[lesson].state is state]

    def only(self, lessons: Collection[str] | None, students: Collection[str]) -> "ClassGrades":
        """Return the class with some students, and some or all of its lessons."""
        return ClassGrades(
            [lesson for lesson in self.lessons if lessons is None or lesson.name in lessons],
            [member for member in self.members if member.id in students],
            self.strangers,
        )

    def begun(self, lesson: str) -> bool:
        """Has anybody's work in a lesson been graded?"""
        return any(member.works[lesson].points is not None for member in self.members)

    def unfinished(self) -> Iterator[tuple[str, list[str]]]:
        """Yield whatever is graded in parts only: a sentence without its full stop, and the students' names or ids."""
        for lesson in self.lessons:
            for state, words in UNFINISHED.items():
                if members := self.of(lesson.name, state):
                    yield f"{lesson.name}: {len(members)} {words}", [member.id for member in members]
        if self.strangers:
            yield f"In submitted/, but not in the gradebook: {len(self.strangers)}", self.strangers


def sentence(words: str, students: Sequence[str], most: int | None = None) -> str:
    """Return a sentence that names its students, the first of them where there are more than `most`."""
    names = [student for student in students[:most] if student]
    names += [f"and {len(students) - len(names)} more"] if 0 < len(names) < len(students) else []
    return f"{words} ({', '.join(names)})." if names else f"{words}."
