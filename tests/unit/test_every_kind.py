"""Every kind of exercise is known wherever it has to be: to notebooks, to the page, to a new lesson."""

import re
from pathlib import Path

import pytest

import attention_course
from attention_course.exercises.kinds import KINDS
from attention_course.instructor.source import asked, load_source

PACKAGE = Path(attention_course.__file__).parent
TABLE = (PACKAGE / "page/js/kinds.js").read_text(encoding="utf-8")


def test_the_page_has_each_kind_under_the_name_that_the_kernel_sends() -> None:
    assert dict(re.findall(r"^  (\w+): (\w+),$", TABLE, re.MULTILINE)) == {KINDS[name].kind: name for name in KINDS}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_public_and_has_a_file_of_its_name_on_either_side(name: str) -> None:
    kind = KINDS[name]
    assert getattr(attention_course, name) is kind
    assert kind.__module__ == f"attention_course.exercises.{kind.kind}"
    assert f'import {{ {name} }} from "./{kind.kind}.js";' in TABLE
    assert (PACKAGE / f"page/js/{kind.kind}.js").exists()


def test_a_new_lesson_begins_with_one_of_each() -> None:
    shown = asked(load_source(PACKAGE / "instructor/source/example.ipynb")).values()
    assert {type(question).__name__ for question in shown} == set(KINDS)
