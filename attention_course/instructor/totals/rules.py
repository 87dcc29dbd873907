"""CourseTotal: how an instructor says what the lessons weigh, and the rules that this makes, checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from traitlets import Dict, Float, Int, List, Unicode

from attention_course.errors import TotalError
from attention_course.instructor.checked_options import CheckedOptions
from attention_course.instructor.formatting import counted
from attention_course.instructor.totals.class_grades import GradedLesson


@dataclass(frozen=True)
class Rules:
    """What each lesson weighs that counts at all, how many of the lowest are dropped, and which lessons are closed."""

    weights: dict[str, Fraction]
    drop_lowest: int = 0
    closed: frozenset[str] = frozenset()

    def share(self, lesson: str) -> Fraction:
        """Return what part of the total a lesson makes, where all of them count."""
        return self.weights.get(lesson, Fraction(0)) / (sum(self.weights.values()) or 1)


class CourseTotal(CheckedOptions):
    """How the lessons make one total: `c.CourseTotal.weights = {"learn": 40, "code": 60}` in course_config.py."""

    explained_in = "docs/grades.md"
    weights = Dict(
        value_trait=Float(),
        key_trait=Unicode(),
        help="What lessons weigh, in points or in percent; 0 leaves one out. Others weigh what points they can give.",
    ).tag(config=True)
    drop_lowest = Int(0, help="How many of a student's lessons with the lowest share of points do not count.").tag(
        config=True
    )
    closed = List(
        Unicode(), help="Lessons that are over though the gradebook has no due date: not handed in counts as 0 points."
    ).tag(config=True)

    def rules(self, lessons: Sequence[GradedLesson]) -> Rules:
        """Return the rules for these lessons; raise TotalError where they cannot be."""
        points = {lesson.name: lesson.points for lesson in lessons}
        for option, names in (("weights", self.weights), ("closed", self.closed)):
            if unknown := [name for name in names if name not in points]:
                there = f"it knows {', '.join(points)}" if points else "it knows none yet"
                raise TotalError(f"CourseTotal.{option} names {unknown[0]!r}, a lesson the gradebook lacks: {there}.")
        for name, weight in self.weights.items():
            if not isfinite(weight) or weight < 0:
                raise TotalError(f"CourseTotal.weights gives {name} the weight {weight:g}: a weight is 0 or more.")
            if weight and not points[name]:
                raise TotalError(f"CourseTotal.weights gives {name} a weight, but it has no points: leave it out.")
        weights = {name: Fraction(repr(self.weights.get(name, float(most)))) for name, most in points.items()}
        weights = {name: weight for name, weight in weights.items() if weight}
        if self.drop_lowest < 0:
            raise TotalError(f"CourseTotal.drop_lowest is {self.drop_lowest}: it is 0 or more.")
        if self.drop_lowest and self.drop_lowest >= len(weights):
            there = counted(len(weights), "lesson")
            raise TotalError(f"CourseTotal.drop_lowest is {self.drop_lowest}, but there is weight in {there} only.")
        return Rules(weights, self.drop_lowest, frozenset(self.closed))
