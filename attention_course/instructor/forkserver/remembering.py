"""Remembering: what an answer did is drawn once for all students who gave it."""

from collections.abc import Callable
from pathlib import Path

from attention_course.exercises.drawing import Shown
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.runner import TrustedOnly
from attention_course.instructor.forkserver.kept_pictures import KeptPictures

Performance = tuple[str, str | None, tuple[str, ...]]  # a program's text, the code that draws, the picks


class Remembering(TrustedOnly):
    """Runs the programs of trusted kinds, and knows what it has shown before: a class gives few different answers."""

    def __init__(self) -> None:
        self._known: dict[Performance, str] = {}
        self._new: list[Performance] = []
        self._kept: KeptPictures | None = None

    def keep_in(self, folder: Path, of: str) -> None:
        """Look from now on in a folder of KeptPictures for what was shown at another time."""
        self._kept = KeptPictures(folder, of)

    def keep(self) -> None:
        """Keep in that folder what is new. Only the fork server does so: a child may have changed how pictures look."""
        if self._kept:
            for performance in self._new:
                self._kept.put(performance, self._known[performance])
        self._new.clear()

    def perform(self, question: Question, picks: Picks, render: Callable[[Shown], str]) -> str:
        """Return what an answer did as HTML for a static page, the only one that is made where a class is graded."""
        performance = _performance(question, picks)
        if not self._is_known(performance):
            self._note(performance, super().perform(question, picks, render))
        return self._known[performance]

    def knows(self, question: Question, picks: Picks) -> bool:
        """Is it known what an answer did?"""
        return self._is_known(_performance(question, picks))

    def remember(self, question: Question, picks: Picks, shown: str) -> None:
        """Take over what `perform` returned in another process."""
        self._note(_performance(question, picks), shown)

    def _is_known(self, performance: Performance) -> bool:
        kept = self._kept.get(performance) if self._kept and performance not in self._known else None
        if kept is not None:
            self._known[performance] = kept
        return performance in self._known

    def _note(self, performance: Performance, shown: str) -> None:
        self._known[performance] = shown
        self._new.append(performance)


def _performance(question: Question, picks: Picks) -> Performance:
    return question.program_with(picks), question.draw, tuple(picks)
