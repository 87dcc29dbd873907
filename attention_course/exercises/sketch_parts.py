"""What the forms of a prediction share: labels, and numbers as texts."""

import math
from collections.abc import Iterable
from typing import Any

Texts = tuple[str, ...]  # an answer: one text for each part
Table = list[list[str]]  # rows of texts in the light markup, the first of them the headings


def plain(value: Any) -> Any:
    """Return what a truth's code computed as plain lists and numbers; tensors and arrays know how."""
    return value.tolist() if hasattr(value, "tolist") else value


def is_number(value: Any) -> bool:
    """Is this a finite number, and no bool?"""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def trimmed(value: float, decimals: int) -> str:
    """Return a number with at most so many decimals, without needless zeros."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def are_labels(values: Any, most: int) -> bool:
    """Is this a list of two or more labels, each there once, and no more than there is room for?"""
    if not isinstance(values, list | tuple) or not 2 <= len(values) <= most:
        return False
    texts = labels(values)
    return all(texts) and len(set(texts)) == len(texts)


def labels(values: Iterable[Any]) -> Texts:
    """Return labels as texts: numbers may be among them."""
    return tuple(f"{value:g}" if is_number(value) else str(value).strip() for value in values)
