"""Questions added, removed or renamed once somebody is graded: what nbgrader's gradebook can take, and how.

nbgrader refuses every change of the cells then, since grades hang on them. A cell's name may well change, and a cell
that is worth nothing may well come in: both leave every grade as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import Comment, Grade, Gradebook, MissingEntry

from attention_course.errors import CourseError
from attention_course.exercises.find_answer import CODE
from attention_course.instructor.changes.compare import Version
from attention_course.instructor.formatting import counted

ROLES = ("grade", "solution", "locked", "task")


class ReleaseRefused(CourseError):
    """A release, or a regrade, that would cost somebody what nobody has taken; nothing was written."""


@dataclass(frozen=True)
class Cells:
    """The cells of a lesson that nbgrader has to know: their metadata, by name, and of which type they are."""

    metadata: Mapping[str, Mapping[str, Any]]
    types: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> "Cells":
        """Return those of a notebook that is about to be released."""
        cells = [(cell["metadata"].get("nbgrader", {}), cell["cell_type"]) for cell in notebook["cells"]]
        known = [(about, kind) for about, kind in cells if any(about.get(role) for role in ROLES)]
        return cls({about["grade_id"]: about for about, _ in known}, {about["grade_id"]: kind for about, kind in known})


def demand_aliases(new: Version, old: Version) -> None:
    """Raise ReleaseRefused where an alias names a question that there is, or one name is that of two."""
    taken: dict[str, str] = {}
    for name, asked in new.items():
        alias = asked.question.formerly if asked.question else ""
        if alias in new:
            raise ReleaseRefused(
                f"{name}: formerly= names {alias!r}, which the lesson asks still; name one that is gone."
            )
        if alias in taken:
            raise ReleaseRefused(f"{name}: formerly= names {alias!r}, as {taken[alias]} does: one of them was it.")
        if alias and name in old and alias in old:
            raise ReleaseRefused(f"{name}: formerly= names {alias!r}, but students hold both: give it a new name.")
        if alias:
            taken[alias] = name


def demand_possible(known: set[str], graded: int, cells: Cells, aliases: Mapping[str, str]) -> None:
    """Raise ReleaseRefused where the gradebook cannot take the change of cells, with what can be done in its place."""
    before = {_renamed(name, aliases) for name in known}
    if not graded or not known:
        return
    there = f"{counted(graded, 'submission')} {'is' if graded == 1 else 'are'} graded"
    for name in sorted(before - cells.metadata.keys()):
        raise ReleaseRefused(
            f"{name}: it is gone from source/, and {there}, whose points for it would be lost. Put it back; where "
            f'nobody is to get points for it, with settled={{"nothing": "why"}}; where it has another name, say '
            f"formerly={name!r} there."
        )
    for name in sorted(cells.metadata.keys() - before):
        points = cells.metadata[name].get("points", 0)
        if points:
            raise ReleaseRefused(
                f"{name}: it is new, and {there}: its points would count against those who never saw it. Say "
                f'formerly="…" where it had another name; else give it settled={{"nothing": "why"}}, so that it is '
                "asked and gives nothing, or ask it in a lesson of its own."
            )


def apply(gradebook: Gradebook, lesson: str, cells: Cells, aliases: Mapping[str, str]) -> None:
    """Rename the gradebook's cells, and add new ones, where somebody is graded; nbgrader does all the rest."""
    try:
        notebook = gradebook.find_notebook(lesson, lesson)
    except MissingEntry:
        return
    kinds = (notebook.grade_cells, notebook.solution_cells, notebook.task_cells, notebook.source_cells)
    for cell in (cell for kind in kinds for cell in kind):
        cell.name = _renamed(cell.name, aliases)
    gradebook.db.commit()
    if not notebook.submissions:
        return
    there = {cell.name for cell in notebook.source_cells}
    for name in cells.metadata.keys() - there:
        _add(gradebook, lesson, name, cells.metadata[name], cells.types[name])


def _add(gradebook: Gradebook, lesson: str, name: str, about: Mapping[str, Any], cell_type: str) -> None:
    gradebook.add_source_cell(name, lesson, lesson, cell_type=cell_type, locked=bool(about.get("locked")), source="")
    made = []
    if about.get("grade"):
        made.append((Grade, gradebook.add_grade_cell(name, lesson, lesson, cell_type=cell_type, max_score=0.0)))
    if about.get("solution"):
        made.append((Comment, gradebook.add_solution_cell(name, lesson, lesson)))
    submissions = gradebook.find_notebook(lesson, lesson).submissions
    gradebook.db.add_all(kind(cell_id=cell.id, notebook=one) for kind, cell in made for one in submissions)
    gradebook.db.commit()


def _renamed(name: str, aliases: Mapping[str, str]) -> str:
    old = name.removesuffix(CODE)
    return f"{aliases[old]}{name.removeprefix(old)}" if old in aliases else name
