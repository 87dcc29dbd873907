"""Gives each notebook of the downloads to a student, and each student the newest one: or says why not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from attention_course.instructor.formatting import printable
from attention_course.instructor.lms.collect.candidate import Candidate, candidate, newest
from attention_course.instructor.lms.collect.collect_report import CollectReport
from attention_course.instructor.lms.collect.file_names import Sender, sender
from attention_course.instructor.lms.collect.owners import Roster, UnknownOwner
from attention_course.instructor.lms.collect.unpack import Found


@dataclass
class HandedIn:
    """Everything the downloads hold of one student."""

    notebooks: list[Candidate] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)


def newest_by_student(
    files: Iterable[Found], lesson: str, roster: Roster | None, report: CollectReport
) -> dict[str, Candidate]:
    """Return the submission of each student by id; the report gets a sentence for all that is left."""
    chosen: dict[str, Candidate] = {}
    for student, handed_in in sorted(_by_student(files, lesson, roster, report).items()):
        best = newest(handed_in.notebooks) if handed_in.notebooks else None
        origins = sorted(each.origin for each in handed_in.notebooks)
        if len(handed_in.senders) > 1:
            senders = " and ".join(sorted(handed_in.senders))
            report.problems.append(f"{student}: {senders} are two people with that name; give their ids in the roster.")
        elif not handed_in.notebooks:
            others = ", ".join(handed_in.others)
            report.problems.append(f"{student}: no {lesson}.ipynb is in what was handed in ({others}).")
        elif best is None:
            report.problems.append(f"{student}: nothing tells which of {', '.join(origins)} is the newest.")
        else:
            chosen[student] = best
            if any(each.digest != best.digest for each in handed_in.notebooks):
                report.notes.append(f"{student}: of {', '.join(origins)} the newest is taken, {best.origin}.")
    return chosen


def _by_student(
    files: Iterable[Found], lesson: str, roster: Roster | None, report: CollectReport
) -> dict[str, HandedIn]:
    students: dict[str, HandedIn] = defaultdict(HandedIn)
    unknown: dict[str, str] = {}  # by sender (by file where there is none), so that each is listed once
    for file in files:
        who = sender(file.parts[: file.given])
        notebook = candidate(file, file.path, who, lesson) if file.path else None
        if who is None and notebook is None and file.path is None:
            continue  # a file of the instructor's own among the downloads
        try:
            handed_in = students[_owner(file, who, roster)]
        except UnknownOwner as reason:
            key = f"{who.system} {who.number} {who.name}" if who else printable(file.parts)
            unknown.setdefault(key, f"{printable(file.parts)}: {reason}.")
            continue
        if who:
            handed_in.senders.add(f"{who.system} {who.number}")
        if notebook:
            handed_in.notebooks.append(notebook)
        else:
            handed_in.others.append(printable(file.parts))
    report.problems += unknown.values()
    return students


def _owner(file: Found, who: Sender | None, roster: Roster | None) -> str:
    if who:
        return roster.owner(who) if roster else who.number
    if roster is None:
        raise UnknownOwner("its name does not tell whose it is; a roster (--roster) may")
    # Inside an archive nobody vouches for a folder's name, so the archive's own name is the last that counts.
    until = next((i for i, part in enumerate(file.parts) if part.casefold().endswith(".zip")), len(file.parts))
    return roster.owner_of_folder(file.parts[: until + 1])
