"""How long `make release` takes: all lessons, and again with nothing new, in a copy of the project.

python benchmarks/make_release.py [--runs 3]
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from conditions import measuring

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import project


def timed(copy: Path) -> float:
    """Make what is due of the release; return the seconds."""
    begun = time.perf_counter()
    project.make(copy, "release", "YES=1")
    return time.perf_counter() - begun


def measure(runs: int) -> dict[str, object]:
    """Return the seconds of a release of all lessons, and of one with nothing new, each time."""
    everything, nothing, lessons = [], [], 0
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="release-") as name:
            copy = project.copy(Path(name, "project"))
            everything.append(timed(copy))
            nothing.append(timed(copy))
            lessons = len(list((copy / "release").glob("*/*.ipynb")))
    return {"lessons": lessons, "everything": everything, "nothing": nothing}


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with measuring("release") as figures:
        figures["release"] = measure(options.runs)
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
