"""Agenda: which cards are due today, in which order, and how many come later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from attention_course.answers.card_answer import CardAnswer
from attention_course.recall.misses import Miss


class Why(IntEnum):
    """Why a card is due, the most urgent reason first."""

    SURE_AND_WRONG = 0
    WRONG = 1
    AGAIN = 2
    NEW = 3


@dataclass(frozen=True)
class Due:
    """A card that is due, why, and in which lesson something like it went wrong ("" where nothing did)."""

    answer: CardAnswer
    why: Why
    lesson: str = ""


@dataclass(frozen=True)
class Agenda:
    """The cards that are due, the first to begin with, those whose rating is missing, and how many come when."""

    due: Sequence[Due]
    unrated: Sequence[CardAnswer]
    days: dict[date, list[CardAnswer]]  # of those that rest, sorted

    def between(self, today: date, first: int, last: int) -> int:
        """Return how many cards come within days counted from today."""
        begin, end = today + timedelta(days=first), today + timedelta(days=last)
        return sum(len(cards) for day, cards in self.days.items() if begin <= day <= end)

    def all_days(self, today: date) -> dict[date, list[CardAnswer]]:
        """Return the cards of each day to come; what is due today is due tomorrow, too, if it is left."""
        tomorrow = today + timedelta(days=1)
        left = [one.answer for one in self.due]
        first = left + self.days.get(tomorrow, [])
        return {
            **({tomorrow: first} if first else {}),
            **{day: cards for day, cards in self.days.items() if day > tomorrow},
        }


def of(answers: Iterable[CardAnswer], misses: Iterable[Miss] = ()) -> Agenda:
    """Return the agenda of some cards; what was missed elsewhere comes first, what one was sure of before the rest."""
    cards, misses = list(answers), list(misses)
    due = [_due(card, misses) for card in cards if card.is_due]
    due.sort(
        key=lambda one: (one.why, one.answer.due or date.min)
    )  # a stable sort: new ones stay as the lesson has them
    days: dict[date, list[CardAnswer]] = {}
    for card in cards:
        if not card.is_due and card.due:
            days.setdefault(card.due, []).append(card)
    unrated = [card for card in cards if not card.is_due and not card.is_rated]
    return Agenda(due, unrated, dict(sorted(days.items())))


def _due(card: CardAnswer, misses: Iterable[Miss]) -> Due:
    """Say why a card is due. What was missed is made good by a later review."""
    since = _reviewed_at(card)
    open_ones = [miss for miss in misses if miss.concept == card.question.concept and (not since or miss.at > since)]
    for why, found in (
        (Why.SURE_AND_WRONG, [miss for miss in open_ones if miss.sure]),
        (Why.WRONG, open_ones),
    ):
        if found:
            return Due(card, why, max(found, key=lambda miss: miss.at).lesson)
    return Due(card, Why.NEW if card.is_new else Why.AGAIN)


def _reviewed_at(card: CardAnswer) -> datetime | None:
    try:
        attempts = card.record.attempts
        return datetime.fromisoformat(attempts[-1].at).astimezone() if attempts else None
    except (OverflowError, OSError, ValueError):  # a year that no clock shows
        return None
