"""ShownToday: which of a lesson's cards are due, shown on a page, and the files to take them along."""

from attention_course.answers import clock
from attention_course.answers.card_answer import CardAnswer
from attention_course.lesson import Lesson
from attention_course.page import preload
from attention_course.page.shown_lesson import ShownLesson
from attention_course.recall import agenda, anki_file, calendar_file, misses, today_html
from attention_course.recall.agenda import Agenda
from attention_course.recall.misses import Miss
from attention_course.recall.today_widget import TodayWidget


def today(lesson: Lesson) -> None:
    """Show which of a lesson's cards are due, first what went wrong in the notebooks beside this one."""
    if lesson.on_page:
        ShownToday(lesson.on_page).show()


class ShownToday:
    """Shows what is due, and tells it anew whenever a card is reviewed."""

    def __init__(self, lesson: ShownLesson) -> None:
        self._shown = lesson
        self._misses: list[Miss] = []
        self._looked_from: str | None = None
        self._widget = TodayWidget(lesson.lesson, self.look, self.file)

    def show(self) -> None:
        """Show what is due."""
        from IPython.display import display

        self.look()
        display(self._widget)
        self._shown.follow(self.tell)

    def look(self) -> None:
        """Look into the notebooks beside this one, and tell what is due."""
        with self._shown.lock:
            self._looked_from = self._shown.page_path
            self._misses = misses.beside(self._shown.lesson, self._looked_from)
            self.tell()

    def tell(self) -> None:
        """Tell what is due by now, where it is shown."""
        with self._shown.lock:
            if self._shown.page_path != self._looked_from:  # only now it is known where the notebook is
                return self.look()
            made = self._agenda()
            said = today_html.as_html(made, len(self._cards))
            self._widget.tell(said, [one.answer.question.name for one in made.due])

    @property
    def _cards(self) -> list[CardAnswer]:
        return [answer for answer in self._shown.asked.values() if isinstance(answer, CardAnswer)]

    def _agenda(self) -> Agenda:
        return agenda.of(self._cards, self._misses)

    def file(self, which: str) -> tuple[str, str, str]:
        """Return a file's name, its type and its text: the cards for "anki", or the "calendar" of the days."""
        if which == "anki":
            preload.wait()
            cards = [answer.question for answer in self._cards]
            return f"{self._shown.lesson}-anki.txt", "text/plain", anki_file.text(self._shown.lesson, cards)
        with self._shown.lock:
            days = self._agenda().all_days(clock.today())
            titles = {day: [card.question.title for card in cards] for day, cards in days.items()}
        text = calendar_file.text(self._shown.lesson, titles, clock.now())
        return f"{self._shown.lesson}.ics", "text/calendar", text
