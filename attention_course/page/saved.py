"""Is every answer in the notebook as it is saved? The file is read back, or asked for where it lies elsewhere."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attention_course.answers import colab, notebook, record
from attention_course.answers.answer import Answer
from attention_course.errors import NotebookError

NOTHING = "Nothing is answered yet, so there is nothing to save."
NOT_FOUND = "✗ The notebook's file was not found from here, so it cannot be checked. Save it before you hand it in."
LOOK_AGAIN = "Run this cell again to see whether the notebook holds every answer."
SAVE_SECONDS = 3.0  # a save that is on its way when the summary is asked for


def missing(lesson: str, document: Any, answers: Iterable[Answer]) -> str:
    """Return the titles of the answered questions that a notebook does not hold as they are here, "" for none."""
    held, _ = record.read(document, lesson)
    answered = filter(_is_to_be_saved, answers)
    none = record.Record()
    return ", ".join(
        a.question.title for a in answered if held.get(a.question.name, none).in_short() != a.record.in_short()
    )


def on_disk(lesson: str, path: Path | None, answers: list[Answer], *, wait: float = 0, then: str = "") -> str:
    """Say whether the notebook on disk really holds every answer, and what to do `then`, once it is saved.

    Waits so many seconds for a save that is under way.
    """
    if not any(map(_is_to_be_saved, answers)):
        return NOTHING
    if path is None:
        return NOT_FOUND
    deadline = time.monotonic() + wait
    while (complaint := _complaint(lesson, path, answers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if complaint:
        return f"✗ {complaint} Save the notebook. {then}".strip()
    return f"✓ {path.name}, as it is on disk, holds every answer you gave: {_counted(answers)}."


def _complaint(lesson: str, path: Path, answers: list[Answer]) -> str:
    """Say what is wrong with the notebook on disk, "" if nothing is."""
    try:
        titles = missing(lesson, notebook.load(path), answers)
    except NotebookError as error:
        return str(error)
    return f"{path.name} does not hold your answer to {titles} yet." if titles else ""


def in_colab(lesson: str, answers: list[Answer]) -> str:
    """Say whether the notebook, as Colab holds it, has every answer, and how to hand it in."""
    if not any(map(_is_to_be_saved, answers)):
        return NOTHING
    try:
        document = colab.document()
    except NotebookError as error:
        return f"✗ {error} So it cannot be checked: run this cell again, or hand in the answer code below, too."
    if colab.omits_outputs(document):
        return f"{colab.OMITS_OUTPUTS} Then run this cell again."
    if titles := missing(lesson, document, answers):
        return f"✗ {colab.NAME} does not hold your answer to {titles}. Run that cell, then this one again."
    return f"✓ {colab.NAME} has every answer you gave: {_counted(answers)}. {colab.HAND_IN}"


def _is_to_be_saved(answer: Answer) -> bool:
    return bool(answer.record.attempts or answer.record.sat)


def _counted(answers: list[Answer]) -> str:
    """Return "3 of 10 questions", and say so where there are answers of earlier sittings as well."""
    answered = sum(1 for answer in answers if answer.record.attempts)
    earlier = ", and your earlier sittings" if any(answer.record.sat for answer in answers) else ""
    return f"{answered} of {len(answers)} questions{earlier}"
