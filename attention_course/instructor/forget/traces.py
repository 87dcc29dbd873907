"""All that a course has of a student, found before anything of it is removed."""

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import func, select

from attention_course.errors import ForgetError
from attention_course.instructor.forget.person import Person
from attention_course.instructor.forget.tables import lines_about
from attention_course.instructor.formatting import counted
from attention_course.instructor.gradebook import connected
from attention_course.instructor.lms.roster.student_id import can_name_folder
from attention_course.instructor.marks.journal import Journal
from attention_course.instructor.this_course import this_course


@dataclass
class Traces:
    """What is to be removed, and what cannot be reached from here."""

    person: Person
    root: Path
    db_url: str
    folders: list[Path] = field(default_factory=list)
    tables: dict[Path, int] = field(default_factory=dict)  # CSV file -> rows about the student
    pages: list[Path] = field(default_factory=list)  # reports that show the student
    ledgers: list[Path] = field(default_factory=list)  # of what was collected
    journal: Journal | None = None  # of marks given to many at once, where it names the student
    unreached: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Is there nothing?"""
        return not (
            self.folders or self.tables or self.pages or self.ledgers or self.journal or self.person.in_gradebook
        )

    def lines(self) -> list[str]:
        """Say what is to be removed, and what stays."""
        inside = [f"the folder {self._place(path)}/ with all in it" for path in self.folders]
        inside += [f"{counted(count, 'line')} of {self._place(path)}" for path, count in self.tables.items()]
        inside += [f"{self._place(path)} as a whole: make it anew afterwards" for path in self.pages]
        inside += [f"an entry of {self._place(path)}" for path in self.ledgers]
        if self.journal:
            inside.append(f"what {self._place(self.journal.path)} has of the student")
        if self.person.in_gradebook:
            name = f" ({self.person.name})" if self.person.name else ""
            submissions = counted(self.person.submissions, "submission")
            inside.append(f"the student{name}, with {submissions} and all scores and comments, of the gradebook")
        return [
            f"What there is of {self.person.id}, and is removed:",
            *(f"  {line}" for line in inside),
            "What cannot be reached from here, and stays:",
            *(f"  {line}" for line in self.unreached),
        ]

    def _place(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def find_traces(student: str) -> Traces:
    """Return what the course of the working directory has of a student; raise ForgetError where that is nothing."""
    if not can_name_folder(student):
        raise ForgetError(f"“{student}” can be no student's id. Nothing was removed.")
    app: Any = this_course()
    coursedir = app.coursedir
    with connected(coursedir.db_url) as session:
        assignments, person = [*session.scalars(select(Assignment.name))], _person(session, student)
    root = Path(coursedir.root)
    traces = Traces(person, root, coursedir.db_url)
    steps = coursedir.submitted_directory, coursedir.autograded_directory, coursedir.feedback_directory
    places = {
        Path(coursedir.format_path(step, student, name))
        for step in (*steps, ".grading/prepared")
        for name in (".", *assignments)
    }
    traces.folders = [path for path in sorted(places) if path.is_symlink() or path.is_dir()]
    traces.folders = [path for path in traces.folders if not any(each in path.parents for each in traces.folders)]
    csv_files = sorted({*root.glob("*.csv"), *root.glob("reports/**/*.csv")})
    traces.tables = {path: count for path in csv_files if (count := lines_about(path, person))}
    pages = sorted(root.glob("reports/**/*.html"))
    traces.pages = [path for path in pages if person.shown_in(path.read_text(encoding="utf-8", errors="replace"))]
    traces.ledgers = [path for path in sorted(root.glob("downloaded/*/collected.json")) if student in _entries(path)]
    journal = Journal(root)
    traces.journal = journal if journal.names(student) else None
    if traces.is_empty:
        raise ForgetError(f"There is nothing of {student}: no folder, no line, and no student in the gradebook.")
    traces.unreached = _unreached(app, root, person)
    return traces


def _person(session: Any, student: str) -> Person:
    known = session.get(Student, student)
    if known is None:
        return Person(student)
    count = select(func.count()).where(SubmittedAssignment.student_id == student)
    name = " ".join(filter(None, (known.first_name, known.last_name)))
    return Person(student, name, known.email or "", known.lms_user_id or "", True, session.scalar(count))


def _entries(path: Path) -> dict[str, Any]:
    """Return a ledger's entries; a damaged one has none, and the search afterwards finds what stands in it."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _unreached(app: Any, root: Path, person: Person) -> list[str]:
    exchange = app.config.get("Exchange", {}).get("root", "")
    said = [f"nbgrader's exchange{f', {exchange}' if exchange else ''}: what was handed in and released there"]
    for path in sorted(root.glob("downloaded/**/*.zip")):
        if any(person.named_in(name) for name in _names_in(path)):
            said.append(f"{path.relative_to(root).as_posix()}, an archive that names the student: remove it by hand")
    return [
        *said,
        "Canvas, Moodle, a JupyterHub, and what was downloaded from them to elsewhere",
        "backups, copies of the gradebook, and what git has kept in its history",
        "what other students' notebooks say of this one",
    ]


def _names_in(archive: Path) -> list[str]:
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.namelist()
    except (OSError, zipfile.BadZipFile):
        return []
