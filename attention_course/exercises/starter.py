"""Starter: is a cell's text still what it began with?"""

import re

STUB = re.compile(r"raise NotImplementedError\b.*")
LONGEST = 20_000  # characters: no starter is longer


def is_starter(text: str, starter: str | None) -> bool:
    """Is this the starter, apart from spaces? Where nobody said what that is, it is what still has a stub's look.

    That is a text in which no function does anything but raise NotImplementedError.
    """
    if len(text) > LONGEST:
        return False
    if starter is not None:
        return _plain(text) == _plain(starter)
    if not STUB.search(text):
        return False
    without = STUB.sub("pass", _without_texts(text))
    rest = [line.strip() for line in without.splitlines() if line.strip() and not line.strip().startswith("#")]
    return all(_is_empty(line) for line in rest)


def _is_empty(line: str) -> bool:
    return line == "pass" or line.startswith(("def ", "class ", "async def ", "import ", "from ", "@"))


def _without_texts(text: str) -> str:
    return re.sub(r'"""(?:[^"\\]|\\.|"(?!""))*"""', "", text)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())
