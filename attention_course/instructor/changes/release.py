"""A release that never destroys the one before: made aside, compared with what students hold, then put in its place."""

import logging
import shutil
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import GenerateAssignmentApp
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import SaveCells
from sqlalchemy.exc import SQLAlchemyError

from attention_course.answers import notebook as notebooks
from attention_course.errors import CourseError, GradebookError
from attention_course.instructor.changes import due, read_work, structure
from attention_course.instructor.changes.compare import CREDIT, Change, Version, changes, of_credit
from attention_course.instructor.changes.costs import Cost, costs
from attention_course.instructor.changes.structure import Cells, ReleaseRefused
from attention_course.instructor.course_files import missing_lesson, notebook_path
from attention_course.instructor.gradebook import demand_gradebook
from attention_course.instructor.nbgrader_internals import CarefulRelease
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.instructor.settling import bank_items, former
from attention_course.instructor.settling.asked import Asked, asked_in, credit_in, sources_of
from attention_course.instructor.settling.keep_former import KeepFormer
from attention_course.page.path import START

ASIDE = ".releasing"  # in the course's folder; of use only while a release is made
LEARNING = (KeepFormer, SaveCells)  # the steps by which the gradebook learns, in their order


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

    @property
    def aliases(self) -> dict[str, str]:
        """The new names of renamed questions, by their old ones."""
        return read_work.formerly_in(self.new)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _aside(self.coursedir)

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
    app = _app(lesson, options or [])
    coursedir = app.coursedir
    if sentence := missing_lesson(coursedir):
        raise ReleaseRefused(sentence)
    inputs = due.inputs(Path(coursedir.root), lesson)
    held, sources = read_work.released(coursedir), read_work.in_source(coursedir)
    old = read_work.with_tests(asked_in(held), read_work.in_gradebook(coursedir))
    structure.demand_aliases(asked_in(sources), old)
    with _gone_on_error(_aside(coursedir)) as folder:
        converter = _made(app)
        made = notebooks.load(folder / f"{lesson}.ipynb")
        was, items = bank_items.brought_along(held), bank_items.brought_along(sources_of(made))
        old, new = {**old, **was}, {**read_work.with_tests(asked_in(sources_of(made)), sources), **items}
        found = Draft(coursedir, converter, inputs, new, Cells.of(made), old, frozenset(was | items))
        rules = credit_in(held), credit_in(sources)
        if old:
            found.changes = [*of_credit(*rules), *changes(old, new)]
        known, graded = _known(coursedir)
        structure.demand_possible(known, graded, found.cells, found.aliases)
        if found.changes:
            found.costs = costs(old, new, read_work.handed_in(coursedir, new, found.aliases), rules)
    weakref.finalize(found, _remove, folder)
    return found


def release(found: Draft) -> Path:
    """Put a drafted release in its place, in the gradebook, too: both or neither; return the notebook's path."""
    coursedir, lesson = found.coursedir, found.coursedir.assignment_id
    target = notebook_path(coursedir, coursedir.release_directory)
    if lesson == START or not found.converter.has_gradebook:
        with _kept(target.parent):
            _put(found.folder, target.parent)
    else:
        _begin_gradebook(coursedir)
        with (
            closing(OneGradebook(coursedir.db_url, coursedir.course_id)) as gradebook,
            _kept(target.parent),
            gradebook.transaction() as opened,
        ):
            structure.apply(opened, lesson, found.cells, found.aliases)
            _learn(found, opened)
            _keep_former_items(found)
            _put(found.folder, target.parent)
    due.note(Path(coursedir.root), lesson, found.inputs)
    return target


def is_known(lesson: str, options: list[str] | None = None) -> bool:
    """Does the gradebook know the lesson's cells?"""
    return bool(_known(_app(lesson, options or []).coursedir)[0])


def _keep_former_items(found: Draft) -> None:
    """Note the bank's items that students hold and that are changed, as `KeepFormer` does for questions of cells."""
    was = {name: asked for name, asked in found.old.items() if name in found.items}
    changed = {name: asked.source for name, asked in was.items() if _is_changed(asked, found.new.get(name))}
    root, lesson = Path(found.coursedir.root), found.coursedir.assignment_id
    former.add(root, lesson, changed, datetime.now(UTC).isoformat(timespec="seconds"))


def _is_changed(asked: Asked, later: Asked | None) -> bool:
    return later is None or later.mark != asked.mark


def _made(app: Any) -> CarefulRelease:
    """Make a release aside; raise ReleaseRefused where there is none."""
    coursedir = app.coursedir
    place, coursedir.release_directory = coursedir.release_directory, ASIDE
    try:
        converter = CarefulRelease(coursedir=coursedir, parent=app, force=True)
        converter.learning = LEARNING
        with _quiet(app.log):
            converter.start()
    except NbGraderException as error:
        raise ReleaseRefused(_why(coursedir.assignment_id, converter.refusal or error)) from error
    finally:
        coursedir.release_directory = place
    return converter


def _learn(found: Draft, gradebook: Gradebook) -> None:
    """Have the gradebook learn of a release; raise ReleaseRefused where it cannot."""
    try:
        with _quiet(found.converter.log):
            found.converter.learn(gradebook)
    except SQLAlchemyError:
        raise
    except Exception as error:
        raise ReleaseRefused(_why(found.coursedir.assignment_id, error)) from error


def _aside(coursedir: Any) -> Path:
    return Path(coursedir.format_path(ASIDE, ".", coursedir.assignment_id))


@contextmanager
def _gone_on_error(folder: Path) -> Iterator[Path]:
    """Give out a folder that is not there yet, and is no longer there after an error."""
    _remove(folder)
    try:
        yield folder
    except BaseException:
        _remove(folder)
        raise


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # another release goes on in it, or it was never made
        folder.parent.rmdir()


def _app(lesson: str, options: list[str]) -> Any:
    """Return nbgrader's application for releases, ready to be asked for its course and its configuration."""
    app = GenerateAssignmentApp()
    app.initialize([lesson, *options])
    app.log.setLevel(logging.WARNING)
    app.coursedir.assignment_id = lesson
    return app


def _why(lesson: str, error: Exception) -> str:
    said = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
    return f"{lesson} is not released, and the release before stays as it was. {said}"


@contextmanager
def _quiet(log: logging.Logger) -> Iterator[None]:
    """Leave errors out of a log: what is refused is said in one sentence."""

    def is_no_error(entry: logging.LogRecord) -> bool:
        return entry.levelno < logging.ERROR and not entry.getMessage().startswith("Removing failed")

    log.addFilter(is_no_error)
    try:
        yield
    finally:
        log.removeFilter(is_no_error)


def _put(folder: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)


@contextmanager
def _kept(target: Path) -> Iterator[None]:
    """Put the earlier release aside meanwhile, and back where anything goes wrong."""
    earlier = target.with_name(f".{target.name}.earlier")
    shutil.rmtree(earlier, ignore_errors=True)
    if target.exists():
        target.rename(earlier)
    try:
        yield
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        if earlier.exists():
            earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _known(coursedir: Any) -> tuple[set[str], int]:
    """Return the names of the cells that the gradebook knows of a lesson, and how many submissions it has."""
    try:
        demand_gradebook(coursedir.db_url)
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            lesson = coursedir.assignment_id
            if lesson not in {assignment.name for assignment in gradebook.assignments}:
                return set(), 0
            notebooks_of = gradebook.find_assignment(lesson).notebooks
            names = {cell.name for each in notebooks_of for cell in each.source_cells}
            return names, sum(len(each.submissions) for each in notebooks_of)
    except GradebookError:
        return set(), 0


def _begin_gradebook(coursedir: Any) -> None:
    """Make the gradebook where there is none yet."""
    with Gradebook(coursedir.db_url, coursedir.course_id):
        """nbgrader makes it when it is opened."""
