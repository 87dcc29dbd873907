"""ShownLesson: a lesson's questions on a page, and what the page says of its notebook."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from attention_course.answers import colab, notebook
from attention_course.answers.answer import Answer
from attention_course.page import next_step, preload, receipt, saved
from attention_course.page.kept import Kept
from attention_course.page.shown_summary import ShownSummary
from attention_course.page.summary import InWords, Usual
from attention_course.page.totals import Groups


class ShownLesson:
    """Shows questions with their receipts in the notebook's shell, and keeps the receipts up to date.

    The page says which notebook it shows: what was answered in another one is forgotten then.
    """

    def __init__(self, lesson: str, kept: Kept, note: str = "") -> None:
        from IPython.display import DisplayHandle

        self.lesson, self._kept, self._note = lesson, kept, note
        self.page_path: str | None = None
        self._reached = False  # does the page reach its notebook, which it then saves by itself?
        self._greeted: set[str] = set()  # questions that a page was seen to show
        self._asked: dict[str, Answer] = {}
        self._receipts: dict[str, DisplayHandle] = {}
        self._widgets: list[Any] = []
        self._summary = ShownSummary(lesson, self._asked, kept.lock, self._saved)
        self._followers: list[Callable[[], None]] = []
        self._of_all = DisplayHandle()
        self._of_all.display(self.receipt_of_all(), raw=True)

    def show(self, answer: Answer) -> None:
        """Show a question's widget, and below it its receipt, which is kept up to date wherever it stands."""
        from IPython.display import DisplayHandle, display

        from attention_course.page.widget import QuestionWidget

        name = answer.question.name
        with self._kept.lock:
            if name not in self._asked:
                self._asked[name] = answer
                self._receipts[name] = DisplayHandle()  # the page may say something before the receipt is displayed
                answer.follow(lambda: self._answered(answer))
            self._widgets.append(QuestionWidget(self._kept.live[name], self))
            display(self._widgets[-1])
            self._receipts[name].display(self.receipt_of(answer), raw=True)
            self._changed()
        preload.begin()

    def follow(self, follower: Callable[[], None]) -> None:
        """Have a function called, under the lock, whenever something more is asked or answered."""
        self._followers.append(follower)

    def _changed(self) -> None:
        self._summary.tell()
        for follower in self._followers:
            follower()

    @property
    def asked(self) -> Mapping[str, Answer]:
        """The answers to all that was asked, by the questions' names."""
        return self._asked

    @property
    def lock(self) -> threading.RLock:
        """What everybody holds who changes or shows an answer."""
        return self._kept.lock

    # ---- receipts

    def _answered(self, answer: Answer) -> None:
        """Renew what says, and carries, what is answered."""
        self._receipts[answer.question.name].update(self.receipt_of(answer), raw=True)
        self._of_all.update(self.receipt_of_all(), raw=True)
        self._changed()

    def receipt_of(self, answer: Answer) -> dict[str, Any]:
        """Return a question's receipt, which carries the other answers along."""
        greeted = answer.question.name in self._greeted
        return receipt.bundle(self.lesson, answer, self._kept.records(), greeted=greeted)

    def receipt_of_all(self) -> dict[str, Any]:
        """Return the receipt of the whole lesson."""
        return receipt.lesson_bundle(self.lesson, self._kept.records(), len(self._kept.live), self._note)

    # ---- what a page says

    @property
    def document(self) -> str | None:
        """The id of the notebook that the answers belong to, None before its first save."""
        return self._kept.document

    def page_says(self, question: str, page: dict[str, Any]) -> None:
        """Take in what a page that shows a question says of its notebook."""
        with self._kept.lock:
            if isinstance(page.get("path"), str):
                self.page_path = page["path"]
            if page.get("kind") == "stored":
                self._stored(page.get("document"))
            else:
                self._reached = page.get("notebook") is True
                if self._reached:
                    self._kept.turn_to(page.get("document"))
            for widget in self._widgets:
                widget.document = self.document
            if question not in self._greeted:
                self._greeted.add(question)
                self._receipts[question].update(self.receipt_of(self._asked[question]), raw=True)

    def _stored(self, document: Any) -> None:
        """A tab has saved the answers in a notebook with this id: other tabs that show it are told."""
        self._kept.stand_in(document)
        for widget in self._widgets:
            widget.send({"kind": "stored", "document": self.document})

    # ---- the end of the lesson

    def summed_up_by(self, words: InWords) -> None:
        """Have another object say what the answers tell."""
        self._summary.words = words

    def summary(self, groups: Groups | None = None) -> None:
        """Show the lesson's result, whether the notebook holds every answer, and what comes next."""
        from IPython.display import display

        if groups:
            self._summary.words = Usual(groups)
        self._summary.show(self._saved(wait=saved.SAVE_SECONDS))
        if following := next_step.bundle(self.lesson, self.page_path):
            display(following, raw=True)

    def _saved(self, wait: float = 0) -> str:
        """Say whether the notebook holds every answer; asked while no cell runs (`wait` is 0), Colab cannot tell."""
        answers = list(self._asked.values())
        if colab.is_here():
            return saved.in_colab(self.lesson, answers) if wait else saved.LOOK_AGAIN
        then = "" if self._reached else "Then run this cell again."
        path = notebook.own_file(self.lesson, self.page_path)
        return saved.on_disk(self.lesson, path, answers, wait=wait, then=then)
