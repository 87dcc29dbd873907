"""A release is made once: what was compared is what is put in its place, or nothing is."""

import gc
import sqlite3
from pathlib import Path

import pytest
from classroom import LESSON, NOTEBOOK, read
from typer.testing import CliRunner

from attention_course.errors import NotebookError
from attention_course.instructor import cli
from attention_course.instructor.changes import draft as drafting
from attention_course.instructor.changes import due
from attention_course.instructor.changes import release as releasing
from attention_course.instructor.changes.costs import Cost
from attention_course.instructor.changes.structure import ReleaseRefused
from attention_course.instructor.course_files import write_notebook
from attention_course.instructor.nbgrader_internals import CarefulRelease


@pytest.fixture
def here(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(course)
    return course


def known(course: Path) -> list[tuple[object, ...]]:
    """Return what the gradebook knows of the cells."""
    query = "select base_cell.name, source, checksum, locked from base_cell join source_cell using (id)"
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return sorted(gradebook.execute(query))


def hidden(course: Path) -> list[str]:
    """Return the names of what lies there only while a release is made."""
    return [path.name for path in course.rglob("*") if path.name == ".releasing" or path.name.endswith(".earlier")]


def test_a_draft_changes_nothing_and_its_release_is_that_very_notebook(here: Path) -> None:
    before, cells = (here / "release" / NOTEBOOK).read_bytes(), known(here)
    (here / "gradebook.db").unlink()
    (here / "release" / NOTEBOOK).write_text("an earlier one", encoding="utf-8")
    found = drafting.draft(LESSON)
    assert (found.folder / f"{LESSON}.ipynb").read_bytes() == before
    assert (here / "release" / NOTEBOOK).read_text(encoding="utf-8") == "an earlier one"
    assert not (here / "gradebook.db").exists()
    assert not releasing.is_known(LESSON)
    assert releasing.release(found) == here / "release" / NOTEBOOK
    assert (here / "release" / NOTEBOOK).read_bytes() == before
    assert known(here) == cells
    assert releasing.is_known(LESSON)
    assert due.due(here, [LESSON], here=True) == []
    assert hidden(here) == []


def test_a_draft_that_nobody_holds_leaves_nothing_behind(here: Path) -> None:
    found = drafting.draft(LESSON)
    assert found.folder.is_dir()
    del found
    gc.collect()
    assert hidden(here) == []


def test_where_the_gradebook_cannot_learn_the_release_before_stays_whole(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, cells = (here / "release" / NOTEBOOK).read_bytes(), known(here)
    learn = CarefulRelease.learn

    def learn_and_fail(self: CarefulRelease, gradebook: object) -> None:
        learn(self, gradebook)
        raise RuntimeError("the lamp went out")

    monkeypatch.setattr(CarefulRelease, "learn", learn_and_fail)
    source = read(here / "source" / NOTEBOOK)
    source["cells"][0]["source"] = "# Another heading"
    write_notebook(here / "source" / NOTEBOOK, source)
    found = drafting.draft(LESSON)
    with pytest.raises(ReleaseRefused, match=r"the release before stays as it was\. RuntimeError: the lamp went out"):
        releasing.release(found)
    assert ((here / "release" / NOTEBOOK).read_bytes(), known(here)) == (before, cells)
    del found
    gc.collect()
    assert hidden(here) == []


def test_without_the_gradebook_nothing_is_written_into_it(here: Path) -> None:
    (here / "gradebook.db").unlink()
    releasing.release(drafting.draft(LESSON, ["--no-db"]))
    assert not (here / "gradebook.db").exists()


# ---- the command


class Found:
    """A draft that was made up."""

    def __init__(self, lesson: str) -> None:
        self.lesson, self.costs = lesson, [Cost("sum", ("amara",), "…")] if lesson == "dear" else []

    def lines(self) -> list[str]:
        return []


def drafted(lesson: str, options: list[str]) -> Found:
    if lesson == "broken":
        raise NotebookError("broken is no lesson.")
    return Found(lesson + "".join(options))


@pytest.mark.parametrize(
    ("words", "released", "exit_code"),
    [
        ("a b", ["a", "b"], 0),
        ("a broken b", ["a", "b"], 1),
        ("broken", [], 2),
        ("dear a", ["a"], 1),
        ("dear --yes", ["dear"], 0),
        ("dear", [], 2),
        ("a b --db=x", ["a--db=x", "b--db=x"], 0),
        ("a b --unknown", ["b"], 0),
    ],
)
def test_several_lessons_are_released_in_one_go_but_for_those_that_are_refused(
    words: str, released: list[str], exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(drafting, "draft", drafted)
    monkeypatch.setattr(releasing, "release", lambda found: done.append(found.lesson))
    monkeypatch.setattr(releasing, "is_known", lambda lesson, options: lesson == "a")
    ran = CliRunner().invoke(cli.app, ["release", *words.split()])
    assert (done, ran.exit_code) == (released, exit_code)
