"""Today, as HTML: which cards are due, why, and what comes later; each entry leads to its card."""

import html
from collections.abc import Sequence

from attention_course.answers import clock
from attention_course.answers.card_answer import CardAnswer
from attention_course.exercises.spacing import from_today, in_words
from attention_course.page.summary import Entry, leading
from attention_course.recall.agenda import Agenda, Due, Why

FIRST = 8  # cards, as many as fit into some six minutes
FILES = (
    '<p class="ac-files"><button type="button" data-file="anki">Download for Anki</button> '
    '<button type="button" data-file="calendar">Download the days as a calendar (.ics)</button></p>'
)


def as_html(agenda: Agenda, asked: int) -> str:
    """Return what is to be done today; `asked` is how many cards there are on the page so far."""
    if not asked:
        return "<p>The cards are shown below: run all cells.</p>"
    return f"{_due(agenda)}{_unrated(agenda)}{_later(agenda)}{FILES}"


def _due(agenda: Agenda) -> str:
    if not agenda.due:
        return "<p><strong>Nothing is due today.</strong></p>"
    new = sum(one.why is Why.NEW for one in agenda.due)
    told = f", {new} of them new" if new and new < len(agenda.due) else ", all of them new" if new else ""
    count = f"{_cards(len(agenda.due))} {'is' if len(agenda.due) == 1 else 'are'} due today"
    first, rest = agenda.due[:FIRST], agenda.due[FIRST:]
    folded = f"<details><summary>… and {_cards(len(rest))} more</summary>{_list(rest, FIRST + 1)}</details>"
    begin = " Begin with these; what is left stays due." if rest else ""
    return f"<p><strong>{count}</strong>{told}.{begin}</p>{_list(first)}{folded if rest else ''}"


def _list(due: Sequence[Due], start: int = 1) -> str:
    rows = "".join(f"<li>{_lead(one.answer)} · {one.answer.question.concept} · {_why(one)}</li>" for one in due)
    return f'<ol start="{start}">{rows}</ol>'


def _lead(answer: CardAnswer) -> str:
    return leading(Entry(answer.question.name, answer.question.title))


def _why(one: Due) -> str:
    lesson = html.escape(one.lesson)
    match one.why:
        case Why.SURE_AND_WRONG:
            return f"you were sure, and it went wrong in <code>{lesson}</code>"
        case Why.WRONG:
            return f"it went wrong in <code>{lesson}</code>"
        case Why.NEW:
            return "new"
    return f"due {from_today(one.answer.due, clock.today())}" if one.answer.due else "due again"


def _unrated(agenda: Agenda) -> str:
    cards = ", ".join(map(_lead, agenda.unrated))
    return f"<p>Not rated yet: {cards}</p>" if cards else ""


def _later(agenda: Agenda) -> str:
    """Say how many cards come tomorrow, within a week, and after it."""
    if not agenda.days:
        return ""
    today, next_day = clock.today(), next(iter(agenda.days))
    spans = {"tomorrow": (1, 1), "in the six days after": (2, 7), "later": (8, 400)}
    counts = [f"{what} {count}" for what, span in spans.items() if (count := agenda.between(today, *span))]
    return f"<p>Cards that come again: {', '.join(counts)}. The next day with cards is {in_words(next_day)}.</p>"


def _cards(count: int) -> str:
    return f"{count} card{'' if count == 1 else 's'}"
