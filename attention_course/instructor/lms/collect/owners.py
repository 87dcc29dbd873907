"""Whose is a file that the learning management system has named? The list of students tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from attention_course.errors import CollectError
from attention_course.instructor.formatting import printable
from attention_course.instructor.lms.collect.file_names import Sender, spelled, squeezed
from attention_course.instructor.lms.roster.read_roster import read_roster
from attention_course.instructor.lms.roster.student_id import can_name_folder


class UnknownOwner(CollectError):
    """A file cannot be given to one student; the message is the reason."""


@dataclass(frozen=True)
class Identity:
    """All that a student on the roster is known by; what the roster does not tell is empty."""

    id: str
    spelled: frozenset[str] = frozenset()  # the name as Moodle writes it, in each order
    squeezed: frozenset[str] = frozenset()  # the name as Canvas writes it
    email: str = ""
    canvas: str = ""
    moodle: str = ""


@dataclass(frozen=True)
class Roster:
    """The students of a course, and the rows that could not be used, one sentence each."""

    students: Sequence[Identity]
    problems: list[str] = field(default_factory=list)
    remark: str = ""  # on columns that are not understood

    @classmethod
    def read(cls, path: Path) -> "Roster":
        """Read a roster from a CSV file; raise CollectError with one sentence where it is none."""
        students: list[Identity] = []
        problems: list[str] = []
        table = read_roster(path)
        for row in table.rows:
            student = _identity(row.cells)
            if not can_name_folder(student.id):
                problems.append(
                    f"The roster's id “{printable([student.id])}” cannot name a folder; its student is left out."
                )
            elif any(student.id.casefold() == other.id.casefold() for other in students):
                raise CollectError(f"The roster {path} holds the id “{student.id}” twice.")
            else:
                students.append(student)
        return cls(students, problems, table.remark)

    def owner(self, sender: Sender) -> str:
        """Return the id of the student who handed something in; raise UnknownOwner where that is not exactly one."""
        if sender.system == "Canvas":
            found = [s for s in self.students if s.canvas == sender.number or s.id == sender.number]
            # A name proves nothing where the roster gives the student another number.
            found = found or [s for s in self.students if not s.canvas and squeezed(sender.name) in s.squeezed]
        elif sender.system == "Blackboard":  # only where the user name ends is told
            found = [s for s in self.students if _ends_in(sender.name, s.id) or _ends_in(sender.name, s.email)]
        else:  # Moodle's number is the participant's, not the user's: only a column that says so is compared with it
            found = [s for s in self.students if s.moodle == sender.number]
            found = found or [s for s in self.students if spelled(sender.name) in s.spelled]
        who = f"{sender.name or 'an anonymous student'} ({sender.system} {sender.number})"
        return _one(found, who)

    def owner_of_folder(self, parts: Sequence[str]) -> str:
        """Return the student whose id, e-mail address or name a folder or file carries; raise UnknownOwner for none."""
        for part in parts:
            for name in (part, part.rsplit(".", 1)[0]):
                if found := [s for s in self.students if name in (s.id, s.email) or spelled(name) in s.spelled]:
                    return _one(found, name)
        raise UnknownOwner("neither its name nor its folders tell whose it is")


def _ends_in(whose: str, name: str) -> bool:
    return bool(name) and f"_{whose}".casefold().endswith(f"_{name}".casefold())


def _one(found: Sequence[Identity], who: str) -> str:
    if not found:
        raise UnknownOwner(f"{printable([who])} is not on the roster")
    if len(found) > 1:
        raise UnknownOwner(f"{printable([who])} may be each of {', '.join(s.id for s in found)} on the roster")
    return found[0].id


def _identity(cells: dict[str, str]) -> Identity:
    first, last, full = cells["first"], cells["last"], cells["full"]
    names = {full, f"{first} {last}", f"{last} {first}", f"{last}, {first}"} if first or last else {full}
    if full.count(",") == 1:
        names.add(" ".join(reversed(full.split(","))))
    moodle = cells["moodle"].removeprefix("Participant").strip()
    known = [name for name in names if squeezed(name)]
    return Identity(
        id=cells["id"],
        spelled=frozenset(map(spelled, known)),
        squeezed=frozenset(map(squeezed, known)),
        email=cells["email"],
        canvas=cells["canvas"],
        moodle=moodle,
    )
