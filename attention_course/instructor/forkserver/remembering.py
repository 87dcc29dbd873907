"""Remembering: what an answer did is drawn once for all students who gave it."""

from collections.abc import Callable

from attention_course.exercises.drawing import Shown
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.runner import TrustedOnly

Performance = tuple[str, str | None, tuple[str, ...]]  # a program's text, the code that draws, the picks


class Remembering(TrustedOnly):
    """Runs the programs of trusted kinds, and knows what it has shown before: a class gives few different answers."""

    def __init__(self) -> None:
        self._known: dict[Performance, str] = {}

    def perform(self, question: Question, picks: Picks, render: Callable[[Shown], str]) -> str:
        """Return what an answer did as HTML for a static page, the only one that is made where a class is graded."""
        performance = _performance(question, picks)
        if performance not in self._known:
            self._known[performance] = super().perform(question, picks, render)
        return self._known[performance]

    def knows(self, question: Question, picks: Picks) -> bool:
        """Is it known what an answer did?"""
        return _performance(question, picks) in self._known

    def remember(self, question: Question, picks: Picks, shown: str) -> None:
        """Take over what `perform` returned in another process."""
        self._known[_performance(question, picks)] = shown


def _performance(question: Question, picks: Picks) -> Performance:
    return question.program_with(picks), question.draw, tuple(picks)
