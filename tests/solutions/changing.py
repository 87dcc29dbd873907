"""Changing: an answer with a slip in it."""


def changed(text: str, old: str, new: str) -> str:
    """Return a text in which a piece is another one; it must be there."""
    assert old in text, old
    return text.replace(old, new)
