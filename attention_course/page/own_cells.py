"""Own cells: the code cells of a student's notebook, as its page sends them, or as the kernel remembers them."""

from collections.abc import Sequence
from typing import Any

from attention_course.exercises.find_answer import BROUGHT, Cell, Found
from attention_course.exercises.write import Write

MOST_CELLS = 2_000
RAN_LAST = (
    "What was judged is the cell that you ran last of those that define {name}: after a change, run it, then check."
)
NOT_RUN = "Run the cell in which you wrote {name}, then check: from here only cells that have run can be seen."


def sent(cells: Any) -> list[Cell] | None:
    """Return the cells that a page sent; None where it sent none, because it cannot reach its notebook."""
    if not isinstance(cells, list):
        return None
    return [
        Cell(cell["grade_id"], cell["source"], cell.get("ours") is True)
        for cell in cells[:MOST_CELLS]
        if isinstance(cell, dict) and isinstance(cell.get("grade_id"), str) and isinstance(cell.get("source"), str)
    ]


def found(question: Write, cells: Any, recorded: str = "") -> Found | None:
    """Return the answer among the cells that a page sent, or where it sent none among those that have run."""
    from_page = sent(cells)
    if from_page is not None:
        return question.find_answer(from_page, recorded)
    ran = question.find_answer([Cell("", source) for source in history()], recorded if question.brings else "")
    if ran is None or ran.remark == BROUGHT:
        return ran
    return Found(ran.text, RAN_LAST.format(name=question.defines[0]))


def history() -> Sequence[str]:
    """Return the texts of the cells that ran in this kernel, in their order.

    VS Code and Colab let no page reach its notebook, and Colab hands it over only while a cell runs.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return []
    shell = get_ipython()
    ran = shell.user_ns.get("In") if shell else None
    return [text for text in ran if isinstance(text, str)] if isinstance(ran, list) else []
