"""Arranging: lines of a program in somebody's order and indentation, as data and as the program's text.

A line that stands in a program is written `1:softmax`, its depth and its id, and behind that, each after a tab, what
was chosen for its blanks.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attention_course.errors import PicksError

STEP = 4  # spaces of one depth
DEEPEST = 6
BLANK = re.compile(r"\[([1-9])\]")
Choices = Mapping[int, Sequence[str]]  # what there is to choose from, by the number of a blank


@dataclass(frozen=True)
class Line:
    """A line that can be put into a program: its text may have blanks `[1]`, whose numbers it has in their order."""

    id: str
    text: str
    blanks: tuple[int, ...]

    def filled(self, chosen: Sequence[str]) -> str:
        """Return the text with its blanks filled."""
        by_number = dict(zip(self.blanks, chosen, strict=True))
        return BLANK.sub(lambda found: by_number.get(int(found[1]), found[0]), self.text)


@dataclass(frozen=True)
class Placed:
    """A line where it stands in a program."""

    line: Line
    depth: int
    chosen: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line's text, without its indentation."""
        return self.line.filled(self.chosen)

    @property
    def indented(self) -> str:
        """The line as it stands in the program."""
        return " " * STEP * self.depth + self.text

    @property
    def pick(self) -> str:
        """The line as an answer has it."""
        return "\t".join([f"{self.depth}:{self.line.id}", *self.chosen])


def placed(pick: str, lines: Mapping[str, Line], choices: Choices) -> Placed:
    """Return what a pick says; raise PicksError with a sentence where it is none."""
    place, *chosen = pick.split("\t")
    depth, _, name = place.partition(":")
    if name not in lines:
        raise PicksError(f"{name[:60]!r} was never offered as a line.")
    if not re.fullmatch(r"[0-9]", depth) or int(depth) > DEEPEST:
        raise PicksError(f"A line is indented 0 to {DEEPEST} times, and not {depth[:20]!r}.")
    line = lines[name]
    if len(chosen) != len(line.blanks) or "" in chosen:
        raise PicksError("Choose in every blank of the lines that you put into the program, then check.")
    for number, text in zip(line.blanks, chosen, strict=True):
        if text not in choices[number]:
            raise PicksError(f"{text[:60]!r} was never offered for a blank.")
    return Placed(line, int(depth), tuple(chosen))


def dedented(text: str) -> str:
    """Return a program's text without the indentation that all of its lines have."""
    return textwrap.dedent(text.expandtabs(STEP)).strip("\n")


def read(text: str, lines: Mapping[str, Line], choices: Choices) -> list[Placed]:
    """Return the lines that a program is made of; raise ValueError, naming the first that is none of them."""
    left, found = dict(lines), []
    for row in text.splitlines():
        if not row.strip():
            continue
        indent = len(row) - len(row.lstrip(" "))
        fitting = next((one for line in left.values() if (one := _fitted(row.strip(), line, choices))), None)
        if fitting is None:
            raise ValueError(f"{row.strip()!r} is none of the lines, or is there twice")
        if indent % STEP or indent // STEP > DEEPEST:
            raise ValueError(f"{row.strip()!r} is not indented in steps of {STEP} spaces, {DEEPEST} at most")
        found.append(Placed(fitting.line, indent // STEP, fitting.chosen))
        del left[fitting.line.id]
    return found


def _fitted(text: str, line: Line, choices: Choices) -> Placed | None:
    """Return a line filled so that it reads like a text, None where it cannot."""
    pattern, end = "", 0
    for found in BLANK.finditer(line.text):
        if int(found[1]) in choices:
            offered = "|".join(map(re.escape, choices[int(found[1])]))
            pattern += f"{re.escape(line.text[end : found.start()])}({offered})"
            end = found.end()
    match = re.fullmatch(pattern + re.escape(line.text[end:]), text)
    return Placed(line, 0, match.groups()) if match else None
