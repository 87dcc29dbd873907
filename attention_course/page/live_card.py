"""LiveCard: a card as its page shows it: to be answered where it is due, else with its answer and its rating."""

import html
from typing import Any

from attention_course.answers import clock
from attention_course.answers.card_answer import CardAnswer
from attention_course.exercises.spacing import from_today, in_words
from attention_course.page import preload, verdicts
from attention_course.page.live_answer import LiveAnswer

TO_RATE = "How well did you know it? Rate yourself."


class LiveCard(LiveAnswer):
    """Shows the answer at once, and its picture, which is drawn once, as soon as it is there."""

    answer: CardAnswer
    _picture: str | None = None
    _told_due: bool | None = None

    def _start_over(self) -> None:
        self._result = self._solution = ""
        self._complete = True
        self._tell(True)

    def _tell(self, record_changed: bool) -> None:
        self._told_due = self.answer.is_due
        super()._tell(record_changed)

    def finish(self) -> None:
        """Add the picture; and where the card has become due since it was shown, ask it again."""
        with self.answer.lock:
            if self._told_due != self.answer.is_due:
                self._tell(True)
            if self.answer.is_due or not self.answer.question.draw or self._picture is not None:
                return
        preload.wait()
        with self.answer.lock:
            self._picture = verdicts.LIVE.picture(self.answer.question.perform(()))
            self._tell(False)

    @property
    def picks(self) -> list[str]:
        """The last review; of a card that is due again nothing is shown."""
        return ["", "", ""] if self.answer.is_due else super().picks

    def state(self) -> dict[str, Any]:
        """Return all that follows from the record, as JSON values."""
        answer, state = self.answer, super().state()
        if answer.is_due:
            return {**state, "verdict_html": "", "checked_picks": [], "since": self._since()}
        headline = html.escape(answer.said() or TO_RATE)
        return {
            **state,
            "verdict_html": f'<div class="ac-verdict"><p class="ac-headline ac-committed">{headline}</p></div>',
            "revealed": {
                **answer.question.revealed(answer.picks or ()),
                "picture_html": self._picture or "",
                "ratings": self._ratings() if answer.may_be_rated else [],
                "reviews": self._reviews(),
            },
        }

    def _since(self) -> str:
        """Say since when a card is due that was reviewed before."""
        answer = self.answer
        if answer.is_new:
            return ""
        times = f"{answer.record.tried} time{'s' if answer.record.tried > 1 else ''}"
        since = f"due {from_today(answer.due, clock.today())}" if answer.due else "due again"
        return f"Reviewed {times}, {since}"

    def _ratings(self) -> list[dict[str, str]]:
        """Return each rating, and when the card comes again then."""
        words = {wait: "tomorrow" if wait == 1 else f"in {wait} days" for wait in self.answer.waits.values()}
        return [{"rating": rating, "then": words[wait]} for rating, wait in self.answer.waits.items()]

    def _reviews(self) -> list[str]:
        """Return the reviews that are kept, the newest first."""
        return [f"{in_words(day)}: {rating or 'not rated yet'}" for day, rating in reversed(self.answer.reviews)]
