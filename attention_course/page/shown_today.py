"""ShownToday: which of a lesson's cards are due, shown on a page, and the files to take them along."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from attention_course.answers import agenda, clock, misses
from attention_course.answers.agenda import Agenda
from attention_course.answers.answer import Answer
from attention_course.answers.card_answer import CardAnswer
from attention_course.answers.misses import Miss
from attention_course.page import anki_file, calendar_file, preload, today


class ShownToday:
    """Shows what is due, and tells it anew whenever a card is reviewed.

    `path` returns where the page says that its notebook is: what went wrong in those beside it comes first.
    """

    def __init__(
        self, lesson: str, answers: Mapping[str, Answer], lock: threading.RLock, path: Callable[[], str | None]
    ) -> None:
        self._lesson, self._answers, self._lock, self._path = lesson, answers, lock, path
        self._misses: list[Miss] = []
        self._looked_from: str | None = None
        self._widgets: list[Any] = []

    def show(self) -> None:
        """Show what is due."""
        from IPython.display import display

        from attention_course.page.today_widget import TodayWidget

        with self._lock:
            self._widgets.append(TodayWidget(self._lesson, self.look, self.file))
            self.look()
            display(self._widgets[-1])

    def look(self) -> None:
        """Look into the notebooks beside this one, and tell what is due."""
        with self._lock:
            self._looked_from = self._path()
            self._misses = misses.beside(self._lesson, self._looked_from)
            self.tell()

    def tell(self) -> None:
        """Tell what is due by now, where it is shown."""
        with self._lock:
            if not self._widgets:
                return
            if self._path() != self._looked_from:  # only now it is known where the notebook is
                return self.look()
            made = self._agenda()
            said = today.as_html(made, len(self._cards))
            for widget in self._widgets:
                widget.tell(said, [one.answer.question.name for one in made.due])

    @property
    def _cards(self) -> list[CardAnswer]:
        return [answer for answer in self._answers.values() if isinstance(answer, CardAnswer)]

    def _agenda(self) -> Agenda:
        return agenda.of(self._cards, self._misses)

    def file(self, which: str) -> tuple[str, str, str]:
        """Return a file's name, its type and its text: the cards for "anki", or the "calendar" of the days."""
        if which == "anki":
            preload.wait()
            cards = [answer.question for answer in self._cards]
            return f"{self._lesson}-anki.txt", "text/plain", anki_file.text(self._lesson, cards)
        with self._lock:
            days = self._agenda().all_days(clock.today())
            titles = {day: [card.question.title for card in cards] for day, cards in days.items()}
            return f"{self._lesson}.ics", "text/calendar", calendar_file.text(self._lesson, titles, clock.now())
