"""Marking: what was answered in each sitting, judged item by item."""

from collections.abc import Collection, Iterable
from datetime import datetime

from attention_course.answers.drawn import Drawn
from attention_course.answers.record import Attempt
from attention_course.bank import draw
from attention_course.bank.items import Items
from attention_course.bank.sittings import Answered
from attention_course.bank.verdict import Marked, Marks
from attention_course.errors import LessonError, PicksError


def marked(items: Items, sat: Iterable[Answered], names: Collection[str]) -> list[Marks]:
    """Return the sittings that are complete, judged, in their order; none where the bank came without its keys."""
    complete = [one for one in sat if one.is_complete(names)]
    return [
        Marks(
            datetime.fromisoformat(one.at),
            draw.form(*one.of),
            tuple(_marked(items, name, *one.answers[name]) for name in names),
        )
        for one in complete
        if _is_judged(items, one)
    ]


def _marked(items: Items, concept: str, drawn: Drawn, attempt: Attempt) -> Marked:
    try:
        question = items.question(concept, drawn)
        right = question.is_right(question.check_picks(list(attempt.picks)))
    except (LessonError, PicksError):  # an item that is no longer, or an answer that was none
        right = False
    return Marked(concept, drawn.item, right, attempt.sure)


def _is_judged(items: Items, one: Answered) -> bool:
    """Are the keys of what was answered known here?"""
    for name, (drawn, _) in one.answers.items():
        try:
            if not items.question(name, drawn).judged:
                return False
        except LessonError:
            continue
    return True
