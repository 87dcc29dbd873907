"""ShownLesson: a lesson's questions on a page, and what the page says of its notebook."""

from random import Random
from typing import Any

from attention_course.answers import colab, notebook
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.exercises.question import Question
from attention_course.page import receipt


class ShownLesson:
    """Shows questions with their receipts in the notebook's shell, and keeps the receipts up to date.

    Where a page reaches its notebook, that notebook alone says what was answered before. Elsewhere what was answered
    under this kernel outlives a second run of the setup cell.
    """

    _kept: dict[str, dict[str, Record]] = {}  # noqa: RUF012  # by lesson
    _orders: dict[str, dict[str, tuple[str, ...]]] = {}  # noqa: RUF012  # of options, by lesson

    def __init__(self, lesson: str, answers: dict[str, Answer], note: str = "") -> None:
        from IPython.display import DisplayHandle

        self.lesson, self.answers, self._note = lesson, answers, note
        self._document: Any = None  # the id of the notebook that the answers belong to
        self._page_path: str | None = None
        self._greeted = False
        self._receipts: dict[str, DisplayHandle] = {}
        self._of_all = DisplayHandle()
        self._of_all.display(self._lesson_bundle(), raw=True)

    @classmethod
    def has_kept(cls, lesson: str) -> bool:
        """Was a question of this lesson answered under this kernel?"""
        return bool(cls._kept.get(lesson))

    def in_order(self, question: Question, chance: Random) -> Question:
        """Return a question with its options in an order of chance, which stays while the kernel runs."""
        orders = self._orders.setdefault(self.lesson, {})
        if question.name not in orders:
            orders[question.name] = question.shuffled(chance).order
        return question.reordered(orders[question.name])

    def show(self, answer: Answer) -> None:
        """Show a question's widget, and below it its receipt, the newest of which is kept up to date."""
        from IPython.display import DisplayHandle, display

        from attention_course.page.widget import QuestionWidget

        name = answer.question.name
        first = name not in self._receipts
        handle = self._receipts[name] = DisplayHandle()  # the page may say something before the receipt is displayed
        display(QuestionWidget(self.lesson, answer, self._page_greets, self._bundle))
        handle.display(self._bundle(answer), raw=True)
        if first:
            answer.watch(lambda: self._answered(answer))

    def _answered(self, answer: Answer) -> None:
        """Keep what was answered, and renew the receipts that carry it."""
        self._kept.setdefault(self.lesson, {})[answer.question.name] = answer.record
        self._receipts[answer.question.name].update(self._bundle(answer), raw=True)
        self._of_all.update(self._lesson_bundle(), raw=True)

    def _bundle(self, answer: Answer) -> dict[str, Any]:
        return receipt.bundle(self.lesson, answer, self._records(), greeted=self._greeted)

    def _lesson_bundle(self) -> dict[str, Any]:
        return receipt.lesson_bundle(self.lesson, self._records(), len(self.answers), self._note)

    def _records(self) -> dict[str, Record]:
        return {name: answer.record for name, answer in self.answers.items() if answer.record.attempts}

    def _page_greets(self, page: dict[str, Any]) -> None:
        """Take in what a page says of its notebook; what was answered in another one is forgotten here."""
        if isinstance(page.get("path"), str):
            self._page_path = page["path"]
        self._greeted = True
        if page.get("kind") == "stored":
            self._document = page.get("document")
        elif page.get("notebook"):
            if self._document is not None and page.get("document") != self._document:
                for answer in self.answers.values():
                    answer.forget()
            self._document = page.get("document")
        else:
            for name, kept in self._kept.get(self.lesson, {}).items():
                if name in self.answers:
                    self.answers[name].merge(kept)

    def summary(self) -> None:
        """Show the lesson's result and whether the notebook holds every answer."""
        from IPython.display import display

        from attention_course.page import summary

        answers = list(self.answers.values())
        if colab.is_here():
            saved = summary.saved_in_colab(self.lesson, answers)
        else:
            saved = summary.saved_sentence(self.lesson, notebook.own_file(self.lesson, self._page_path), answers)
        display(summary.bundle(answers, saved, summary.code(self.lesson, answers)), raw=True)
