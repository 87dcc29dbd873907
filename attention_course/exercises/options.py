"""Options: what can be picked. An option has an identity, which an answer is kept by, and a text, which may change."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 26  # options: as many as there are letters
LONGEST = 20_000  # characters of a notebook's cell in which options are looked for
# In a cell's source: options= and a list or dict that is made of nothing but texts.
TEXT = r"""(?:'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")"""
WRITTEN = re.compile(rf"\boptions=([\[{{](?:[\s,:]|{TEXT})*+[\]}}])")


Options = dict[str, str] | list[str]  # as an author writes them: by id, or a mere list of texts
IdOf = Callable[[int, str], str]  # makes the id of an option of a mere list, of its place (from 0) and its text


@dataclass(frozen=True)
class Option:
    """One option: an answer is kept by its `id`, whatever its text, its letter and its place become."""

    id: str
    text: str


def numbered(options: Any, id_of: IdOf) -> list[Option]:
    """Return options from what an author wrote: a dict from ids to texts, or a list of texts, whose ids are made."""
    if isinstance(options, Mapping):
        return [Option(name, text) for name, text in options.items()]
    return [Option(id_of(place, text), text) for place, text in enumerate(options)]


def letter(place: int) -> str:
    """Return the letter that an option is shown with at a place, counted from 0."""
    return chr(ord("A") + place)


def written_in(source: str) -> Options | None:
    """Return the options that a question's cell is written with, None where they cannot be told from its text.

    Nothing of the cell is run: it may be a student's.
    """
    found = WRITTEN.search(source[:LONGEST])
    try:
        options = ast.literal_eval(found[1]) if found else None
    except (ValueError, SyntaxError):
        return None
    texts = [*options, *options.values()] if isinstance(options, dict) else options
    if not isinstance(options, dict | list) or not all(isinstance(text, str) for text in texts or []):
        return None
    return options


def meant(pick: str, handed_in: Options | None, known: Sequence[Option]) -> str | None:
    """Return the id of the option that a pick of a handed-in notebook means, None where it means none that is known.

    Today a pick is an id. In notebooks released before options had identities it is a text or a letter; such a pick is
    looked up in the notebook's own cell, and what it says there among the options that are known.
    """
    known_ids = {option.id for option in known}
    if pick in known_ids:
        return pick
    there = numbered(handed_in or [], lambda _place, text: text)
    named = {letter(place): option for place, option in enumerate(there)}
    named |= {option.text: option for option in there} | {option.id: option for option in there}
    said = named.get(pick, Option(pick, pick))
    if said.id in known_ids:
        return said.id
    same = {option.id for option in known if _plain(said.text) in (_plain(option.id), _plain(option.text))}
    return same.pop() if len(same) == 1 else None


def _plain(text: str) -> str:
    """Return a text without what a mended slip of the pen may change: spaces and capital letters."""
    return "".join(text.split()).casefold()
