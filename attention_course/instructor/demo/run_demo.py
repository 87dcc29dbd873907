"""What every demo does: it takes a new folder, and then one step after another, each with its time."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path


def run_demo(demo: Callable[[Path], bool], name: str, arguments: list[str]) -> int:
    """Run a demo in the folder that a command line names, or in a temporary one with this name in its own.

    Returns the exit code: 1 where it found something wrong, or where it cannot be run here and says so.
    """
    if not Path("course_config.py").exists():
        print("No course is here: run this in the folder of course_config.py.")
        return 1
    folder = Path(arguments[0] if arguments else tempfile.mkdtemp(prefix=f"attention-course-{name}-")).absolute()
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder} is not empty: name a folder that is new.")
        return 1
    return 0 if demo(folder) else 1


def take_steps(steps: Mapping[str, Callable[[], object]]) -> None:
    """Take steps by their titles, in order, and say how many seconds each took."""
    for title, step in steps.items():
        begun = time.monotonic()
        print(f"{title} …", end=" ", flush=True)
        step()
        print(f"{time.monotonic() - begun:.1f} s", flush=True)
