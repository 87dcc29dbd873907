"""How long, and with how much memory, are a thousand students graded? And are all graded alike when it is killed?

    python benchmarks/thousand_students.py practice=1000 learn=1000 code=200 experiment=60
    python benchmarks/thousand_students.py practice=400 --no-growth --killed 3

Each class is mixed, one in twenty faulty (mixed_class.py). A quarter and a half of it are graded, too: --no-growth.
With --killed its grading is killed so many times, each at a random moment, taken up, and compared (killed.py).
"""

import argparse
import os
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

import watched
from conditions import measuring
from killed import kill_and_take_up
from mixed_class import ROOT, MixedClass

from attention_course.instructor.demo import Course

SIZES = {"practice": 1000, "learn": 1000, "code": 200, "experiment": 60}


def made_course(folder: Path, lesson: str, size: int) -> Path:
    """Make a course whose class has handed in a lesson."""
    Course(folder, ROOT, lesson).release()
    MixedClass(folder, lesson).hand_in(size)
    return folder


def part_of(course: Path, folder: Path, size: int) -> Path:
    """Return a course with the first so many students of another one's class, where nothing is graded yet."""
    shutil.copytree(course, folder, ignore=shutil.ignore_patterns("submitted"))
    for student in sorted((course / "submitted").iterdir())[:size]:
        shutil.copytree(student, folder / "submitted" / student.name, copy_function=os.link)
    return folder


def figures_of(seen: watched.Watched, size: int) -> dict[str, Any]:
    """Return what is kept of a class that was graded."""
    done = seen.done()
    if len(done) != size:
        raise RuntimeError(f"{len(done)} of {size} came to an end:\n" + "\n".join(line for _, line in seen.lines[-20:]))
    shares = {share: done[int(size * float(share)) - 1] for share in ("0.25", "0.5", "1")}
    return {
        "size": size,
        "seconds": seen.seconds,
        "first after": done[0],
        "each": (done[-1] - done[0]) / max(size - 1, 1),
        "done": shares,
        "processor seconds at": {share: seen.used_by(when) for share, when in shares.items()},
        "not graded": sum(": not graded" in line for _, line in seen.lines[:-1] if line[:1].isdigit()),
        "processor": seen.processor,
        "memory": {kind: seen.by_quarter(kind) for kind in seen.memory},
    }


def measure(lesson: str, size: int, growth: bool, killed: int, chance: random.Random) -> dict[str, Any]:
    """Make a class, and grade it in all the ways that are asked for."""
    with tempfile.TemporaryDirectory(prefix="thousand-") as name:
        course = made_course(Path(name, "class"), lesson, size)
        sizes = [size // 4, size // 2, size] if growth else [size]
        courses = {each: part_of(course, Path(name, f"class-{each}"), each) for each in sizes}
        found = {"grown": [figures_of(watched.grade(courses[each], lesson), each) for each in sizes]}
        for one in found["grown"]:
            print(f"{lesson}, {one['size']}: {one['seconds']:.1f} s, each {1000 * one['each']:.0f} ms", flush=True)
            print(f"  done after: { {share: round(s, 1) for share, s in one['done'].items()} }, ", end="")
            print(f"processor: { {share: round(s, 1) for share, s in one['processor seconds at'].items()} }")
            print(f"  processor, seconds: { {kind: round(s, 1) for kind, s in one['processor'].items()} }")
            print(f"  memory by quarters, MB: { {kind: [round(m) for m in q] for kind, q in one['memory'].items()} }")
        if killed:
            again = part_of(course, Path(name, "killed"), size)
            seconds = found["grown"][-1]["seconds"]
            found["killed"] = kill_and_take_up(again, courses[size], lesson, killed, seconds, chance)
            print(f"  killed: {found['killed']}", flush=True)
        return found


def main() -> None:
    """Measure the classes that are named, or all; print, and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("classes", nargs="*", metavar="LESSON=SIZE", default=[f"{k}={v}" for k, v in SIZES.items()])
    parser.add_argument("--no-growth", dest="growth", action="store_false", help="grade the whole class only")
    parser.add_argument("--killed", type=int, default=0, metavar="TIMES")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="tells the random moments")
    options = parser.parse_args()
    print(f"--seed {options.seed}")
    for each in options.classes:
        lesson, _, size = each.partition("=")
        with measuring("killed" if options.killed else "thousand_students") as figures:
            figures[lesson] = measure(
                lesson, int(size or SIZES[lesson]), options.growth, options.killed, random.Random(options.seed)
            )


if __name__ == "__main__":
    main()
