"""ShownSummary: a lesson's summary on a page, as a widget that follows every answer, and as an output that stays."""

import threading
from collections.abc import Callable
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.page import summary


class ShownSummary:
    """Shows a lesson's summary, and tells it anew whenever something has changed.

    `saved` says whether the notebook holds every answer: the summary cannot know where that lies.
    """

    def __init__(
        self, lesson: str, answers: dict[str, Answer], lock: threading.RLock, saved: Callable[[], str]
    ) -> None:
        from IPython.display import DisplayHandle

        self._lesson, self._answers, self._lock, self._saved = lesson, answers, lock, saved
        self.words: summary.InWords = summary.USUAL
        self._widgets: list[Any] = []
        self._told: Any = None
        self._output = DisplayHandle()

    def show(self, saved: str) -> None:
        """Show the summary with a sentence that says whether everything is saved."""
        from IPython.display import display

        from attention_course.page.summary_widget import SummaryWidget

        with self._lock:
            self._told = said = self._said(saved)
            self._widgets.append(SummaryWidget(self._lesson, *said, self.tell, self._sit_again))
            display(self._widgets[-1])
            self._output.display(said[1], raw=True)

    def _sit_again(self) -> None:
        with self._lock:
            self.words.sit_again()

    def tell(self) -> None:
        """Tell what has changed, where the summary is shown."""
        with self._lock:
            if self._widgets:
                said = self._said(self._saved())
                if said == self._told:  # an output that is written again makes the notebook one that is not saved
                    return
                self._told = said
                for widget in self._widgets:
                    widget.tell(*said)
                self._output.update(said[1], raw=True)

    def _said(self, saved: str) -> tuple[str, dict[str, Any]]:
        answers = list(self._answers.values())
        said = self._lesson, answers, saved, self.words
        return summary.live_html(*said), summary.bundle(*said)
