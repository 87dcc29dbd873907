"""The receipt: an output beside the widget that shows, and carries, the record of one question."""

import html
from datetime import datetime
from typing import Any

from attention_course import record
from attention_course.answer import Answer


def line(answer: Answer) -> str:
    """Return the receipt's text: "Recorded · attempt 2 of 3 · 09:41"."""
    if answer.problem:
        return answer.problem
    if not answer.record.attempts:
        return "Not answered yet"
    attempts = answer.record.attempts
    time = datetime.fromisoformat(attempts[-1].at).strftime("%H:%M")
    return f"Recorded · attempt {len(attempts)} of {answer.question.allowed} · {time}"


def bundle(lesson: str, answer: Answer) -> dict[str, Any]:
    """Return the receipt as a MIME bundle, readable without a kernel and, under its own type, by `record.read`."""
    text = line(answer)
    if answer.picks is not None:
        text += f" · {answer.outcome.value}: {', '.join(answer.picks)}"
    return {
        "text/plain": text,
        "text/html": f'<div class="attention-receipt"><small>{html.escape(text)}</small></div>',
        record.RECEIPT_MIME: record.receipt(lesson, answer.question.name, answer.record),
    }
