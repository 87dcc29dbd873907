"""Regions of a cell's source: from a line with `### BEGIN NAME` to a line with `### END NAME`."""

from attention_course.errors import QuestionError

KEY = "KEY"
HIDDEN_TESTS = "HIDDEN TESTS"  # nbgrader's own, see its ClearHiddenTests


def find(source: str, name: str) -> list[range]:
    """Return the regions' line numbers, counted from 0, markers included; raise QuestionError if they do not pair."""
    regions: list[range] = []
    begin = None
    for number, line in enumerate(source.split("\n")):
        if f"BEGIN {name}" in line:
            _demand(begin is None, f"line {number + 1} begins a {name} region within another; end the first one before")
            begin = number
        elif f"END {name}" in line:
            _demand(
                begin is not None, f"line {number + 1} ends a {name} region that was not begun; add ### BEGIN {name}"
            )
            regions.append(range(begin or 0, number + 1))
            begin = None
    _demand(begin is None, f"a {name} region is never ended; add a line ### END {name}")
    return regions


def replace(source: str, regions: list[range], substitutes: list[list[str]]) -> str:
    """Return the source with each region's lines replaced by other lines."""
    lines = source.split("\n")
    for region, substitute in sorted(zip(regions, substitutes, strict=True), key=lambda pair: -pair[0].start):
        lines[region.start : region.stop] = substitute
    return "\n".join(lines)


def cut(source: str, name: str) -> str:
    """Return the source without its regions of this name."""
    regions = find(source, name)
    return replace(source, regions, [[] for _ in regions])


def _demand(condition: bool, sentence: str) -> None:
    if not condition:
        raise QuestionError(f"{sentence}.")
