"""Watches a command that grades: when each submission was done, and the memory and the time of every process."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

PAUSE = 2.0  # seconds between two looks: to look at a large process takes some hundredths of one
QUARTERS = 4
GRADING, SERVER, CHILD, SANDBOX, LOCKED = "grading", "fork server", "its children", "sandbox", "its children, locked in"


@dataclass
class Watched:
    """What was seen of a command: its exit code, what it said and when, and by kind of process memory and time."""

    code: int = 0
    seconds: float = 0
    lines: list[tuple[float, str]] = field(default_factory=list)  # seconds from the start, a line
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))  # seconds, MB
    processor: dict[str, float] = field(default_factory=dict)  # seconds of the processes of a kind
    used: list[tuple[float, float]] = field(default_factory=list)  # seconds from the start, the processors' so far

    def done(self) -> list[float]:
        """Return when each submission was done."""
        return [when for when, line in self.lines if ": graded" in line or ": not graded" in line]

    def used_by(self, moment: float) -> float:
        """Return the processors' seconds up to a moment, as far as they were seen."""
        return max((used for when, used in self.used if when <= moment + PAUSE), default=0)

    def by_quarter(self, kind: str) -> list[float]:
        """Return the most memory (MB) that one process of a kind held in each quarter of the time; 0 where none was."""
        length = self.seconds / QUARTERS
        most = [0.0] * QUARTERS
        for when, megabytes in self.memory[kind]:
            quarter = min(int(when / length), QUARTERS - 1)
            most[quarter] = max(most[quarter], megabytes)
        return most


def grade(course: Path, lesson: str, *options: str) -> Watched:
    """Run `attention-course grade` in a course, and watch it."""
    seen, begun = Watched(), time.perf_counter()
    command = [sys.executable, "-m", "attention_course.instructor.cli", "grade", lesson, *options]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    reading = threading.Thread(target=_read, args=(process, seen, begun))
    reading.start()
    main = psutil.Process(process.pid)
    while reading.is_alive():
        look(main, seen, time.perf_counter() - begun)
        reading.join(PAUSE)
    seen.code, seen.seconds = process.wait(), time.perf_counter() - begun
    return seen


def _read(process: "subprocess.Popen[str]", seen: Watched, begun: float) -> None:
    assert process.stdout
    for line in process.stdout:
        seen.lines.append((time.perf_counter() - begun, line.rstrip("\n")))


def look(main: psutil.Process, seen: Watched, now: float) -> None:
    """Note memory and time of a process and of all it has started. What has ended counts with whoever waited for it."""
    used: dict[str, float] = defaultdict(float)
    try:
        everybody = [(GRADING, main), *_kinds(main)]
    except psutil.Error:  # it has just ended
        return
    for kind, process in everybody:
        try:
            seen.memory[kind].append((now, process.memory_full_info().pss / 1e6))
            times: Any = process.cpu_times()
        except psutil.Error:
            continue
        used[kind] += times.user + times.system
        if kind in (SERVER, SANDBOX):
            used[CHILD if kind == SERVER else LOCKED] += times.children_user + times.children_system
    for kind, seconds in used.items():
        seen.processor[kind] = max(seconds, seen.processor.get(kind, 0))
    seen.used.append((now, sum(seen.processor.values())))


def _kinds(main: psutil.Process) -> list[tuple[str, psutil.Process]]:
    """Return what each process is that the grading one has started."""
    found = []
    for process in main.children():
        command = " ".join(process.cmdline())
        kinds = (SERVER, CHILD) if "forkserver" in command else (SANDBOX, LOCKED)
        found.append((kinds[0], process))
        found += [(kinds[1], child) for child in process.children(recursive=True)]
    return found
