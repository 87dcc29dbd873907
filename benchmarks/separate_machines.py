"""How does a class come out on separate machines? A Dask cluster in network namespaces, the gradebook in PostgreSQL.

    python benchmarks/separate_machines.py practice=100 code=100

As root, on Linux. Two workers grade a mixed class; one is switched off when a third is done. Another one comes in its
place, and is cut off when two thirds are. Scores and comments must be those of a grading on this machine alone.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import watched
from conditions import measuring
from thousand_students import made_course, part_of

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import classroom
import machines
import whole_gradebook
from separate_cluster import SeparateCluster, separate_cluster


def measure(lesson: str, size: int) -> dict[str, Any]:
    """Grade a class here and there; raise RuntimeError where that is not the same."""
    with tempfile.TemporaryDirectory(prefix="machines-") as name:
        here = made_course(Path(name, "here"), lesson, size)
        there = part_of(here, Path(name, "there"), size)
        (there / "gradebook.db").unlink()
        local = watched.grade(here, lesson).seconds
        with separate_cluster(Path(name)) as cluster:
            seconds = on_cluster(cluster, there, lesson, size)
            rows = whole_gradebook.rows(cluster.socket_url, lesson)
        if rows != (other := whole_gradebook.rows(whole_gradebook.url(here), lesson)):
            raise RuntimeError(f"Other grades: {sorted({*rows} ^ {*other}, key=str)[:6]}")
        return {"size": size, "here": local, "there": seconds, "students": len({row[0] for row in rows})}


def on_cluster(cluster: SeparateCluster, course: Path, lesson: str, size: int) -> float:
    """Grade a course on a cluster that loses a worker, and then another one; return the seconds."""
    config = course / "course_config.py"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\nc.CourseDirectory.db_url = {cluster.socket_url!r}\n", encoding="utf-8")
    shutil.rmtree(course / "release")
    classroom.nbgrader(course, "generate_assignment", lesson)
    config.write_text(f"{text}\nc.CourseDirectory.db_url = {cluster.db_url!r}\n", encoding="utf-8")
    for name in ("one", "two"):
        cluster.add_worker(name)

    def switch_off() -> None:
        cluster.workers["two"].off()
        cluster.add_worker("three")

    midway = {size // 3: switch_off, 2 * size // 3: lambda: cluster.workers["three"].unplug()}
    begun = time.perf_counter()
    code, said = cluster.grade(course, lesson, midway)
    if code not in (0, 1) or f"/{size} " not in said:
        raise RuntimeError(said)
    return time.perf_counter() - begun


def main() -> None:
    """Grade the classes that are named, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("classes", nargs="*", metavar="LESSON=SIZE", default=["practice=100", "code=100"])
    options = parser.parse_args()
    if reason := machines.why_not():
        sys.exit(reason)
    for each in options.classes:
        lesson, _, size = each.partition("=")
        with measuring("separate_machines") as figures:
            figures[lesson] = measure(lesson, int(size or 100))
            print(lesson, figures[lesson], flush=True)


if __name__ == "__main__":
    main()
