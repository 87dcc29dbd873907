"""The receipt: an output beside the widget that shows, and carries, the record of one question."""

import html
from datetime import datetime
from typing import Any

from attention_course.answers import record
from attention_course.answers.answer import Answer
from attention_course.page.headlines import HEADLINES
from attention_course.pictures import palette


def line(answer: Answer) -> str:
    """Return the receipt's text: "Recorded · attempt 2 of 3 · 09:41"."""
    if answer.problem:
        return answer.problem
    if not answer.record.attempts:
        return "Not answered yet"
    attempts = answer.record.attempts
    time = datetime.fromisoformat(attempts[-1].at).strftime("%H:%M")
    return f"Recorded · attempt {len(attempts)} of {answer.question.attempts} · {time}"


def bundle(lesson: str, answer: Answer) -> dict[str, Any]:
    """Return the receipt as a MIME bundle, readable without a kernel and, under its own type, by `record.read`.

    It has to say by itself what was asked and answered: where a notebook is opened without its kernel, it is all there
    is to be seen of the question.
    """
    text, picked = line(answer), _picked(answer)
    return {
        "text/plain": f"{text} · {picked}" if picked else text,
        "text/html": (
            '<div class="attention-receipt" style="border-left: 3px solid '
            f'{palette.PAGE["strong-line"].light}; padding-left: .6em">'
            f"<small>{html.escape(text)}{f'<br>{html.escape(picked)}' if picked else ''}</small></div>"
        ),
        record.RECEIPT_MIME: record.receipt(lesson, answer.question.name, answer.record),
    }


def _picked(answer: Answer) -> str:
    """Return what was picked, the verdict, and what it gives where a rule says so: "Question 1 · C, … · ✓ Right"."""
    if answer.picks is None:
        return ""
    question = answer.question
    gives = [answer.worth] if answer.done and answer.worth else []
    return " · ".join([question.title, question.picked_text(answer.picks), HEADLINES[answer.outcome], *gives])
