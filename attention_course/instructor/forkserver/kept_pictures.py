"""KeptPictures: what an answer did, kept on disk for the next time that the same lesson is graded."""

import hashlib
import json
import shutil
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attention_course.instructor.course_files import replace_file

NAME = "pictures"
LIBRARIES = ("matplotlib", "numpy", "torch")


class KeptPictures:
    """A folder with a file for each picture, whose name is a digest of all that the picture depends on.

    That is the answer, `of`, which stands for the course's settings and code, and the libraries. No score is made of
    what lies there.
    """

    def __init__(self, parent: Path, of: str) -> None:
        about = [of, sys.version, *map(version, LIBRARIES)]
        self.folder = parent / f"{NAME}-{_digest(about)[:16]}"
        for former in parent.glob(f"{NAME}-*"):
            if former != self.folder:
                shutil.rmtree(former, ignore_errors=True)

    def get(self, performance: Any) -> str | None:
        """Return what an answer did, None where that is not known."""
        with suppress(OSError, UnicodeError):
            return self._path(performance).read_text(encoding="utf-8")
        return None

    def put(self, performance: Any, shown: str) -> None:
        """Keep what an answer did; where the disk takes nothing more, it is drawn again next time."""
        with suppress(OSError, UnicodeError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            replace_file(self._path(performance), shown)

    def _path(self, performance: Any) -> Path:
        return self.folder / f"{_digest(performance)}.html"


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
