"""Differing: which line of an arranged program is the first that makes it do something else than the right one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from attention_course.exercises import program
from attention_course.exercises.arranging import Placed

Behaves = Callable[[Sequence[Placed]], bool]  # does a program of these lines behave like the right one?
UNREADABLE = {
    "expected an indented block": "the line before it opens a block, so this one has to be indented.",
    "unexpected indent": "it is indented, and the line before it opens no block.",
    "unindent does not match": "it is indented to a depth at which no block is open.",
}
LAST_OPENS = "it opens a block, and nothing stands in it."
OTHERWISE = "from here on the program does something else than it should."
INCOMPLETE = "what stands before is right; something is still missing."


class Difference(NamedTuple):
    """Which line differs, from 0 (behind the last where all of them are in place), and why."""

    place: int
    why: str


def unreadable(source: str, first: int, count: int) -> Difference | None:
    """Say where a program cannot be read, None where it can; its arranged lines begin behind `first` other ones."""
    run = program.parses_at(source)
    if run is None:
        return None
    message, line = run
    place = line - 1 - first
    if place >= count or message.endswith(f" on line {line}"):  # what follows, or nothing, should be indented
        return Difference(min(place, count - 1), LAST_OPENS)
    why = next((said for begin, said in UNREADABLE.items() if message.startswith(begin)), "")
    return Difference(max(place, 0), why or f"Python cannot read the program here: {message}.")


def first_difference(lines: Sequence[Placed], key: Sequence[Placed], behaves: Behaves) -> Difference:
    """Return the line that stands for a missing one, else the first behind which no rest of the key makes it right.

    Lines that may change places are no difference: what stands before is completed by the lines of the key that are
    not there yet, in the key's order or with those first that belong into a block that is open, and is run.
    """
    known, used = {one.line.id for one in key}, {one.line.id for one in lines}
    for place in [place for place, one in enumerate(lines) if one.line.id not in known]:
        if any(behaves([*lines[:place], one, *lines[place + 1 :]]) for one in key if one.line.id not in used):
            return Difference(place, OTHERWISE)
    for place in range(len(lines)):
        if not any(behaves([*lines[: place + 1], *rest]) for rest in _rests(lines[: place + 1], key)):
            return Difference(place, OTHERWISE)
    return Difference(len(lines), INCOMPLETE)


def _rests(begun: Sequence[Placed], key: Sequence[Placed]) -> list[list[Placed]]:
    """Return ways to go on with what is left of the key; a line that the key has not may stand for one of its own."""
    used, known = {one.line.id for one in begun}, {one.line.id for one in key}
    left = [one for one in key if one.line.id not in used]
    inner = [one for one in left if any(_is_in_block_of(header, one, key) for header in begun)]
    ways = [left, [*inner, *(one for one in left if one not in inner)]]
    if not used <= known:
        ways += [[*left[:i], *left[i + 1 :]] for i in range(len(left))]
    return ways


def _is_in_block_of(header: Placed, one: Placed, key: Sequence[Placed]) -> bool:
    """Does a line of the key stand in the block that another one opens?"""
    ids = [right.line.id for right in key]
    if not header.text.endswith(":") or header.line.id not in ids:
        return False
    begin, place = ids.index(header.line.id), ids.index(one.line.id)
    return begin < place and all(right.depth > key[begin].depth for right in key[begin + 1 : place + 1])
