"""The part of a page in docs/ that a benchmark writes."""

from pathlib import Path

MARKS = ("<!-- measured: begin -->", "<!-- measured: end -->")


def write(path: Path, lines: list[str]) -> None:
    """Put the lines into a page, between its two marks."""
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    path.write_text(before + "\n".join([MARKS[0], *lines, MARKS[1]]) + after, encoding="utf-8")
