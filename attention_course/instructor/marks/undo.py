"""Undo: the last time that marks were given to many at once, taken back; what was changed since then stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attention_course.instructor.marks.journal import Action, Journal
from attention_course.instructor.marks.marks import Change, said
from attention_course.instructor.marks.write import still_there, take_back
from attention_course.instructor.report.read_course import open_course


@dataclass
class Undo:
    """The last action of a lesson, or on one question, to be taken back."""

    lesson: str
    action: Action
    undoing: Sequence[Change]
    changed: Sequence[Change]

    @classmethod
    def planned(cls, lesson: str, question: str) -> "Undo":
        """Return what would be taken back; raise MarksError where there is nothing."""
        coursedir = open_course(lesson)
        action = Journal(Path(coursedir.root)).last(lesson, question)
        return cls(lesson, action, *still_there(coursedir.db_url, action))

    def lines(self) -> Iterator[str]:
        """Yield what would be taken back, and what not."""
        about = f" ({self.action.question})" if self.action.question else ""
        yield f"Takes back: {self.action.did}{about}, of {self.action.at}"
        for change in self.undoing:
            back = (
                said(change.what, change.after) + " again" if change.after is not None else f"no {change.what} by hand"
            )
            yield f"  {change.student}, {change.question}: {back}"
        for change in self.changed:
            yield f"  {change.student}, {change.question}: the {change.what} stays: somebody has changed it since then"

    def do(self) -> None:
        """Take it back."""
        coursedir = open_course(self.lesson)
        take_back(coursedir, self.action, self.undoing, Journal(Path(coursedir.root)))
