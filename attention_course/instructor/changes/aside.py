"""A release is made aside, in a folder of its own, so that what students hold stays as it is."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import GenerateAssignmentApp
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import SaveCells
from sqlalchemy.exc import SQLAlchemyError

from attention_course.errors import CourseError
from attention_course.instructor.changes.structure import ReleaseRefused
from attention_course.instructor.nbgrader_internals import CarefulRelease
from attention_course.instructor.settling.keep_former import KeepFormer

ASIDE = ".releasing"  # in the course's folder; of use only while a release is made
LEARNING = (KeepFormer, SaveCells)  # the steps by which the gradebook learns, in their order


def application(lesson: str, options: list[str]) -> Any:
    """Return nbgrader's application for releases, ready to be asked for its course and its configuration."""
    app = GenerateAssignmentApp()
    app.initialize([lesson, *options])
    app.log.setLevel(logging.WARNING)
    app.coursedir.assignment_id = lesson
    return app


def made(app: Any) -> CarefulRelease:
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


def learn(converter: CarefulRelease, gradebook: Gradebook) -> None:
    """Have the gradebook learn of a release; raise ReleaseRefused where it cannot."""
    try:
        with _quiet(converter.log):
            converter.learn(gradebook)
    except SQLAlchemyError:
        raise
    except Exception as error:
        raise ReleaseRefused(_why(converter.coursedir.assignment_id, error)) from error


def folder_aside(coursedir: Any) -> Path:
    """Return where a lesson's release lies while it is made."""
    return Path(coursedir.format_path(ASIDE, ".", coursedir.assignment_id))


@contextmanager
def gone_on_error(folder: Path) -> Iterator[Path]:
    """Give out a folder that is not there yet, and is no longer there after an error."""
    remove(folder)
    try:
        yield folder
    except BaseException:
        remove(folder)
        raise


def remove(folder: Path) -> None:
    """Remove a release that lies aside."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # another release goes on in it, or it was never made
        folder.parent.rmdir()


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
