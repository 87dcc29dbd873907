"""CSV whose cells a spreadsheet shows and never computes, and what one makes of CSV when it saves it.

A spreadsheet runs a cell that begins like a formula, also where the file quotes it; an apostrophe before it stops that.
See https://owasp.org/www-community/attacks/CSV_Injection.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0]")
HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)?|-")  # a number, and the sign alone, with which Moodle says "no grade"


def neutral(text: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet would compute; numbers stay numbers."""
    return f"'{text}" if FORMULA.match(text) and not HARMLESS.fullmatch(text) else text


def meant(text: str) -> str:
    """Return the text that a cell stands for, without the apostrophe that `neutral` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def delimiter_in(headings: str) -> str:
    """Return what stands between cells, told by the line of headings; in many a country that is a semicolon."""
    return max(",;\t", key=headings.count)


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV of harmless cells; write it with newline="", or its line ends are changed."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([neutral(cell) for cell in row] for row in rows)
    return file.getvalue()
