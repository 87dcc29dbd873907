"""A guess, before anything is imported, whether a lesson has something new to be graded."""

from pathlib import Path

MARKER = ".graded.json"  # beside each graded notebook, runner/submissions.py


def looks_new(lesson: str) -> bool:
    """Is there a submission that has changed, or whose course has, since it was graded, by the times of the files?

    Grading itself does not go by that. It is told so when to start what takes seconds to start: at once, beside all
    else, or only when something has turned out to be new.
    """
    course = max((path.stat().st_mtime for path in Path().glob("*config.py")), default=0.0)
    return any(
        max(course, _time(folder), *map(_time, folder.iterdir())) > _time(_marker(folder))
        for folder in Path("submitted").glob(f"*/{lesson}/")
    )


def _marker(folder: Path) -> Path:
    return Path("autograded", *folder.parts[1:], MARKER)


def _time(path: Path) -> float:
    """Return when a file was changed; 0 where it is not there, or cannot be looked at."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
