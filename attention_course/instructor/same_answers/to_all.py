"""One comment or score for all who gave an answer: first said, then written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attention_course.errors import MarksError
from attention_course.instructor.formatting import counted
from attention_course.instructor.marks.journal import Journal
from attention_course.instructor.marks.marks import Change, said, students_of
from attention_course.instructor.marks.plan import Plan, plan
from attention_course.instructor.marks.write import give
from attention_course.instructor.same_answers.groups import Group, found
from attention_course.instructor.same_answers.look import Course
from attention_course.instructor.same_answers.write_answers import line_of

Asked = tuple[str, str | None, float | None, bool]  # an answer's id, a comment, a score, and whether to replace


@dataclass
class ToAll:
    """One comment or score for all who gave an answer: first what it would do, then done."""

    course: Course
    name: str
    group: Group
    plan: Plan
    asked: Asked

    @classmethod
    def planned(
        cls, lesson: str, name: str, to: str, comment: str | None, score: float | None, replace: bool
    ) -> "ToAll":
        """Return it, planned; raise MarksError where it cannot be done, or there is nothing to do."""
        if comment is None and score is None:
            raise MarksError("Say what they get: --comment, --score, or both.")
        course = Course.read(lesson)
        name = course.question(name).name
        made = cls._planned(course, name, (to, comment, score, replace))
        if not made.plan.changes:
            by_hand = "what stands there was written by hand; --replace writes over it"
            why = by_hand if made.plan.kept else "they have it already"
            raise MarksError(f"Nothing to write for {counted(len(made.group.members), 'student')}: {why}.")
        return made

    @classmethod
    def _planned(cls, course: Course, name: str, asked: Asked) -> "ToAll":
        to, comment, score, replace = asked
        group = found(course.answers_to(course.question(name)).groups, to)
        places = [(given.student, name) for given in group.members if (given.student, name) in course.marks]
        marks = [(place, course.marks[place]) for place in places]
        if not marks:
            raise MarksError(f"The gradebook has no place for marks in {name} until the class is graded again.")
        return cls(course, name, group, plan(marks, comment, score, replace), asked)

    def lines(self) -> Iterator[str]:
        """Yield what it would do."""
        yield f"{self.group.id}: {line_of(self.group)} ({counted(len(self.group.members), 'student')})"
        yield from _by_value(self.plan.changes, self._names)
        if without := [one.name for one in self.group.members if (one.student, self.name) not in self.course.marks]:
            yield f"Left out, since the gradebook has no place for it until they are graded again: {', '.join(without)}"
        if self.plan.kept:
            yield "Kept, since somebody wrote it (--replace writes over it):"
            yield from (f"  {self._names[one.student]}: {said(one.what, one.before)}" for one in self.plan.kept)

    def do(self) -> None:
        """Write it; raise MarksError, with nothing written, where the answers have changed since it was planned."""
        now = self._planned(self.course.again(), self.name, self.asked)
        if now.plan != self.plan:
            raise MarksError("Meanwhile answers or grades have changed: look again. Nothing was written.")
        what = " and ".join(dict.fromkeys(change.what for change in self.plan.changes))
        did = f"{what} for {counted(len(students_of(self.plan.changes)), 'student')} who answered {self.group.id}"
        coursedir = self.course.coursedir
        give(coursedir, self.name, did, self.plan.changes, Journal(Path(coursedir.root)))

    @property
    def _names(self) -> dict[str, str]:
        return {given.student: given.name for given in self.group.members}


def _by_value(changes: Iterable[Change], names: dict[str, str]) -> Iterator[str]:
    """Yield what is written, and for whom: once for all who get the same."""
    same: dict[str, list[str]] = {}
    for change in changes:
        same.setdefault(said(change.what, change.after), []).append(names[change.student])
    for what, whom in same.items():
        yield f"{what[0].upper()}{what[1:]} for {len(whom)}: {', '.join(whom)}"
