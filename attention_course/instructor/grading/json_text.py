"""JSON text that is too deep or too long to be read is cut down before anything reads it."""

import mmap
import re
from typing import IO

DEEPEST = 60  # levels of nesting; an honest notebook has about ten
LARGE = 20_000_000  # bytes; a file up to this size is not cut in length
LONGEST = 100_000  # bytes of one output or one text, in a file that is large
OUTPUT = 5  # the level of an output: notebook, its cells, a cell, its outputs, an output
# The + after a quantifier keeps the expression from remembering its way through a text of 100 MB.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)


def mapped(file: IO[bytes]) -> bytes | mmap.mmap:
    """Return a file's bytes without reading them into memory."""
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except ValueError:  # an empty file
        return b""


def trimmed(text: bytes | mmap.mmap) -> bytes:
    """Return JSON text with `null` in the place of what is nested too deeply and, where it is large, of long outputs.

    Each output is measured by itself, and so is each text, which becomes empty. Text whose brackets are never closed
    becomes empty as a whole.
    """
    longest = LONGEST if len(text) > LARGE else len(text)
    kept: list[bytes] = []
    end = 0  # of what is kept or left out so far
    begun: dict[int, tuple[int, int, int]] = {}  # level -> where a value begins, and what was kept before
    depth = 0
    for token in TOKEN.finditer(text):
        start, stop = token.span()
        first = text[start]
        if first in b"[{":
            depth += 1
            if depth in (OUTPUT, DEEPEST + 1):
                begun[depth] = start, len(kept), end
        elif first in b"]}":
            value = begun.pop(depth, None)
            depth -= 1
            if value and (depth == DEEPEST or stop - value[0] > longest):
                del kept[value[1] :]
                kept += [text[value[2] : value[0]], b"null"]
                end = stop
        elif stop - start > longest:
            kept += [text[end:start], b'""']
            end = stop
    return b"".join([*kept, text[end:]]) if depth <= DEEPEST else b""
