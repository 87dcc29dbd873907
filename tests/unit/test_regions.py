"""Regions of a cell's source: found, cut, read, and what they tell of the cell."""

import pytest

from attention_course.errors import QuestionError
from attention_course.instructor import regions

SOURCE = """\
x = 1
### BEGIN HIDDEN TESTS

assert x
### END HIDDEN TESTS
y = 2
### BEGIN HIDDEN TESTS
y
### END HIDDEN TESTS"""


def test_a_region_is_its_lines_with_the_markers() -> None:
    assert regions.find(SOURCE, regions.HIDDEN_TESTS) == [range(1, 5), range(6, 9)]
    assert regions.find(SOURCE, regions.KEY) == []


def test_regions_are_cut_or_read_alone() -> None:
    assert regions.cut(SOURCE, regions.HIDDEN_TESTS) == "x = 1\ny = 2"
    assert regions.inside(SOURCE, regions.HIDDEN_TESTS) == "assert x\ny"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("### END HIDDEN TESTS\ny = 2\n", "", "line 5 begins a HIDDEN TESTS region within another; end the first one"),
        ("### BEGIN HIDDEN TESTS\n\n", "", "line 3 ends a HIDDEN TESTS region that was not begun; add ### BEGIN"),
        ("y\n### END HIDDEN TESTS", "", "a HIDDEN TESTS region is never ended; add a line ### END HIDDEN TESTS."),
    ],
)
def test_markers_that_do_not_pair_make_no_region_and_say_so(old: str, new: str, sentence: str) -> None:
    source = SOURCE.replace(old, new)
    with pytest.raises(QuestionError, match=sentence):
        regions.find(source, regions.HIDDEN_TESTS)
    assert regions.find_paired(source, regions.HIDDEN_TESTS) == []
    assert regions.cut(source, regions.HIDDEN_TESTS) == source
    assert regions.inside(source, regions.HIDDEN_TESTS) == ""


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("lesson.ask(Blanks(\n    ### BEGIN KEY\n    key=[],\n    ### END KEY\n))", True),
        ('lesson.ask(Blanks(\n    sealed="QlpoOTFB",\n))', True),
        ("from attention_course import Blanks", False),
        ("x = dict(sealed=1)", False),
        (SOURCE, False),
    ],
)
def test_a_question_is_known_by_its_key(source: str, asks: bool) -> None:
    assert regions.is_question(source) is asks
