"""What the README says is true."""

import json
import re

from classroom import LESSON, NOTEBOOK, ROOT

from attention_course.course import facts, words
from attention_course.instructor.source.check import check

README = (ROOT / "README.md").read_text(encoding="utf-8")
WORK = {"work/", f"work/{LESSON}.ipynb", "start.ipynb"}
NOT_IN_GIT = {*WORK, "submitted/", "feedback/", "reports/", "archive/", "gradebook.db", "grades.csv", ".venv/"}


def test_every_command_it_names_is_in_the_makefile() -> None:
    commands = set(re.findall(r"(?:`|^    )make ([a-z]+)", README, re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert commands - targets == set()
    assert len(commands) > 5


def test_every_file_it_names_is_there() -> None:
    in_code = re.findall(r"`([\w./-]+(?:/|\.ipynb|\.py|\.db|\.csv))`", README)
    links = re.findall(r"\]\((?!http)([^)]+)\)", README)
    assert [name for name in (*in_code, *links) if name not in NOT_IN_GIT and not (ROOT / name).exists()] == []


def test_its_table_has_every_lesson_with_its_minutes_and_points() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| ([^|]+) \| ([\d.]+) \|", README, re.MULTILINE)
    assert rows == [(name, about.time, words.number(about.points)) for name, about in facts.known().items()]


def test_its_example_of_a_question_is_complete() -> None:
    example = re.search(r"^```python\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert example is not None
    name = re.search(r'Blanks\(\s*"([a-z-]+)"', example[1])
    assert name is not None
    source = json.loads((ROOT / f"source/{NOTEBOOK}").read_text(encoding="utf-8"))
    nbgrader = {"grade": True, "grade_id": name[1], "locked": True, "points": 1, "schema_version": 3, "solution": False}
    cell = {"cell_type": "code", "id": "example", "source": example[1], "metadata": {"nbgrader": nbgrader}}
    source["cells"].append({**cell, "outputs": [], "execution_count": None})
    assert check(source, LESSON) == []
