"""Gives each notebook of the downloads to a student, and each student the newest one: or says why not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from attention_course.instructor.formatting import printable
from attention_course.instructor.handed_in.unpack import Found
from attention_course.instructor.lms.collect.candidate import Candidate, candidate, newest
from attention_course.instructor.lms.collect.collect_report import CollectReport
from attention_course.instructor.lms.collect.file_names import Sender, is_of_blackboard, sender
from attention_course.instructor.lms.collect.ledger import Age
from attention_course.instructor.lms.collect.owners import Roster, UnknownOwner
from attention_course.instructor.lms.roster.student_id import can_name_folder


@dataclass
class HandedIn:
    """Everything the downloads hold of one student."""

    notebooks: list[Candidate] = field(default_factory=list)
    broken: list[Candidate] = field(default_factory=list)  # notebooks that cannot be read
    unread: list[tuple[Age, str]] = field(default_factory=list)  # these, and what was not even unpacked
    others: list[str] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)

    def may_be_newer_than(self, best: Candidate) -> str:
        """Name what could not be read, unless number or time tell that it is older."""
        age = replace(best.age, attempt="")
        return ", ".join(name for other, name in self.unread if not age.is_newer_than(other))


def newest_by_student(
    files: Sequence[Found], lesson: str, roster: Roster | None, report: CollectReport
) -> dict[str, Candidate]:
    """Return the submission of each student by id; the report gets a sentence for all that is left."""
    chosen: dict[str, Candidate] = {}
    for student, handed_in in sorted(_by_student(files, lesson, roster, report).items()):
        if len(handed_in.senders) > 1:
            senders = " and ".join(sorted(map(_shown, handed_in.senders)))
            report.problems.append(f"{student}: {senders} are two people with that name; give their ids in the roster.")
        elif best := _newest(student, handed_in, lesson, report):
            chosen[student] = best
            if best.is_late:
                report.late.append(student)
    return chosen


def _newest(student: str, handed_in: HandedIn, lesson: str, report: CollectReport) -> Candidate | None:
    """Return the newest notebook of those that can be read, or else of the others; tell the report what that leaves."""
    notebooks = handed_in.notebooks or [each for each in handed_in.broken if each.is_named]
    best = newest(notebooks) if notebooks else None
    origins = ", ".join(sorted(each.origin for each in notebooks))
    if not notebooks and handed_in.unread:
        unread = ", ".join(name for _, name in handed_in.unread)
        report.problems.append(f"{student}: nothing is collected, for this cannot be read: {unread}.")
    elif not notebooks:
        others = ", ".join(handed_in.others)
        report.problems.append(f"{student}: no {lesson}.ipynb is in what was handed in ({others}).")
    elif best is None:
        report.problems.append(f"{student}: nothing tells which of {origins} is the newest.")
    else:
        if any(each.digest != best.digest for each in notebooks):
            report.notes.append(f"{student}: of {origins} the newest is taken, {best.origin}.")
        if best.trouble:
            report.notes.append(f"{student}: {best.origin} is taken, but cannot be graded: {best.trouble}")
        elif unread := handed_in.may_be_newer_than(best):
            report.problems.append(
                f"{student}: {best.origin} is taken, but this cannot be read and may be newer: {unread}."
            )
    return best


def _by_student(
    files: Sequence[Found], lesson: str, roster: Roster | None, report: CollectReport
) -> dict[str, HandedIn]:
    students: dict[str, HandedIn] = defaultdict(HandedIn)
    unknown: dict[str, str] = {}  # by sender (by file where there is none), so that each is listed once
    for file, who in _with_senders(files):
        notebook = candidate(file, file.path, who, lesson) if file.path else None
        if who is None and notebook is None and file.path is None:
            continue  # a file of the instructor's own among the downloads
        try:
            handed_in = students[_owner(file, who, roster)]
        except UnknownOwner as reason:
            unknown.setdefault(f"{who.key} {who.name}" if who else file.name, f"{file.name}: {reason}.")
            continue
        if who:
            handed_in.senders.add(who.key)
        _add(file, who, notebook, handed_in)
    report.problems += unknown.values()
    return students


def _with_senders(files: Sequence[Found]) -> Iterator[tuple[Found, Sender | None]]:
    """Yield each file with who handed it in; a time that stands in its name counts before its own."""
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)  # as the system gave them, by folder or archive
    for file in files:
        names[_folder(file)].update(file.parts[: file.given][-1:])
    of_blackboard = {folder for folder, given in names.items() if is_of_blackboard(given)}
    for file in files:
        who = sender(file.parts[: file.given], _folder(file) in of_blackboard)
        yield (replace(file, time=who.time, told=True) if who and who.time else file), who


def _folder(file: Found) -> tuple[str, ...]:
    return file.parts[: file.given][:-1]


def _add(file: Found, who: Sender | None, notebook: Candidate | None, handed_in: HandedIn) -> None:
    if notebook and not notebook.trouble:
        handed_in.notebooks.append(notebook)
    elif notebook and not notebook.is_checkpoint:
        handed_in.broken.append(notebook)
        handed_in.unread.append((notebook.age, notebook.origin))
    elif file.is_refused:
        handed_in.unread.append((Age(who.order if who else 0, file.time, ""), file.name))
    else:
        handed_in.others.append(file.name)


def _owner(file: Found, who: Sender | None, roster: Roster | None) -> str:
    if who and roster:
        return roster.owner(who)
    if who and not can_name_folder(who.number):
        raise UnknownOwner(
            f"“{printable([who.number])}” cannot name a folder; a roster (--roster) may tell whose it is"
        )
    if who:
        return who.number
    if roster is None:
        raise UnknownOwner("its name does not tell whose it is; a roster (--roster) may")
    # Inside an archive nobody vouches for a folder's name, so the archive's own name is the last that counts.
    until = next((i for i, part in enumerate(file.parts) if part.casefold().endswith(".zip")), len(file.parts))
    return roster.owner_of_folder(file.parts[: until + 1])


def _shown(key: str) -> str:
    return printable([key])
