"""How long does it take to grade a class? Stock nbgrader against `attention-course grade`, in one run.

    python benchmarks/grade_class.py [--stock 40] [--sizes 10 40 160] [--runs 3]

Both grade the same made-up class, with the same preprocessors; stock has nbgrader's own Execute with its own settings.
"""

import argparse
import dataclasses
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from conditions import measuring
from rich.console import Console

from attention_course.instructor.demo import CLASS, Course, make_class
from attention_course.instructor.demo.course import read_points
from attention_course.instructor.runner import grade_class
from attention_course.instructor.runner.execute import Task, execute
from attention_course.instructor.runner.grading_report import GradingReport

ROOT = Path(__file__).parent.parent
WORKERS = os.cpu_count() or 1


def made_course(folder: Path, size: int) -> Path:
    """Make a course with a class of this size, each student like one of the demo's twelve."""
    course = Course(folder, ROOT)
    course.release()
    students = [dataclasses.replace(CLASS[number % len(CLASS)], id=f"student-{number:03}") for number in range(size)]
    make_class(folder, students)
    return folder


def stock(folder: Path) -> float:
    """Grade with plain nbgrader and ordinary kernels; return the seconds it takes."""
    config = folder / "course_config.py"
    text = config.read_text(encoding="utf-8").replace("    ExecuteForked,", "    stock.Execute,")
    lines = [line for line in text.splitlines() if not line.startswith("c.Execute.")]
    config.write_text("\n".join(lines), encoding="utf-8")
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "practice", "--log-level=ERROR"],
        cwd=folder,
        check=True,
    )
    return time.perf_counter() - begun


def ours(folder: Path, *, first: bool = True) -> tuple[float, dict[str, float]]:
    """Grade with `attention-course grade`; return the seconds, and the most memory (MB) of it and of a child.

    The first time every picture is drawn; else those of another time are there.
    """
    if first:
        shutil.rmtree(folder / ".grading", ignore_errors=True)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "attention_course.instructor.cli", "grade", "practice", "--force"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    peak = {"grading": 0.0, "child": 0.0}
    while process.returncode is None:
        look(psutil.Process(process.pid), peak)
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)  # looking costs time, too
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError("A submission of the made-up class could not be graded.")
    return seconds, peak


def look(parent: psutil.Process, peak: dict[str, float]) -> None:
    """Note how much memory a process and those it started hold now, where that is more than before."""
    for process in (parent, *parent.children(recursive=True)):
        try:
            command_line = " ".join(process.cmdline())
            kind = "child" if "forkserver.server" in command_line else "grading"
            peak[kind] = max(peak[kind], process.memory_full_info().pss / 1e6)
        except psutil.Error:  # it has just ended
            continue


def bookkeeping(folder: Path) -> float:
    """Return the seconds that a submission takes in the main process, the median of a class."""
    os.chdir(folder)
    report = GradingReport(Console(quiet=True))
    grade_class.grade_class(grade_class.Request("practice", workers=WORKERS, force=True), report)
    return statistics.median(result.bookkeeping for result in report.results)


def split(folder: Path) -> dict[str, float]:
    """Return where the seconds of executing one submission go; medians of seven."""
    os.chdir(folder)
    captured: list[Task] = []

    class Stop(Exception):
        pass

    def capture(_workers: Any, task: Task, _done: Any) -> None:
        captured.append(task)
        raise Stop

    submit = grade_class.Workers.submit
    grade_class.Workers.submit = capture  # type: ignore[method-assign]
    try:
        nowhere = GradingReport(Console(quiet=True))
        grade_class.grade_class(grade_class.Request("practice", ["student-001"], force=True), nowhere)
    finally:
        grade_class.Workers.submit = submit  # type: ignore[method-assign]
    task = captured[0]
    whole = _median(task)
    empty = _median(dataclasses.replace(task, notebook=_without_cells(task.notebook)))
    return {"a process of its own: fork, shell, end": empty, "the cells": whole - empty}


def _without_cells(text: str) -> str:
    import nbformat

    notebook = nbformat.reads(text, 4)
    notebook.cells = []
    return nbformat.writes(notebook)


def _median(task: Task) -> float:
    execute(task)  # the first one starts the fork server
    return statistics.median(execute(task).seconds for _ in range(7))


def second_run(folder: Path) -> float:
    """Return the seconds that `attention-course grade` takes where nothing is new."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "attention_course.instructor.cli", "grade", "practice"]
    said = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    if not said.startswith("0 graded, 0 failed"):
        raise RuntimeError(f"Something was new in the second run:\n{said}")
    return time.perf_counter() - begun


def measure(stock_size: int, sizes: list[int], runs: int) -> dict[str, Any]:
    """Measure everything; the figures are seconds, and MB of memory."""
    found: dict[str, Any] = {"took": {}}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for size in sorted({*sizes, stock_size} - {0}):
            folder = made_course(Path(name, f"class-{size}"), size)
            if size == stock_size:
                other = Path(shutil.copytree(folder, Path(name, "stock")))
                found["stock"] = {"size": size, "seconds": stock(other)}
            measured = [ours(folder) for _ in range(runs)]
            found["once more"] = [ours(folder, first=False)[0] for _ in range(runs)]
            found["took"][str(size)] = [seconds for seconds, _ in measured]
            if size == stock_size:
                found["stock"]["same"] = read_points(folder, "practice") == read_points(other, "practice")
        found["second run"] = [second_run(folder) for _ in range(runs)]
        found["parts"] = split(folder) | {"nbgrader's bookkeeping, in the main process meanwhile": bookkeeping(folder)}
        found["memory"] = {kind: max(peak[kind] for _, peak in measured) for kind in measured[0][1]}
    return found


def main() -> None:
    """Measure, print, and keep the figures for docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stock", type=int, default=40, help="the class that stock nbgrader grades, too; 0 for none")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 40, 160])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with measuring("class") as figures:
        figures["class"] = measure(options.stock, options.sizes, options.runs)
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
