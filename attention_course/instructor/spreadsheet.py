"""CSV cells that a spreadsheet shows and never computes.

A spreadsheet runs a cell that begins like a formula, also where the file quotes it; an apostrophe before it stops that.
See https://owasp.org/www-community/attacks/CSV_Injection.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0]")
HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)?|-")  # a number, and the sign alone, with which Moodle says "no grade"


def neutral(text: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet would compute; numbers stay numbers."""
    return f"'{text}" if FORMULA.match(text) and not HARMLESS.fullmatch(text) else text


def number(points: float) -> str:
    """Return points as text, with two decimals at most, as many as Canvas and Moodle keep."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file of harmless cells, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([neutral(cell) for cell in row] for row in rows)
