"""Which version of a question a handed-in notebook holds: told by what its cell seals, offers and allows."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from attention_course.exercises.kinds import KINDS
from attention_course.exercises.options import written_in

SEALED = re.compile(r"""\bsealed="([^"\\\n]{1,40000})",?""")
ASKED = re.compile(rf"""\b(?:{"|".join(KINDS)})\(\s*["']([a-z0-9][a-z0-9-]{{0,63}})["']""")
ATTEMPTS = re.compile(r"\battempts=(\w{1,9})")
LONGEST = 60_000  # characters of a cell that is looked through


def mark_of(released: str) -> str:
    """Return what tells one version of a question from another, in a cell as it is released; nothing of it is run."""
    text = released[:LONGEST]
    sealed, attempts = SEALED.search(text), ATTEMPTS.search(text)
    about = [sealed and sealed[1], attempts and attempts[1], written_in(text)]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode(errors="replace")).hexdigest()[:16]


def marks_in(cells: Iterable[Any], names: Collection[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Return the marks of the questions of these names, as far as a handed-in notebook's cells ask them."""
    found: dict[str, str] = {}
    for cell in cells if names else ():
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        asked = ASKED.search(source[:LONGEST]) if cell["cell_type"] == "code" else None
        name = aliases.get(asked[1], asked[1]) if asked else ""
        if name in names:
            found.setdefault(name, mark_of(source))
    return found
