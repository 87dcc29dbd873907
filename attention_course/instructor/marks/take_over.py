"""Takes over what somebody else gave by hand, in another copy of the course's gradebook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from attention_course.errors import MarksError
from attention_course.instructor.formatting import counted
from attention_course.instructor.gradebook import assignments, connected, without_password
from attention_course.instructor.marks.journal import Journal
from attention_course.instructor.marks.marks import Change, Mark, Place, read_marks, said, students_of
from attention_course.instructor.marks.merge import merged
from attention_course.instructor.marks.write import give


@dataclass
class TakeOver:
    """What a merge would change, and what does not fit; then done."""

    coursedir: Any
    other: str  # the other gradebook, as it may be shown
    changes: Sequence[Change]
    conflicts: Sequence[str]

    @classmethod
    def planned(cls, other: str, coursedir: Any) -> "TakeOver":
        """Return what would be taken over; raise MarksError where there is nothing at all to say."""
        url, lesson = address(other), coursedir.assignment_id
        if _same(url, coursedir.db_url):
            raise MarksError(f"{other} is this course's own gradebook: name the other one.")
        changes, conflicts = merged(_marks(coursedir.db_url, lesson), _marks(url, lesson))
        shown = without_password(url)
        if not changes and not conflicts:
            raise MarksError(f"Nothing was given by hand in {shown} that is not here, too.")
        return cls(coursedir, shown, changes, conflicts)

    def lines(self) -> Iterator[str]:
        """Yield what would be taken over, then what does not fit."""
        if self.changes:
            students = counted(len(students_of(self.changes)), "student")
            yield f"Takes over from {self.other}: {counted(len(self.changes), 'mark')} of {students}"
        yield from (f"  {one.student}, {one.question}: {said(one.what, one.after)}" for one in self.changes)
        if self.conflicts:
            yield "Left as it is here:"
            yield from (f"  {sentence}" for sentence in self.conflicts)

    def do(self) -> None:
        """Take it over; raise MarksError, with nothing written, where the gradebook has changed meanwhile."""
        journal = Journal(Path(self.coursedir.root))
        give(self.coursedir, "", f"{counted(len(self.changes), 'mark')} of {self.other}", self.changes, journal)


def address(gradebook: str) -> str:
    """Return the address of a gradebook that is named by its file, or by its address."""
    if "://" not in gradebook:
        return f"sqlite:///{Path(gradebook).absolute()}"
    try:
        make_url(gradebook)
    except ArgumentError as error:
        raise MarksError("This is no address of a gradebook: write its file, or postgresql+psycopg://…") from error
    return gradebook


def _same(one: str, other: str) -> bool:
    files = [Path(url.removeprefix("sqlite:///")) for url in (one, other) if url.startswith("sqlite:///")]
    if len(files) < 2:
        return one == other
    return all(file.exists() for file in files) and files[0].samefile(files[1])


def _marks(db_url: str, lesson: str) -> dict[Place, Mark]:
    with connected(db_url) as session:
        if lesson not in (known := assignments(session)):
            raise MarksError(
                f"The gradebook {without_password(db_url)} knows no {lesson}; it knows {', '.join(known)}."
            )
        return read_marks(session, lesson)
