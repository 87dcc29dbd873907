"""Printed: what student-written code prints, as far as anybody wants to read it."""

import contextlib
import io
import sys
import threading
from collections.abc import Iterator
from typing import Any, TextIO

from attention_course.student_code.limits import MOST_PRINTED


class Printed(io.TextIOBase):
    """Keeps the first characters that are written, and counts the others."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._left, self._lost = MOST_PRINTED, 0

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep a text, or what there is room for."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = text[: self._left]
        if kept:
            self._kept.append(kept)
        self._left -= len(kept)
        self._lost += len(text) - len(kept)
        return len(text)

    def taken(self) -> str:
        """Return what was written since this was asked last."""
        text = "".join(self._kept) + (f"\n[{self._lost:,} characters more]" if self._lost else "")
        self._kept, self._left, self._lost = [], MOST_PRINTED, 0
        return text

    @contextlib.contextmanager
    def catching(self) -> Iterator[None]:
        """Take what this thread prints; a cell of the notebook may be printing in another one meanwhile."""
        with (
            contextlib.redirect_stdout(_OfOneThread(self, sys.stdout)),
            contextlib.redirect_stderr(_OfOneThread(self, sys.stderr)),
        ):
            yield


class _OfOneThread:
    """A stream that is one thread's, and to all others the stream that it stands for."""

    def __init__(self, kept: Printed, stream: TextIO) -> None:
        self._kept, self._stream, self._thread = kept, stream, threading.get_ident()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept if threading.get_ident() == self._thread else self._stream, name)
