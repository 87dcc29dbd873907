"""docs/performance.md is put together of what was measured; its prose, and what is not measured yet, stay."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import performance_page
from tables import TABLES, conditions

ABOUT = {
    "cores": 2,
    "processor": "A Processor",
    "memory": "24 GiB",
    "system": "Linux 6.1",
    "python": "3.11.7",
    "date": "2026-11-28",
    "load before": [0.1, 0.22, 0.3],
    "others' share of the processors": 0.034,
    "seconds": 60,
}
CLASS = {
    "took": {"10": [4.0, 3.0, 5.0], "40": [7.0, 6.0, 6.5]},
    "stock": {"size": 40, "seconds": 260.0, "same": True},
    "second run": [0.9, 1.0, 0.8],
    "once more": [5.0, 4.0, 6.0],
    "parts": {"the cells": 0.1294},
    "memory": {"grading": 233.4},
}
PAGE = """# Title

<!-- measured: class -->
old
<!-- end of class -->

Prose | with a table | in it.

<!-- measured: release -->
of before
<!-- end of release -->
"""


def kept(folder: Path, name: str, **parts: Any) -> None:
    found = {part: {"figures": figures, "conditions": ABOUT} for part, figures in parts.items()}
    (folder / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")


def test_a_table_takes_the_place_of_the_old_one_and_all_else_stays(tmp_path: Path) -> None:
    kept(tmp_path, "class", **{"class": CLASS})
    made = performance_page.put_together(PAGE, tmp_path)
    assert "old" not in made
    assert "Prose | with a table | in it." in made
    assert "<!-- measured: release -->\nof before\n<!-- end of release -->" in made
    assert performance_page.put_together(made, tmp_path) == made


def test_the_start_and_each_further_submission_are_told_from_two_classes() -> None:
    lines = "\n".join(TABLES["class"]({"class": {"figures": CLASS, "conditions": ABOUT}}))
    assert "| 40 | 260 s (6.50 s each) | 6.5 s | 162 ms | **40** |" in lines
    assert "From a class of 10 to one of 40, each submission more takes 83 ms; so the\nstart takes 3.2 s." in lines
    assert "| the cells | 129 |" in lines


def test_the_conditions_are_said_once_for_what_shares_them() -> None:
    found = {"practice": {"conditions": ABOUT}, "learn": {"conditions": ABOUT}}
    assert list(conditions(found)) == [
        "*Measured: 2026-11-28, 2 cores (A Processor), 24 GiB, Linux 6.1, Python 3.11.7; load before it 0.1, 0.2, 0.3; "
        "others used 3 % of the processors meanwhile.*"
    ]
    found["learn"] = {"conditions": ABOUT | {"date": "2026-11-29"}}
    assert [line[:32] for line in conditions(found)] == [
        "*Measured: practice: 2026-11-28,",
        "*Measured: learn: 2026-11-29, 2 ",
    ]


def test_growing_classes_have_a_row_each_and_the_largest_its_memory() -> None:
    one = {
        "size": 4,
        "seconds": 12.0,
        "first after": 2.0,
        "each": 0.08,
        "done": {"0.25": 3.0, "0.5": 6.0, "1": 12.0},
        "processor seconds at": {"0.25": 5.0, "0.5": 10.0, "1": 20.0},
        "not graded": 1,
        "processor": {"grading": 8.0, "sandbox": 12.0},
        "memory": {"grading": [100.0, 101.4, 101.0, 101.0]},
    }
    figures = {"grown": [one | {"size": 2}, one]}
    lines = list(TABLES["thousand_students"]({"learn": {"figures": figures}}))
    assert "| `learn` | 4 | 1 | 2.0 s | 12 s | 80 ms | 5000 ms |" in lines
    assert sum(line.startswith("| `learn` | 2 |") for line in lines) == 1
    assert "| `learn` | 3 s | 6 s | 12 s | 5 s | 10 s | 20 s |" in lines
    assert "| `learn` | grading | 8 s | 100, 101, 101, 101 |" in lines


def test_a_page_of_many_questions_has_the_times_that_were_measured() -> None:
    figures = {
        "questions": 25,
        "first_question": 870,
        "all_cells": 5100,
        "verdict": {"median": 41, "worst": 93, "presses": 20},
        "picture": {"median": 120, "worst": 300, "presses": 20},
        "scrolling": {"late_frames": 1, "frames": 500, "longest_gap": 60, "long_tasks": 2, "longest_task": 71},
    }
    lines = list(TABLES["page"]({"page": {"figures": figures}}))
    assert lines[0] == "| a page of 25 questions | median | worst |"
    assert "| from Check to the verdict, 20 times | 41 ms | 93 ms |" in lines
    assert "| from *Run* to the first question | 870 ms | |" in lines


def test_the_page_in_docs_is_what_was_measured_and_has_room_for_every_table() -> None:
    text = performance_page.PAGE.read_text(encoding="utf-8")
    assert {part[1] for part in performance_page.PART.findall(text)} == {*TABLES}
    assert performance_page.put_together(text) == text


def test_a_part_that_no_benchmark_makes_is_named() -> None:
    with pytest.raises(KeyError, match="typo"):
        performance_page.put_together("<!-- measured: typo -->\n<!-- end of typo -->")
