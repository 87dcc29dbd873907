"""Notebooks that were released before keep working with today's package."""

import json
import subprocess
import sys
from pathlib import Path

# The lines of version 0.1's released notebook that import from the package, or ask what today is asked otherwise.
CELLS = [
    "from attention_course import Blanks, Choice, Lesson, heatmap",
    'lesson = Lesson("practice")',
    "from attention_course.toy import toy_heads\nassert toy_heads(['a', 'b'], heads=4).shape == (4, 2, 2)",
    """answer = lesson.ask(Blanks(
    "scaled", "hard", number=4, prompt="Scale.", program="x = 8 / [1]", options=["64**0.5", "64"], hint="Which?",
    mistakes=["One.", "Two."], key=["64**0.5"], why_not={"64": "Too much."}, solution="It is 8."))""",
    """answer = lesson.ask(Choice(
    "purpose", "easy", number=1, prompt="What for?", options=["larger", "fewer", "focus"], hint="Think.",
    mistakes=["One.", "Two."], key="C", why_not={"A": "No.", "B": "No."},
    solution={"steps": ["So."], "answer": "C: focus", "check": "Yes."}))
assert answer.question.is_right(["C"])""",
]


def test_the_cells_of_a_notebook_of_version_0_1_run_with_the_package_of_today(tmp_path: Path) -> None:
    script = "\n".join(CELLS)
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_records_of_version_0_1_are_read(tmp_path: Path) -> None:
    attempts = [{"picks": ["C"], "at": "2026-03-02T09:41:00+00:00"}]
    answers = {"purpose": {"revision": 1, "attempts": attempts}}
    metadata = {"attention_course": {"version": 1, "lesson": "practice", "answers": answers}}
    from attention_course.answers import record

    records, problems = record.read(json.loads(json.dumps({"metadata": metadata, "cells": []})), "practice")
    assert (records["purpose"].attempts[0].picks, problems) == (("C",), {})


def test_receipts_of_an_older_0_2_are_read_where_the_metadata_is_lost() -> None:
    """As a package of some sixty changes before wrote them: the other answers were not in each receipt yet."""
    attempts = [{"at": f"2026-11-28T17:07:1{second}+00:00", "picks": [pick]} for second, pick in ((5, "a"), (6, "b"))]
    kept = {"attempts": attempts, "order": ["b", "a", "c"], "revision": 2}
    receipt = {"answers": {}, "lesson": "practice", "question": "purpose", "record": kept, "version": 1}
    data = {"application/vnd.attention-course.receipt+json": receipt, "text/plain": "2 of 3 attempts used"}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output], "execution_count": 1}
    from attention_course.answers import record

    records, problems = record.read({"metadata": {}, "cells": [cell]}, "practice")
    assert problems == {}
    assert [attempt.picks for attempt in records["purpose"].attempts] == [("a",), ("b",)]
    assert records["purpose"].order == ("b", "a", "c")
