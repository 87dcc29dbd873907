"""Taking over: answers from another file of the same lesson, such as an older release, into the one that is open."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attention_course.answers import answer_code, notebook, record
from attention_course.answers.answer import Answer
from attention_course.errors import NotebookError

NOTHING = "There is no answer to this lesson in it, so nothing was taken over."
NO_FILE = "{name} is no answer code, and no file of that name is here."
TAKEN = "Taken over: {titles}. Save the notebook."
LATER_HERE = "Answered here as late or later, and left as it is: {titles}."
CODE = "Code counts where it stands: copy it into the cell of its task, and check it there.\n{cells}"
NO_LONGER_ASKED = "No longer asked in this lesson, and left out: {names}."


def take_over(lesson: str, answers: Mapping[str, Answer], given: str) -> list[str]:
    """Take over what an answer code, or the notebook of a path, holds of this lesson's answers; say what became of it.

    What is there is read and judged as if it had been answered here. An answer that is later here stays, and one that
    does not fit its question any more is refused with a reason. Code is handed back to be copied: what stands in its
    cell is graded, and no cell is written into here. Returns a sentence for each.
    """
    try:
        records, problems = record.read(_document(given), lesson)
    except NotebookError as error:
        return [str(error)]
    taken, later, code = [], [], []
    gone, refused = [name for name in records if name not in answers], [*problems.values()]
    for name, answer in answers.items():
        kept = records.get(name)
        if kept is None:
            continue
        if answer.question.written and kept.attempts:
            code.append(f"\n# ---- {answer.question.title}\n\n{kept.attempts[-1].picks[0]}")
        elif not kept.is_later_than(answer.record):
            later.append(answer.question.title)
        elif answer.merge(kept):
            taken.append(answer.question.title)
        else:
            refused.append(answer.problem)
    said = [TAKEN.format(titles=", ".join(taken))] if taken else []
    said += [LATER_HERE.format(titles=", ".join(later))] if later else []
    said += [NO_LONGER_ASKED.format(names=", ".join(map(repr, gone)))] if gone else []
    said += refused
    said += [CODE.format(cells="\n".join(code))] if code else []
    return said or [NOTHING]


def _document(given: str) -> dict[str, Any]:
    """Return a notebook that holds what is given; raise NotebookError where that is neither a code nor a file."""
    if answer_code.BEGIN in given.lower():
        return {"metadata": {}, "cells": [{"source": given}]}
    path = Path(given.strip())
    try:
        is_there = path.is_file()
    except OSError:  # too long for a name
        is_there = False
    if not is_there:
        raise NotebookError(NO_FILE.format(name=given.strip()[:80] or "That"))
    return notebook.load(path)
