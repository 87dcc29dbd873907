"""What every demo does: it takes a new folder, and then one step after another, each with its time."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from attention_course.errors import CourseError


class NoPlace(CourseError):
    """A demo cannot be played here; the message says why."""


def new_folder(arguments: list[str], name: str) -> Path:
    """Return the folder that a command line names, or a temporary one with this name in its own.

    Raises NoPlace where the working directory is not a course's, and where the folder is not empty.
    """
    if not Path("course_config.py").exists():
        raise NoPlace("No course is here: run this in the folder of course_config.py.")
    folder = Path(arguments[0] if arguments else tempfile.mkdtemp(prefix=f"attention-course-{name}-")).absolute()
    if folder.exists() and any(folder.iterdir()):
        raise NoPlace(f"{folder} is not empty: name a folder that is new.")
    return folder


def take(steps: Mapping[str, Callable[[], object]]) -> None:
    """Take steps by their titles, in order, and say how many seconds each took."""
    for title, step in steps.items():
        begun = time.monotonic()
        print(f"{title} …", end=" ", flush=True)
        step()
        print(f"{time.monotonic() - begun:.1f} s", flush=True)
