"""What docs/teaching.md says of the lessons is what they say themselves."""

import re

import pytest
from classroom import ROOT

from attention_course.course import facts, words

TEXT = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
FACTS = facts.known()
SECTIONS = {
    found[1]: found[0] for found in re.finditer(r"^## `([a-z]+)`(?:.(?!^## ))*", TEXT, re.MULTILINE | re.DOTALL)
}


def test_every_lesson_has_a_section_in_the_order_of_the_path() -> None:
    assert list(SECTIONS) == list(FACTS)


@pytest.mark.parametrize("lesson", FACTS)
def test_minutes_points_and_questions_of_a_lesson(lesson: str) -> None:
    about, section = FACTS[lesson], SECTIONS[lesson]
    assert section.splitlines()[0] == f"## `{lesson}`: {about.time}, {words.counted(about.points, 'point')}"
    rows = re.findall(r"^\| `([\w-]+)`", section, re.MULTILINE)
    assert rows == [name for name, points in about.questions.items() if points]
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section)) <= set(about.questions)
    objectives = section.split("| question |")[0]
    assert set(rows) <= set(re.findall(r"`([\w-]+)`", objectives)), "each question tests an objective"
