"""A regrade: its story first; then the release, the grading, and what they have changed."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Comment, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import func, select

from attention_course.answers import record
from attention_course.errors import CourseError, NotebookError, ReportError
from attention_course.instructor.changes import before_after, read_work, release
from attention_course.instructor.changes import draft as drafting
from attention_course.instructor.changes.accepted import refused
from attention_course.instructor.changes.before_after import Causes, Regraded
from attention_course.instructor.changes.compare import KEY, TESTS, Change
from attention_course.instructor.changes.draft import Draft
from attention_course.instructor.changes.read_work import Score, Scores
from attention_course.instructor.changes.story import Story, story
from attention_course.instructor.changes.structure import ReleaseRefused
from attention_course.instructor.course_files import notebook_path, replace_file, source_path
from attention_course.instructor.formatting import full_name
from attention_course.instructor.gradebook import connected
from attention_course.instructor.grading.settle_scores import SETTLED
from attention_course.instructor.settling import former
from attention_course.instructor.settling.asked import asked_in, credit_in
from attention_course.instructor.settling.former import Former
from attention_course.instructor.settling.settle import CAUSES
from attention_course.instructor.source.cells import load_source


@dataclass
class Planned:
    """A regrade that is not done yet: the release that it makes, and its story."""

    draft: Draft
    story: Story
    before: Scores

    def lines(self) -> list[str]:
        """Return all that is said before anything is written."""
        return [*self.draft.lines(), *self.story.lines()]


def plan(lesson: str, options: list[str] | None = None) -> Planned:
    """Look what a regrade would do; raise ReleaseRefused where it cannot be done. Nothing is written."""
    draft = drafting.draft(lesson, options)
    coursedir = draft.coursedir
    known = asked_in(read_work.in_gradebook(coursedir))
    if not known:
        raise ReleaseRefused(f"The gradebook knows no {lesson}: release it, collect, and grade it first.")
    changed = {change.name for change in draft.changes if change.what in (KEY, TESTS)}
    changed |= {change.name for change in draft.changes if change.what.startswith(("what is accepted", "its program"))}
    for sentence in refused(load_source(source_path(coursedir)), changed - draft.items):
        raise ReleaseRefused(f"{source_path(coursedir)}: {sentence}")
    sources = read_work.in_source(coursedir)
    before = read_work.scores(coursedir)
    was = {new: old for old, new in draft.aliases.items()}
    told = story(
        _with_points(draft),
        _former(coursedir, draft),
        credit_in(sources),
        read_work.handed_in(coursedir, draft.new, draft.aliases),
        before,
        was,
        draft.names_changed,
    )
    return Planned(draft, told, before)


def regrade(planned: Planned, grade: Callable[[], dict[str, str]]) -> tuple[Regraded, list[Path]]:
    """Release, grade, and write what changed; return that, and the files.

    `grade` grades the class, and returns the reason for each student who could not be graded.
    """
    draft = planned.draft
    coursedir = draft.coursedir
    before, changes = _noted(coursedir, planned.before, draft.changes)
    release.release(draft)
    failed = grade()
    after, was = read_work.scores(coursedir), {new: old for old, new in draft.aliases.items()}
    differing = {key for key, score in after.items() if score != before.get(key)}
    names_changed = {one.name for one in changes} | draft.names_changed
    rows, overrides = before_after.compared(before, after, _causes(coursedir, differing), was, names_changed)
    names, comments = _people(coursedir)
    done = Regraded(coursedir.assignment_id, rows, overrides, failed, [one.said for one in changes], names, comments)
    files = write(done, Path(coursedir.root) / "reports")
    _note_of(coursedir).unlink(missing_ok=True)
    return done, files


def _noted(coursedir: Any, before: Scores, changes: list[Change]) -> tuple[Scores, list[Change]]:
    """Return the scores before the regrade, and what is changed, and note both.

    One that was stopped, or killed, goes on: its release is made by then, so nothing else says what it was about.
    """
    path = _note_of(coursedir)
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        before = {(student, name): Score((auto, by_hand)) for student, name, auto, by_hand in noted["scores"]}
        changes = [*dict.fromkeys([*(Change(*one) for one in noted["changes"]), *changes])]
    except (OSError, ValueError, TypeError, KeyError):
        pass
    scores = [[*key, *score] for key, score in before.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps({"scores": scores, "changes": [astuple(one) for one in changes]}))
    return before, changes


def _note_of(coursedir: Any) -> Path:
    return Path(coursedir.root, former.FOLDER, f"{coursedir.assignment_id}-before.json")


def write(done: Regraded, folder: Path) -> list[Path]:
    """Write the table and the page; raise ReportError where that cannot be done."""
    files = [folder / f"{done.lesson}-changes.csv", folder / f"{done.lesson}-changes.html"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files[0].write_text(before_after.table(done), encoding="utf-8-sig", newline="")
        files[1].write_text(before_after.page(done, datetime.now()), encoding="utf-8")
    except OSError as error:
        raise ReportError(f"What changed cannot be written to {folder}: {error.strerror}.") from error
    return files


def _with_points(draft: Draft) -> Any:
    """Return the new questions that somebody is graded for, and the items that they may have drawn."""
    graded = {name for name, about in draft.cells.metadata.items() if about.get("grade")}
    return {name: asked for name, asked in draft.new.items() if name in graded | draft.items}


def _former(coursedir: Any, draft: Draft) -> Former:
    """Return the former versions as they will be known after the release: by the names that questions have then."""
    known = former.read(Path(coursedir.root), coursedir.assignment_id)
    found, sources = Former(), read_work.in_gradebook(coursedir)
    found.rules = [*known.rules, credit_in(sources)]
    for name, versions in known.items():
        found.setdefault(draft.aliases.get(name, name), []).extend(versions)
    items = {name: asked for name, asked in draft.old.items() if name in draft.items}
    for name, asked in {**asked_in(sources), **items}.items():
        later = draft.new.get(draft.aliases.get(name, name))
        if later and later.mark != asked.mark:
            found.setdefault(later.name, []).append(asked)
    return found


def _causes(coursedir: Any, differing: set[tuple[str, str]]) -> Causes:
    """Return the causes of scores that changed, as grading has noted them in the graded notebooks."""
    causes: dict[tuple[str, str], str] = {}
    for student in {student for student, _ in differing}:
        path = notebook_path(coursedir, coursedir.autograded_directory, student)
        try:
            noted = json.loads(path.read_text(encoding="utf-8"))["metadata"][record.METADATA_KEY].get(SETTLED, {})
        except (OSError, ValueError, KeyError, NotebookError):
            continue
        causes |= {(student, name): CAUSES.get(about["cause"], "") for name, about in noted.items()}
    return causes


def _people(coursedir: Any) -> tuple[dict[str, str], int]:
    """Return the students' names, and how many comments are given by hand."""
    by_hand = (
        select(func.count())
        .select_from(Comment)
        .join(SubmittedNotebook, Comment.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(Comment.manual_comment.is_not(None), SubmittedAssignment.assignment.has(name=coursedir.assignment_id))
    )
    try:
        with connected(coursedir.db_url) as session:
            people = session.execute(select(Student.id, Student.first_name, Student.last_name))
            names = {student: full_name(first, last, student) for student, first, last in people}
            return names, session.scalar(by_hand) or 0
    except CourseError:
        return {}, 0
