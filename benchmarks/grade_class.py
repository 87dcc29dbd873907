"""How long does it take to grade a class? Stock nbgrader against `attention-course grade`, in one run.

    python benchmarks/grade_class.py [--stock 40] [--sizes 10 40 160] [--runs 3] [--write docs/performance.md]

Both grade the same made-up class, with the same preprocessors; stock has nbgrader's own Execute with its own settings.
"""

import argparse
import dataclasses
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from measured_page import write
from rich.console import Console

from attention_course.instructor.demo import CLASS, Course, make_class
from attention_course.instructor.demo.course import read_points
from attention_course.instructor.runner import grade_class
from attention_course.instructor.runner.execute import Task, execute
from attention_course.instructor.runner.grading_report import GradingReport

ROOT = Path(__file__).parent.parent
WORKERS = os.cpu_count() or 1
FORGET = "from attention_course import Lesson\nLesson.runner._known.clear()"  # so pictures are drawn anew


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


def ours(folder: Path) -> tuple[float, dict[str, float]]:
    """Grade with `attention-course grade`; return the seconds, and the most memory (MB) of it and of a child."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "attention_course.instructor.cli", "grade", "practice", "--force"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    peak = {"grading": 0.0, "child": 0.0}
    while process.poll() is None:
        look(psutil.Process(process.pid), peak)
        time.sleep(1)  # looking costs time, too
    if process.returncode:
        raise RuntimeError("A submission of the made-up class could not be graded.")
    return time.perf_counter() - begun, peak


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
    empty = _median(dataclasses.replace(task, notebook=_with_cells(task.notebook, [])))
    forgetful = _median(dataclasses.replace(task, notebook=_with_cells(task.notebook, None, FORGET)))
    return {
        "a process of its own: fork, shell, end": empty,
        "the cells": whole - empty,
        "(the pictures, were they not drawn once for the class)": forgetful - whole,
    }


def _with_cells(text: str, cells: list[Any] | None, first: str = "") -> str:
    import nbformat

    notebook = nbformat.reads(text, 4)
    notebook.cells = notebook.cells if cells is None else cells
    if first:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first))
    return nbformat.writes(notebook)


def _median(task: Task) -> float:
    execute(task)  # the first one starts the fork server
    return statistics.median(execute(task).seconds for _ in range(7))


def measure(stock_size: int, sizes: list[int], runs: int) -> Iterator[str]:
    """Measure everything; yield the lines of the page."""
    yield f"{time.strftime('%Y-%m-%d')}, {WORKERS} cores, {platform.machine()}, Python {platform.python_version()}."
    yield ""
    yield "| class | `nbgrader autograde` | `attention-course grade` | a submission | times as fast |"
    yield "|---|---|---|---|---|"
    took, same = {}, False
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for size in sizes:
            folder = made_course(Path(name, f"class-{size}"), size)
            slow = ratio = ""
            if size == stock_size:
                other = Path(shutil.copytree(folder, Path(name, "stock")))
                seconds = stock(other)
                slow = f"{seconds:.0f} s ({seconds / size:.2f} s each)"
            measured = [ours(folder) for _ in range(runs)]
            took[size] = statistics.median(seconds for seconds, _ in measured)
            if slow:
                ratio = f"**{seconds / took[size]:.0f}**"
                same = read_points(folder, "practice") == read_points(other, "practice")
            yield f"| {size} | {slow} | {took[size]:.1f} s | {1000 * took[size] / size:.0f} ms | {ratio} |"
        yield ""
        yield f"The scores of both, cell by cell, are {'the same' if same else '**different**'}."
        small, large = min(took), max(took)
        if large > small:
            each = 1000 * (took[large] - took[small]) / (large - small)
            yield f"From {small} submissions to {large}, each one more takes {each:.0f} ms."
        yield ""
        yield "| where the time of a submission goes | ms |"
        yield "|---|---|"
        for part, seconds in split(folder).items():
            yield f"| {part} | {1000 * seconds:.0f} |"
        yield f"| nbgrader's bookkeeping, in the main process meanwhile | {1000 * bookkeeping(folder):.0f} |"
    yield ""
    most = ", ".join(f"{kind} {max(peak[kind] for _, peak in measured):.0f} MB" for kind in measured[0][1])
    yield f"The most memory (PSS) a process held, class of {sizes[-1]}: {most}."


def main() -> None:
    """Measure, print, and write the page where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stock", type=int, default=40, help="the class that stock nbgrader grades, too")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 40, 160])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    page = options.write and options.write.resolve()
    lines = []
    for line in measure(options.stock, sorted({*options.sizes, options.stock}), options.runs):
        print(line, flush=True)
        lines.append(line)
    if page:
        write(page, lines)


if __name__ == "__main__":
    main()
