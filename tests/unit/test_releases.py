"""Every lesson's release: it is what the source generates, and nothing that is hidden can be read in it."""

import json
from pathlib import Path
from typing import Any

import classroom
import pytest
from classroom import LESSON, ROOT
from test_release import unsealed

from attention_course.instructor import regions
from attention_course.instructor.changes import due
from attention_course.page.path import START

OTHERS = sorted({path.parent.name for path in (ROOT / "source").glob("*/*.ipynb")} - {LESSON})
HIDDEN = (regions.HIDDEN_TESTS, regions.KEY, regions.SOLUTION)


@pytest.fixture(scope="module", params=OTHERS)
def lesson(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def fresh(lesson: str, shared: Any) -> Path:
    """A course folder in which the lesson is released anew."""

    def make(course: Path) -> None:
        classroom.make_course(course, lesson)
        classroom.nbgrader(course, "generate_assignment", lesson)

    return Path(shared(f"released-{lesson}", make)) / f"release/{lesson}/{lesson}.ipynb"


def test_the_committed_release_is_what_the_source_generates(lesson: str, fresh: Path) -> None:
    committed = (ROOT / f"release/{lesson}/{lesson}.ipynb").read_text(encoding="utf-8")
    same = unsealed(committed) == unsealed(fresh.read_text(encoding="utf-8"))
    assert same, "run `make release` and commit release/"


def test_the_committed_releases_are_noted_so_that_a_fresh_clone_opens_at_once() -> None:
    assert due.due(ROOT, [LESSON, *OTHERS]) == [], "run `make release` and commit release/"


def test_no_hidden_line_is_read_in_it(lesson: str, fresh: Path) -> None:
    hidden, visible = set(), ""
    for cell in json.loads((ROOT / f"source/{lesson}/{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]:
        source = shown = "".join(cell["source"])
        for name in HIDDEN:
            shown = regions.cut(shown, name)
        visible += shown + "\n"
        hidden |= {line.strip() for line in source.split("\n")}
    secret = [line for line in hidden if len(line) > 25 and line not in visible]
    assert len(secret) > 50 or lesson in (START, "test")  # the one asks nothing, the other's keys stand in the bank
    text = "\n".join("".join(cell["source"]) for cell in json.loads(fresh.read_text(encoding="utf-8"))["cells"])
    assert [line for line in secret if line in text] == []
