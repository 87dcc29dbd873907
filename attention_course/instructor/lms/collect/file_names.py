"""How Moodle and Canvas name what they let an instructor download, and how copies of a file are named.

Moodle (mod/assign/classes/downloader.php): "Ada Lovelace_1234567_assignsubmission_file_/practice.ipynb", or flat,
"Ada Lovelace_1234567_assignsubmission_file_practice.ipynb". The number is the participant's in this assignment.
Canvas (lib/content_zipper.rb): "lovelaceada_LATE_12345_67890_practice-1.ipynb": name, user, file; a later file has
a higher number. Where students are anonymous the name is missing: "anon_k3fe1_67890_practice.ipynb".
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NOTEBOOK = re.compile(r"\.ipynb(\.json|\.txt)?$", re.IGNORECASE)  # some browsers add the second ending
# A Moodle name has no underscore, so whatever a student calls a file cannot pass for the beginning of another's.
MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL)
CANVAS = re.compile(r"(?P<name>.+?)(?:_LATE)?_(?P<number>\d+)_(?P<order>\d+)_(?P<file>.+)", re.DOTALL)
ANONYMOUS = re.compile(r"(?:LATE_)?(?P<number>anon_\w{5})_(?P<order>\d+)_(?P<file>.+)", re.DOTALL)
MARKS = re.compile(r"^(?:copy of )*|(?:[ _-]*(?:\(\d+\)|copy(?: ?\d+)?|checkpoint|-\d+))*$")
DROPPED = re.compile(r"""[&<>"`|':\\/]""")  # Moodle leaves these out of file names


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, as its name tells: the system, the person's name and number, and the file's number."""

    system: str
    name: str
    number: str
    order: int = 0  # Canvas's number of the file; 0 where there is none
    file: str = ""  # what the student called it, where the same name tells that too


def sender(parts: Sequence[str]) -> Sender | None:
    """Return who handed in a file, given the names of its folders and archives from the outside in.

    The outermost name that tells counts: it is the learning management system's, and those inside it are the student's.
    """
    for part in parts:
        if found := MOODLE.fullmatch(part):
            return Sender("Moodle", found["name"], found["number"], file=found["file"] or "")
        if found := CANVAS.fullmatch(part):
            return Sender("Canvas", found["name"], found["number"], int(found["order"]), found["file"])
        if found := ANONYMOUS.fullmatch(part):
            return Sender("Canvas", "", found["number"], int(found["order"]), found["file"])
    return None


def is_notebook(name: str) -> bool:
    """Is this the name of a notebook?"""
    return NOTEBOOK.search(name) is not None


def is_named(name: str, notebook: str) -> bool:
    """Is this a notebook's name or a copy's, such as "practice (1).ipynb" or "Copy of practice.ipynb"?"""
    return len(name) < 256 and MARKS.sub("", NOTEBOOK.sub("", name).casefold()) == notebook.casefold()


def spelled(name: str) -> str:
    """Return a person's name as Moodle spells it in file names, without what differs between two ways of typing it."""
    name = DROPPED.sub("", unicodedata.normalize("NFC", name)).replace("_", " ")
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def squeezed(name: str) -> str:
    """Return a person's name as Canvas spells it in file names: letters and digits only."""
    return "".join(c for c in spelled(name) if unicodedata.category(c)[0] in "LMN")
