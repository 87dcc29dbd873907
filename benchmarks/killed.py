"""Kills a grading at random moments, takes it up, and compares what came of it with a grading that nobody killed."""

import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from conditions import reap_orphans
from mixed_class import ROOT

sys.path.append(str(ROOT / "tests"))

import whole_gradebook

GRADED = re.compile(r"^\d+/\d+ (\S+): graded$", re.MULTILINE)
LATEST = 0.6  # of the time that grading takes: the last time it is taken up, something must be left


def kill_and_take_up(
    course: Path, undisturbed: Path, lesson: str, times: int, seconds: float, chance: random.Random
) -> dict[str, Any]:
    """Grade a course, killed so many times; raise RuntimeError where anything is other than in the undisturbed one."""
    moments, done = [], list[str]()
    for _ in range(times):
        moments.append(chance.uniform(0.2, max(LATEST * seconds, 3)))
        done += grade(course, lesson, moments[-1])
        if left := reap_orphans():
            raise RuntimeError(f"Killed after {moments[-1]:.1f} s, and this is left: {left}")
        demand_whole(course)
    before = len(done)
    done += grade(course, lesson, None)
    if twice := {student for student in done if done.count(student) > 1}:
        raise RuntimeError(f"Graded twice: {sorted(twice)}")
    rows, other = (whole_gradebook.rows(whole_gradebook.url(each), lesson) for each in (course, undisturbed))
    if rows != other:
        raise RuntimeError(f"Other grades: {sorted({*rows} ^ {*other}, key=str)[:6]}")
    if notebooks(course) != notebooks(undisturbed):
        raise RuntimeError(f"Other notebooks: {sorted(notebooks(course) ^ notebooks(undisturbed))[:6]}")
    return {"size": len({row[0] for row in rows}), "moments": moments, "graded before the last": before}


def grade(course: Path, lesson: str, moment: float | None) -> list[str]:
    """Grade, and kill the grading process after so many seconds; return who was graded, as far as it said so."""
    command = [sys.executable, "-u", "-m", "attention_course.instructor.cli", "grade", lesson]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=course, stdout=said, stderr=subprocess.STDOUT)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        time.sleep(0.1)
        said.seek(0)
        return GRADED.findall(said.read())


def demand_whole(course: Path) -> None:
    """Raise RuntimeError where the gradebook is damaged."""
    with sqlite3.connect(course / "gradebook.db") as db:
        if (said := db.execute("pragma integrity_check").fetchone()[0]) != "ok":
            raise RuntimeError(f"The gradebook is damaged: {said}")


def notebooks(course: Path) -> set[str]:
    """Return what lies in autograded/, whatever it is called."""
    graded = course / "autograded"
    return {str(path.relative_to(graded)) for path in graded.rglob("*") if path.is_file()}
