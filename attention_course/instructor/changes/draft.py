"""Draft: a release that is made but not in its place yet, what it changes, and whom that costs."""

import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attention_course.answers import notebook as notebooks
from attention_course.instructor.changes import aside, due, in_place, read_work, structure
from attention_course.instructor.changes.compare import CREDIT, Change, Version, changes, of_credit
from attention_course.instructor.changes.costs import Cost, costs
from attention_course.instructor.changes.structure import Cells, ReleaseRefused
from attention_course.instructor.course_files import missing_lesson
from attention_course.instructor.nbgrader_internals import CarefulRelease
from attention_course.instructor.settling import bank_items
from attention_course.instructor.settling.asked import asked_in, credit_in, sources_of


@dataclass
class Draft:
    """A release that lies aside: what it changes, and whom that costs. Its folder is gone when nobody holds it."""

    coursedir: Any
    converter: CarefulRelease
    inputs: str  # a digest of all that it is made of
    new: Version
    cells: Cells
    old: Version = field(default_factory=dict)
    items: frozenset[str] = frozenset()  # of the bank, among both
    changes: list[Change] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    tidy: "weakref.finalize[..., Draft]" = field(init=False)  # takes its folder away, once

    @property
    def aliases(self) -> dict[str, str]:
        """The new names of renamed questions, by their old ones."""
        return read_work.formerly_in(self.new)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return aside.folder_aside(self.coursedir)

    @property
    def names_changed(self) -> set[str]:
        """The questions that are otherwise than before: all of them where the rule of credit is."""
        every = any(change.what == CREDIT for change in self.changes)
        return {change.name for change in self.changes} | set(self.new if every else ())

    def lines(self) -> list[str]:
        """Return what is said of it, a line each; nothing where it changes nothing."""
        said = [f"  {change.said}" for change in self.changes]
        told = [f"  {cost.said}" for cost in self.costs]
        heading = [f"What changes in {self.coursedir.assignment_id}, compared with what students hold:"]
        return [*(heading if said else []), *said, *(["Whom it costs:"] if told else []), *told]


def draft(lesson: str, options: list[str] | None = None) -> Draft:
    """Make a release of a lesson of the working directory aside, and compare it; what students hold stays as it is.

    Raises ReleaseRefused where it cannot be released, with one sentence.
    """
    app = aside.application(lesson, options or [])
    coursedir = app.coursedir
    if sentence := missing_lesson(coursedir):
        raise ReleaseRefused(sentence)
    in_place.put_back(read_work.release_folder(coursedir))
    inputs = due.inputs(Path(coursedir.root), lesson)
    held, sources = read_work.released(coursedir), read_work.in_source(coursedir)
    old = read_work.with_tests(asked_in(held), read_work.in_gradebook(coursedir))
    structure.demand_aliases(asked_in(sources), old)
    with aside.gone_on_error(aside.folder_aside(coursedir)) as folder:
        converter = aside.made(app)
        made = notebooks.load(folder / f"{lesson}.ipynb")
        was, items = bank_items.brought_along(held), bank_items.brought_along(sources_of(made))
        old, new = {**old, **was}, {**read_work.with_tests(asked_in(sources_of(made)), sources), **items}
        found = Draft(coursedir, converter, inputs, new, Cells.of(made), old, frozenset(was | items))
        rules = credit_in(held), credit_in(sources)
        if old:
            found.changes = [*of_credit(*rules), *changes(old, new)]
        known, graded = read_work.cells_known(coursedir)
        structure.demand_possible(known, graded, found.cells, found.aliases)
        if found.changes:
            found.costs = costs(old, new, read_work.handed_in(coursedir, new, found.aliases), rules)
    found.tidy = weakref.finalize(found, aside.remove, folder)
    return found
