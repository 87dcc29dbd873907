"""A release that never destroys the one before: drafted, compared with what students hold, then put in its place."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from attention_course.instructor.changes import aside, due, in_place, read_work, structure
from attention_course.instructor.changes.draft import Draft
from attention_course.instructor.course_files import notebook_path
from attention_course.instructor.runner.one_gradebook import OneGradebook
from attention_course.instructor.settling import former
from attention_course.page.path import START


def release(found: Draft) -> Path:
    """Put a drafted release in its place, in the gradebook, too: both or neither; return the notebook's path."""
    coursedir, lesson = found.coursedir, found.coursedir.assignment_id
    target = notebook_path(coursedir, coursedir.release_directory)
    if lesson == START or not found.converter.has_gradebook:
        with in_place.kept(target.parent):
            in_place.put(found.folder, target.parent)
    else:
        _begin_gradebook(coursedir)
        with (
            closing(OneGradebook(coursedir.db_url, coursedir.course_id)) as gradebook,
            in_place.kept(target.parent),
            gradebook.transaction() as opened,
        ):
            structure.apply(opened, lesson, found.cells, found.aliases)
            aside.learn(found.converter, opened)
            _keep_former_items(found)
            in_place.put(found.folder, target.parent)
    found.tidy()
    due.note(Path(coursedir.root), lesson, found.inputs)
    return target


def is_known(lesson: str, options: list[str] | None = None) -> bool:
    """Does the gradebook know the lesson's cells?"""
    return bool(read_work.cells_known(aside.application(lesson, options or []).coursedir)[0])


def _keep_former_items(found: Draft) -> None:
    """Note the bank's items that students hold and that are changed, as `KeepFormer` does for questions of cells."""
    was = {name: asked for name, asked in found.old.items() if name in found.items}
    changed = {one.name: one.source for one in former.changed(was, found.new)}
    root, lesson = Path(found.coursedir.root), found.coursedir.assignment_id
    former.add(root, lesson, changed, datetime.now(UTC).isoformat(timespec="seconds"))


def _begin_gradebook(coursedir: Any) -> None:
    """Make the gradebook where there is none yet."""
    with Gradebook(coursedir.db_url, coursedir.course_id):
        """nbgrader makes it when it is opened."""
