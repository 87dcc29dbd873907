"""Limits: what a locked process may take, and what it may read."""

from dataclasses import dataclass
from typing import Literal

# "libraries": the files of Python and its libraries may be read. "none": no file may be, nor any path be named.
Files = Literal["libraries", "none"]


@dataclass(frozen=True)
class Limits:
    """Seconds of computing time, and bytes of memory beside those the process has already."""

    cpu: int
    memory: int
