"""What does it cost to grade student-written code in the sandbox, beside the code's own time?

    python benchmarks/sandbox.py [--tasks 200] [--write docs/sandbox.md]

A task: have a process forked and locked in, load an answer, call a function twice, end the process. Beside the figures
stand those of the trial that came before, on a quiet machine of the same kind.
"""

import argparse
import os
import platform
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from measured_page import write

from attention_course.instructor.sandbox import landlock
from attention_course.instructor.sandbox.client import WarmProcess
from attention_course.instructor.sandbox.sandbox import Sandbox

ANSWER = """
import math, torch
def attention(q, k, v):
    return (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1) @ v
def same(x):
    return x
"""
THREADS = 8


def task(sandbox: Sandbox) -> None:
    """Grade one answer."""
    q = torch.randn(2, 4, 8)
    with sandbox.open(ANSWER, seconds=60) as student:
        for _ in range(2):
            student.attention(q, q, q)


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long some work took each time."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def of(taken: list[float]) -> str:
    """Return median and 95th percentile."""
    return f"{statistics.median(taken):.1f} | {sorted(taken)[int(0.95 * len(taken))]:.1f}"


def computing(warm: WarmProcess) -> tuple[float, float]:
    """Return the computing time, in ms, of the warm process, and of its children that have ended."""
    fields = Path(f"/proc/{warm._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    own, ended = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
    tick = 1000 / os.sysconf("SC_CLK_TCK")
    return own * tick, ended * tick


def shares(warm: WarmProcess, sandbox: Sandbox, times: int) -> str:
    """Return who computes how long for a task."""
    before, begun = computing(warm), time.process_time()
    for _ in range(times):
        task(sandbox)
    time.sleep(0.5)  # until the last child has ended
    after, own = computing(warm), 1000 * (time.process_time() - begun)
    parts = [after[0] - before[0], after[1] - before[1], own]
    warm_ms, child_ms, own_ms = (part / times for part in parts)
    return f"warm process {warm_ms:.1f}, child {child_ms:.1f}, grader {own_ms:.1f} ms"


def in_threads(sandbox: Sandbox, tasks: int) -> float:
    """Return milliseconds a task when several threads share the warm process."""
    threads = [
        threading.Thread(target=lambda: [task(sandbox) for _ in range(tasks // THREADS)]) for _ in range(THREADS)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 1000 * (time.perf_counter() - begun) / (tasks // THREADS * THREADS)


def measure(tasks: int) -> Iterator[str]:
    """Measure everything; yield the lines of the page."""
    load, linux = os.getloadavg()[0], f"{platform.machine()}, Linux {platform.release().split('-')[0]}"
    yield f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {load:.1f}, {linux}."
    yield ""
    yield "| | median, ms | 95 %, ms | trial: median; 95 % |"
    yield "|---|---|---|---|"
    begun = time.perf_counter()
    warm = WarmProcess()
    ready = time.perf_counter() - begun
    sandbox = Sandbox(warm.path)
    task(sandbox)
    yield f"| a task, `{warm.files}` | {of(milliseconds(lambda: task(sandbox), tasks))} | 14.6; 35 (load 3) |"
    if landlock.version():
        none = WarmProcess("none")
        yield f"| a task, `none` | {of(milliseconds(lambda: task(Sandbox(none.path)), tasks))} | 21–27; 37–42 |"
        none.close()
    ten = milliseconds(lambda: [task(sandbox) for _ in range(10)], max(tasks // 20, 5))
    yield f"| ten tasks | {of(ten)} | 150–370 |"
    with sandbox.open(ANSWER, seconds=60) as student:
        small, large = torch.ones(2), torch.ones(10 << 18)
        student.same(large)
        yield f"| a small call | {of(milliseconds(lambda: student.same(small), tasks))} | 0.5 |"
        yield f"| 10 MB there and back | {of(milliseconds(lambda: student.same(large), 20))} | 77 |"
    yield ""
    each = in_threads(sandbox, 2 * tasks)
    yield f"{THREADS} threads that share the warm process: {each:.1f} ms a task (trial: 19.5)."
    yield f"Computing time of a task: {shares(warm, sandbox, tasks)} (trial: 7.5, 5.7 and 1.5 ms)."
    yield f"The warm process is ready after {ready:.1f} s (trial: 3.7), while nbgrader itself gets ready."
    warm.close()


def main() -> None:
    """Measure, print, and write the page where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    lines = []
    for line in measure(options.tasks):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        write(options.write, lines)


if __name__ == "__main__":
    main()
