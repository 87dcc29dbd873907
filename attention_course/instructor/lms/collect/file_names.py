"""How Moodle, Canvas and Blackboard name what they let an instructor download.

Moodle (mod/assign/classes/downloader.php): "Ada Lovelace_1234567_assignsubmission_file_/practice.ipynb", or flat,
"Ada Lovelace_1234567_assignsubmission_file_practice.ipynb". The number is the participant's in this assignment.
Canvas (lib/content_zipper.rb): "lovelaceada_LATE_12345_67890_practice-1.ipynb": name, user, file; a later file has
a higher number. Where students are anonymous the name is missing: "anon_k3fe1_67890_practice.ipynb".
Blackboard: "Practice 1_ada_attempt_2026-03-01-10-00-00_practice.ipynb": title, user, when the attempt
was handed in, file. An assignment and a user may both have "_" in their names, so a list of students is needed
to tell where one ends; and one named "Practice_1", of a user whose name is a number, looks like a file of Canvas's.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

# A Moodle name has no underscore, so whatever a student calls a file cannot pass for the beginning of another's.
MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL)
CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<order>\d+)_(?P<file>.+)", re.DOTALL)
ANONYMOUS = re.compile(r"(?P<late>LATE_)?(?P<number>anon_\w{5})_(?P<order>\d+)_(?P<file>.+)", re.DOTALL)
BLACKBOARD = re.compile(r"(?P<whose>.+?)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL)
DROPPED = re.compile(r"""[&<>"`|':\\/]""")  # Moodle leaves these out of file names


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, and what else its name tells."""

    system: str
    name: str  # the person's; of Blackboard's all that stands before the attempt: title and user name
    number: str  # the person's; of Blackboard's the user name, as far as it can be told
    order: int = 0  # Canvas's number of the file; 0 where there is none
    file: str = ""  # what the student called it, where the same name tells that too
    time: float = 0  # when it was handed in, in seconds since 1970; 0 where the name does not tell
    is_late: bool = False  # does Canvas say so?

    @property
    def key(self) -> str:
        """What tells the person from all others that the same system names."""
        return f"{self.system} {self.name if self.system == 'Blackboard' else self.number}"


def sender(parts: Sequence[str], of_blackboard: bool = False) -> Sender | None:
    """Return who handed in a file, given the names of its folders and archives from the outside in.

    The outermost name that tells counts: it is the learning management system's, and those inside it are the student's.
    A name that may be Canvas's and Blackboard's is Canvas's unless the download is known to be `of_blackboard`.
    """
    for part in parts:
        if found := MOODLE.fullmatch(part):
            return Sender("Moodle", found["name"], found["number"], file=found["file"] or "")
        if of_blackboard and (found := BLACKBOARD.fullmatch(part)):
            return _of_blackboard(found)
        if found := CANVAS.fullmatch(part):
            order, is_late = int(found["order"]), bool(found["late"])
            return Sender("Canvas", found["name"], found["number"], order, found["file"], is_late=is_late)
        if found := ANONYMOUS.fullmatch(part):
            order, is_late = int(found["order"]), bool(found["late"])
            return Sender("Canvas", "", found["number"], order, found["file"], is_late=is_late)
        if found := BLACKBOARD.fullmatch(part):
            return _of_blackboard(found)
    return None


def is_of_blackboard(names: Iterable[str]) -> bool:
    """Are the files of one download Blackboard's: all that look like Canvas's, too?

    Of one name alone it could not be told, and a student of Canvas's could call a file as Blackboard does.
    """
    return all(BLACKBOARD.fullmatch(name) for name in names if CANVAS.fullmatch(name) or ANONYMOUS.fullmatch(name))


def _of_blackboard(found: re.Match[str]) -> Sender:
    whose = found["whose"]
    try:
        time = datetime.strptime(found["at"], "%Y-%m-%d-%H-%M-%S").timestamp()  # in the system's zone, taken as ours
    except (ValueError, OverflowError, OSError):
        time = 0.0
    return Sender("Blackboard", whose, whose.rpartition("_")[2], file=found["file"] or "", time=time)


def spelled(name: str) -> str:
    """Return a person's name as Moodle spells it in file names, without what differs between two ways of typing it."""
    name = DROPPED.sub("", unicodedata.normalize("NFC", name)).replace("_", " ")
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def squeezed(name: str) -> str:
    """Return a person's name as Canvas spells it in file names: letters and digits only."""
    return "".join(c for c in spelled(name) if unicodedata.category(c)[0] in "LMN")
