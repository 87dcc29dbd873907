"""What a term leaves in a course's folder and in the exchange: student data, none of it in git."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import Exchange

from attention_course.instructor.gradebook import file_of

FOLDERS = ("reports", "releases", "downloaded")  # beside nbgrader's own
FILES = (
    "grades.csv",
    "roster.csv",
    "students.csv",
    "canvas*.csv",
    "moodle*.csv",
    "extensions.csv",
    ".extra-attempts.key",
    "marks.jsonl",
)
KEPT = "README.md"  # in autograded/, and part of the course


@dataclass(frozen=True)
class Leftover:
    """A folder or a file, and its place in the archive."""

    path: Path
    place: str

    def in_words(self, root: Path) -> str:
        """Return one line of what is to be moved."""
        shown = str(self.path.relative_to(root) if self.path.is_relative_to(root) else self.path)
        if not self.path.is_dir():
            return shown
        inside = sum(not path.name.startswith(".") and path.name != KEPT for path in self.path.iterdir())
        return f"{shown}/ ({inside} {'entry' if inside == 1 else 'entries'})"


def leftovers(coursedir: Any) -> list[Leftover]:
    """Return what there is in the course's folder, but for the gradebook."""
    root = Path(coursedir.root)
    own = (coursedir.submitted_directory, coursedir.autograded_directory, coursedir.feedback_directory)
    folders = [Leftover(root / name, name) for name in (*own, *FOLDERS) if is_filled(root / name)]
    files = [Leftover(path, path.name) for pattern in FILES for path in sorted(root.glob(pattern))]
    return [*folders, *files]


def is_filled(folder: Path) -> bool:
    """Does a folder hold anything but what belongs to the course?"""
    return folder.is_dir() and any(path.name != KEPT for path in folder.iterdir())


def gradebook_files(coursedir: Any) -> list[Leftover]:
    """Return the gradebook and what lies beside it, as copies that were made of it; [] where it is no file."""
    file = file_of(coursedir.db_url)
    found = sorted(file.parent.glob(f"{file.name}*")) if file else []
    return [Leftover(path, f"gradebook.db{path.name.removeprefix(file.name)}") for path in found if file]


def exchanged(app: Any) -> list[Leftover]:
    """Return what students handed in through nbgrader's exchange, and the feedback that lies there for them."""
    course = Path(Exchange(coursedir=app.coursedir, parent=app).root, app.coursedir.course_id)
    if not app.coursedir.course_id:
        return []
    folders = [course / name for name in ("inbound", "feedback") if (course / name).is_dir()]
    return [
        Leftover(path, f"exchange/{folder.name}/{path.name}") for folder in folders for path in sorted(folder.iterdir())
    ]
