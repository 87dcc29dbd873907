"""The bank's items as versions of questions: those that a notebook brings along, and those that are graded by now.

An item is written as a cell would ask it, so that it is compared, noted and settled as any question of a lesson.
"""

import base64
import bz2
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Record
from attention_course.bank import draw, sittings
from attention_course.exercises.concepts import CONCEPTS
from attention_course.instructor.release.embed_package import ITEMS, PACKAGE
from attention_course.instructor.settling.asked import Asked, asked_in
from attention_course.instructor.settling.marks import mark_of

SITS = re.compile(r"\bSitting\(")
PACKED = re.compile(r'^files = unpacked\("([^"\\\n]+)"\)$', re.MULTILINE)
LARGEST = 10_000_000  # bytes of what a notebook brings along, unpacked; the whole package has a tenth of it


def has_sittings(sources: Iterable[str]) -> bool:
    """Does a lesson with these cells draw its questions from the bank?"""
    return any(SITS.search(source) for source in sources)


def graded_now(sources: Iterable[str]) -> dict[str, Asked]:
    """Return the items that answers are graded by, by their names; none where a lesson with these cells draws none."""
    return installed() if has_sittings(sources) else {}


def brought_along(sources: Iterable[str]) -> dict[str, Asked]:
    """Return the items that a notebook with these cells brings along and draws from."""
    cells = list(sources)
    return asked_in(map(as_cell, _packed(cells))) if has_sittings(cells) else {}


def marks_in(sources: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Return the marks of these items, as a handed-in notebook brings them along; nothing of it is believed or run."""
    known, found = set(names), {}
    for item in _packed(sources) if known else ():
        try:
            if item["id"] in known:
                found[item["id"]] = mark_of(as_cell(item))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            continue
    return found


def by_item(records: Mapping[str, Record]) -> dict[str, tuple[str, Record]]:
    """Return the records that count of what was drawn, by item, each with its question's name."""
    counting = sittings.counting(records, CONCEPTS)
    return {one.drawn.item: (name, one) for name, one in counting.items() if one.drawn and name in CONCEPTS}


def belongs(item: Asked, name: str, drawn: Drawn) -> bool:
    """Is this an item that the sitting may have drawn for the question of this name?"""
    if name not in CONCEPTS or item.question is None:
        return False
    return item.name.startswith(f"{name}-") and item.question.difficulty == draw.difficulty(name, *drawn.of)


def as_cell(item: Mapping[str, Any]) -> str:
    """Return the call that asks an item, as a release would have it in a cell."""
    given = [item["id"], item["difficulty"]]
    arguments = [*map(repr, given), *(f"{name}={value!r}" for name, value in item["arguments"].items())]
    sealed = [f'sealed="{item["sealed"]}"'] if item.get("sealed") else []
    return f"{item['kind']}({', '.join([*arguments, *sealed])})"


@functools.cache
def installed() -> dict[str, Asked]:
    """Return the bank's items as they are now."""
    return asked_in(map(as_cell, json.loads((PACKAGE.parent / ITEMS).read_text(encoding="utf-8"))))


def _packed(sources: Iterable[str]) -> list[Any]:
    """Return the items in a notebook's setup cell, [] where there are none, or it is broken."""
    found = next((packed[1] for source in sources if (packed := PACKED.search(source))), "")
    try:
        unpacked = bz2.BZ2Decompressor().decompress(base64.b85decode(found), LARGEST)
        items = json.loads(json.loads(unpacked)[ITEMS])
    except (EOFError, KeyError, OSError, TypeError, ValueError, RecursionError):
        return []
    return items if isinstance(items, list) else []
