"""The receipt: an output beside the widget that shows, and carries, the record of one question."""

import html
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.page import headlines
from attention_course.pictures import palette

NO_QUESTION = (
    "No question above? Reload this page and run all cells. If there is none then either, this Jupyter has no library "
    "for widgets: install anywidget and ipywidgets where Jupyter itself is installed, then do the same."
)


def line(answer: Answer) -> str:
    """Return the receipt's text: "Recorded · attempt 2 of 3 · 09:41"."""
    if answer.problem:
        return answer.problem
    if not answer.record.attempts:
        return "Not answered yet"
    time = datetime.fromisoformat(answer.record.attempts[-1].at).strftime("%H:%M")
    if answer.question.committed:
        return f"{answer.question.done_word} · {time}"
    allowed = "" if answer.question.attempts is None else f" of {answer.question.attempts}"
    return f"Recorded · attempt {answer.record.tried}{allowed} · {time}"


def bundle(
    lesson: str, answer: Answer, records: Mapping[str, Record] | None = None, *, greeted: bool = True
) -> dict[str, Any]:
    """Return the receipt as a MIME bundle, readable without a kernel and, under its own type, by `record.read`.

    It has to say by itself what was asked and answered: where a notebook is opened without its kernel, it is all there
    is to be seen of the question. `records` are those of the whole lesson, which it carries along. Until a page has
    `greeted`, it says what to do where no question is seen.
    """
    text, picked = line(answer) if greeted or answer.record.attempts else NO_QUESTION, _picked(answer)
    return {
        "text/plain": f"{text} · {picked}" if picked else text,
        "text/html": (
            '<div class="attention-receipt" style="border-left: 3px solid '
            f'{palette.PAGE["strong-line"].light}; padding-left: .6em">'
            f"<small>{html.escape(text)}{f'<br>{html.escape(picked)}' if picked else ''}</small></div>"
        ),
        record.RECEIPT_MIME: record.receipt(lesson, answer.question.name, answer.record, records),
    }


def _picked(answer: Answer) -> str:
    """Return what was picked, the verdict, and what it gives where a rule says so: "Question 1 · C, … · ✓ Right"."""
    if answer.picks is None:
        return ""
    question = answer.question
    gives = [answer.worth] if answer.done and answer.worth else []
    verdict = [] if question.committed else [headlines.of(answer)]
    sure = [sure_of(answer.record.attempts[-1])] if answer.record.attempts[-1].sure else []
    return " · ".join([question.title, question.picked_text(answer.picks), *sure, *verdict, *gives])


def sure_of(attempt: Attempt) -> str:
    """Say how sure a student was of an attempt, "" where that was not asked."""
    return f"you said “{attempt.sure}”" if attempt.sure else ""


def lesson_bundle(lesson: str, records: Mapping[str, Record], asked: int, note: str = "") -> dict[str, Any]:
    """Return the receipt of a whole lesson, which the setup cell shows: how much is recorded, and every record.

    Where a question's cell is run again and its own receipt is gone, its answer is still here.
    """
    answered = sum(1 for each in records.values() if each.attempts)
    text = f"Recorded: answers to {answered} of {asked} questions." if asked else "Nothing is answered yet."
    said = f"{text} {note}".strip()
    return {
        "text/plain": said,
        "text/html": f"<small>{html.escape(said)}</small>",
        record.RECEIPT_MIME: record.lesson_receipt(lesson, records),
    }
