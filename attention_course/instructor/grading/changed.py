"""What was changed in a lesson, or is settled: by which questions, items and rules its answers are graded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Record
from attention_course.errors import NotebookError
from attention_course.exercises import credit
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Question
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.grading.known_cells import KnownCells, instructors_code, known_cells
from attention_course.instructor.nbgrader_internals import course_of
from attention_course.instructor.settling import bank_items, former
from attention_course.instructor.settling.asked import Asked, asked_in, credit_in, credit_said, sources_of
from attention_course.instructor.settling.former import Former
from attention_course.instructor.settling.marks import marks_in

CHANGED = "attention_course_changed"  # among nbconvert's resources
Versions = tuple[Question, Question | None]  # as it is graded now; as the notebook asked it, None for the same


@dataclass
class Changed:
    """The questions of a lesson that were changed or are settled; the same for a whole class."""

    known: KnownCells
    former: Former = field(default_factory=Former)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """The questions as they are graded now, with a former version or a settlement."""
        sources = [cell.source for name, cell in self.known.items() if name in self.names]
        return {name: one for name, one in asked_in(sources).items() if one.question is not None}

    @cached_property
    def names(self) -> set[str]:
        """The names of the cells to be looked at."""
        code = {name: cell.source for name, cell in self.known.items() if cell.cell_type == "code" and cell.locked}
        every = any(rule != self.rule for rule in self.former.rules)
        return {name for name, source in code.items() if every or "settled=" in source or name in self.former}

    @cached_property
    def items(self) -> dict[str, Asked]:
        """The bank's items that were changed or are settled, as they are graded now, or as they were at last."""
        now = bank_items.graded_now(instructors_code(self.known))
        names = self.former.keys() - now.keys() - self.known.keys() if now else ()
        gone = {name: self.former[name][-1] for name in names}
        found = {name: one for name, one in now.items() if name in self.former or "settled=" in one.source}
        return {name: one for name, one in (found | gone).items() if one.question is not None}

    def versions(self, name: str, answered: Record, held: dict[str, str]) -> Versions | None:
        """Return the versions of a cell's question, None where it is neither changed nor settled.

        `held` are the marks of the versions that the notebook held.
        """
        asked = self.asked.get(name) or self._item(name, answered.drawn)
        if asked is None or asked.question is None:
            return None
        is_gone = any(asked is each for each in self.former.get(asked.name, []))
        then = self.former.held(asked.name, held.get(asked.name, ""), "" if is_gone else asked.mark)
        return asked.question, then.question if then else None

    def _item(self, name: str, drawn: Drawn | None) -> Asked | None:
        asked = self.items.get(drawn.item) if drawn else None
        return asked if drawn and asked and bank_items.belongs(asked, name, drawn) else None

    def promised(self, noted: Any) -> Credit | None:
        """Return the former rule of credit that a notebook promised, by what `held_by` has noted of it."""
        return self.former.promised(credit.rule(*noted) if noted else None, self.rule)

    def held_by(self, cells: Iterable[Any]) -> tuple[dict[str, str], Any]:
        """Return the marks of what a handed-in notebook asked, and the rule of credit that it said, as plain values."""
        every = list(cells)
        marks = marks_in(every, self.former, self.aliases)
        sources = [cell.source for cell in every if cell.cell_type == "code"]
        said = credit_said(sources) if self.former.rules else None
        noted = [list(said.by_attempt) or None, said.partial] if said else None
        return marks | bank_items.marks_in(sources, self.items), noted

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The names that questions had, with those that they have."""
        sources = [cell.source for cell in self.known.values() if "formerly=" in cell.source]
        asked = asked_in(sources).values()
        return {one.question.formerly: one.name for one in asked if one.question and one.question.formerly}

    @cached_property
    def rule(self) -> Credit:
        """The lesson's rule of credit."""
        return credit_in(instructors_code(self.known))

    def __deepcopy__(self, memo: Any) -> "Changed":
        """Return itself, as KnownCells does."""
        return self


def changed(step: Any, resources: Any) -> Changed:
    """Return what was changed in the lesson that is being graded; it is looked up once for all steps."""
    about = resources["nbgrader"]
    if CHANGED not in about:
        course, known = course_of(step) if step.parent is not None else None, known_cells(resources)
        about[CHANGED] = of_course(known, course) if course else of_lesson(known, None, "")
    return about[CHANGED]


def of_course(known: KnownCells, coursedir: Any) -> Changed:
    """Return what was changed in the lesson that a course is at."""
    released = notebook_path(coursedir, coursedir.release_directory)
    return of_lesson(known, Path(coursedir.root), coursedir.assignment_id, released)


def of_lesson(known: KnownCells, root: Path | None, lesson: str, released: Path | None = None) -> Changed:
    """Return what was changed in a lesson: a former name's versions count for the name that the question has now.

    Items of the bank are graded as they are now, released or not: so those of the `released` notebook are former ones.
    """
    found = Changed(known, former.read(root, lesson) if root else Former())
    for old, new in found.aliases.items():
        if old in found.former:
            found.former[new] = [*found.former.pop(old), *found.former.get(new, [])]
    now = bank_items.graded_now(instructors_code(known))
    for name, asked in _items_of(released).items() if released and now else ():
        if asked.question and asked.question.judged and (name not in now or now[name].mark != asked.mark):
            found.former.setdefault(name, []).append(asked)
    return found


def _items_of(released: Path) -> dict[str, Asked]:
    try:
        return bank_items.brought_along(sources_of(notebooks.load(released)))
    except NotebookError:
        return {}
