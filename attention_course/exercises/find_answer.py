"""Which of a notebook's cells holds the answer to a `Write`: the same rule at home and where it is graded.

The text of a cell is only looked at here, never parsed: it may be hostile.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

CODE = "-code"  # the answer's cell is named like its question, with this behind it
LONGEST_SCANNED = 200_000  # characters of a cell in which a definition is looked for
SEVERAL_MARKED = "Several cells are marked as this answer: the last one that was worked on counts."
ANOTHER_CELL = "The answer was found in another cell than the one that was meant for it."
TWICE = "Another cell defines {name}, too: the one above the question counts."
BROUGHT = "It does not stand in its cell: the code that was brought counts."
LOST = "No cell of the notebook holds this answer any more: the text that was checked last counts."


@dataclass(frozen=True)
class Cell:
    """A code cell: its name in nbgrader's metadata ("" without one), and its text.

    `ours` says that it is the lesson's, locked, and no student's.
    """

    grade_id: str
    source: str
    ours: bool = False


@dataclass(frozen=True)
class Found:
    """The text of an answer, and a sentence where it was not simply in its cell."""

    text: str
    remark: str = ""


def find_answer(
    cells: Iterable[Cell],
    name: str,
    defines: Sequence[str],
    *,
    untouched: Callable[[str], bool] = lambda text: not text.strip(),
    recorded: str = "",
    brought: str = "",
) -> Found | None:
    """Return the answer to the question `name`, None where there is neither a cell with it nor a record of one.

    It is the cell that is marked as the answer. Where that is missing or `untouched`, it is the last other one that
    defines the first of the names, and else the text that was recorded at the last Check. What was `brought` counts
    also where the cell is still there, untouched: not every page can write into it.
    """
    cells = [cell for cell in cells if not cell.ours]
    marked = [cell.source for cell in cells if cell.grade_id == name + CODE]
    others = [cell.source for cell in cells if cell.grade_id != name + CODE and does_define(cell.source, defines[0])]
    worked_on = [text for text in marked if not untouched(text)]
    if worked_on:
        remark = SEVERAL_MARKED if len(worked_on) > 1 else TWICE.format(name=defines[0]) if others else ""
        return Found(worked_on[-1], remark)
    others = [text for text in others if not untouched(text)]
    if others:
        return Found(others[-1], ANOTHER_CELL)
    if brought:
        return Found(brought, BROUGHT)
    if marked:
        return Found(marked[-1])
    return Found(recorded, LOST) if recorded else None


def does_define(source: str, name: str) -> bool:
    """Does a text define this name outermost, by its look?"""
    pattern = rf"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+{re.escape(name)}\b|{re.escape(name)}[ \t]*(?::[^=\n]*)?=(?!=))"
    return re.search(pattern, source[:LONGEST_SCANNED], re.MULTILINE) is not None
