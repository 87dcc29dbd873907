"""CardAnswer: the reviews of a card. It is open when it is due; between that it shows its answer, and rests."""

from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from attention_course.answers import clock
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt
from attention_course.errors import PicksError
from attention_course.exercises.card import Card
from attention_course.exercises.spacing import RATINGS, due_after, from_today, in_words, wait_after

DUE_AGAIN = "This card is due again by now: write what you remember, then look."
RESTS = "This card was rated {rating} on {day}: it comes again on {due}."


class Review(NamedTuple):
    """On which day a card was reviewed, and how it was rated, "" before that."""

    day: date
    rating: str


class CardAnswer(Answer):
    """An answer to a `Card`. Each review is an attempt, and to rate one amends it."""

    @property
    def question(self) -> Card:
        """The question."""
        return cast(Card, self._asked)

    # ---- days

    @property
    def is_new(self) -> bool:
        """Was the card never reviewed?"""
        return not self.record.attempts

    @property
    def is_rated(self) -> bool:
        """Was the last review rated?"""
        return self.picks is not None and bool(self.picks[1])

    @property
    def due(self) -> date | None:
        """The day on which the card comes again; None where it was not rated yet, or its record is of no calendar."""
        if not self.is_rated or self.picks is None:
            return None
        return due_after(self.reviews[-1].day, int(self.picks[2]))

    @property
    def is_due(self) -> bool:
        """Is the card to be answered? One from the future is, too: its clock was wrong, and it would wait for years."""
        if self.is_new:
            return True
        today = clock.today()
        from_the_future = self.reviews[-1].day > today + timedelta(days=1)  # one day: the learner may travel
        return self.is_rated and (self.due is None or self.due <= today or from_the_future)

    @property
    def done(self) -> bool:
        """Is the answer shown, until the card is due?"""
        return not self.is_due

    @property
    def may_be_rated(self) -> bool:
        """Is it open how the last review went? That may be said whenever one likes, and changed on the same day."""
        if self.is_due:
            return False
        return not self.is_rated or self.reviews[-1].day >= clock.today()

    @property
    def reviews(self) -> list[Review]:
        """The reviews that are kept, the newest last; each on the day that it was where the learner was."""
        return [Review(_day(attempt), attempt.picks[1]) for attempt in self.record.attempts]

    @property
    def waits(self) -> dict[str, int]:
        """For each rating, for how many days the card would rest."""
        before = [attempt.picks[2] for attempt in self.record.attempts[:-1] if attempt.picks[2]]
        return {rating: wait_after(rating, int(before[-1]) if before else 0) for rating in RATINGS}

    # ---- what the learner does

    def check(self, picks: list[str]) -> None:
        """Record what was written, or how it was rated; raise PicksError where it is not the time for that."""
        with self.lock:
            rating = self.question.texts_of(picks)[1]
            if rating and self.is_due:
                self._changed()  # whoever shows it as it was shows it anew
                raise PicksError(DUE_AGAIN)
            if rating and not self.may_be_rated:
                raise PicksError(self.rests())
            if not rating and self.done:
                raise PicksError(self.rests() if self.is_rated else "Rate this card first.")
            super().check([picks[0], rating, str(self.waits.get(rating, ""))])

    def rests(self) -> str:
        """Say how the card was rated, and when it comes again."""
        day, rating = self.reviews[-1]
        return RESTS.format(rating=rating, day=in_words(day), due=in_words(self.due) if self.due else "a later day")

    def said(self) -> str:
        """Say of a card that is rated when it comes again; "" where it is not rated."""
        if not self.is_rated or not self.due:
            return ""
        when = from_today(self.due, clock.today())
        return f"Rated {self.reviews[-1].rating}. It comes again {when}, on {in_words(self.due)}."


def _day(attempt: Attempt) -> date:
    return datetime.fromisoformat(attempt.at).date()
