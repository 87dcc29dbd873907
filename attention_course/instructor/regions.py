"""Regions of a cell's source: from a line with `### BEGIN NAME` to a line with `### END NAME`."""

import re

from attention_course.errors import QuestionError

KEY = "KEY"
HIDDEN_TESTS = "HIDDEN TESTS"  # nbgrader's own, see its ClearHiddenTests
SOLUTION = "SOLUTION"  # nbgrader's own, see its ClearSolutions
DRAWN = re.compile(r"\bsitting\.ask\(")  # what asks for an item of the bank, which has a seal of its own
SEALED = re.compile(r"^\s*sealed=", re.MULTILINE)  # what a release has in the place of a KEY region


def find(source: str, name: str) -> list[range]:
    """Return the regions' line numbers, counted from 0, markers included; raise QuestionError if they do not pair."""
    regions: list[range] = []
    begin = None
    for number, line in enumerate(source.split("\n")):
        if f"BEGIN {name}" in line:
            if begin is not None:
                raise QuestionError(
                    f"line {number + 1} begins a {name} region within another; end the first one before."
                )
            begin = number
        elif f"END {name}" in line:
            if begin is None:
                raise QuestionError(f"line {number + 1} ends a {name} region that was not begun; add ### BEGIN {name}.")
            regions.append(range(begin, number + 1))
            begin = None
    if begin is not None:
        raise QuestionError(f"a {name} region is never ended; add a line ### END {name}.")
    return regions


def find_paired(source: str, name: str) -> list[range]:
    """Return the regions as `find` does, and none of them where the markers do not pair."""
    try:
        return find(source, name)
    except QuestionError:
        return []


def replace(source: str, regions: list[range], substitutes: list[list[str]]) -> str:
    """Return the source with each region's lines replaced by other lines."""
    lines = source.split("\n")
    for region, substitute in sorted(zip(regions, substitutes, strict=True), key=lambda pair: -pair[0].start):
        lines[region.start : region.stop] = substitute
    return "\n".join(lines)


def cut(source: str, name: str) -> str:
    """Return the source without its regions of this name; as it is where the markers do not pair."""
    regions = find_paired(source, name)
    return replace(source, regions, [[] for _ in regions])


def inside(source: str, name: str) -> str:
    """Return the lines within the regions of this name, without the markers; "" where there are none."""
    lines = source.split("\n")
    found = [lines[region.start + 1 : region.stop - 1] for region in find_paired(source, name)]
    return "\n".join("\n".join(within) for within in found).strip("\n")


def is_question(source: str) -> bool:
    """Does a cell with this source ask a question, as its author wrote it or as it is released?"""
    return f"BEGIN {KEY}" in source or bool(SEALED.search(source) or DRAWN.search(source))
