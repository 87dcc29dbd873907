"""How long what follows grading takes: feedback pages, and the report of a thousand.

    python benchmarks/after_grading.py [--feedback 10 60] [--report 1000] [--runs 3]

The time of a feedback page is the difference of two classes, so that the start does not count; both are the demo's
twelve, over and over. The reported class is written straight to where grading leaves it (tests/fake_class.py).
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from conditions import measuring
from grade_class import ROOT, made_course

sys.path.append(str(ROOT / "tests"))

import classroom
import fake_class

CLI = "attention_course.instructor.cli"


def seconds_of(folder: Path, *module: str) -> float:
    """Run a module in a course, and return the seconds that it takes."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", *module], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def feedback(folder: Path, sizes: list[int], runs: int) -> dict[str, list[float]]:
    """Return the seconds in which the feedback pages of a class are made, by its size."""
    course = made_course(folder, max(sizes))
    seconds_of(course, CLI, "grade", "practice")
    took, command = {}, ("nbgrader", "generate_feedback", "practice", "--force")
    for size in sizes:
        part = Path(shutil.copytree(course, folder.with_name(f"feedback-{size}")))
        for student in sorted((part / "autograded").iterdir())[size:]:
            shutil.rmtree(student)
        took[str(size)] = [seconds_of(part, *command) for _ in range(runs)]
    return took


def report(folder: Path, size: int, runs: int) -> list[float]:
    """Return the seconds in which the report of a class is written, each time."""
    course = classroom.make_course(folder)
    seconds_of(course, "nbgrader", "generate_assignment", "practice")
    fake_class.class_of(course, size)
    return [seconds_of(course, CLI, "report", "practice") for _ in range(runs)]


def measure(sizes: list[int], reported: int, runs: int) -> dict[str, Any]:
    """Measure both; the figures are seconds."""
    with tempfile.TemporaryDirectory(prefix="after-") as name:
        took = feedback(Path(name, "course"), sizes, runs)
        small, large = (statistics.median(took[str(size)]) for size in (min(sizes), max(sizes)))
        return {
            "feedback": {"took": took, "each": (large - small) / (max(sizes) - min(sizes))},
            "report": {"size": reported, "took": report(Path(name, "reported"), reported, runs)},
        }


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feedback", type=int, nargs=2, default=[10, 60])
    parser.add_argument("--report", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with measuring("after_grading") as figures:
        figures |= measure(options.feedback, options.report, options.runs)
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
