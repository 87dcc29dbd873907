"""Remembering: what an answer did is drawn once for all students who gave it."""

import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from attention_course.exercises.drawing import Shown
from attention_course.exercises.question import Picks, Question
from attention_course.exercises.runner import TrustedOnly
from attention_course.instructor.forkserver.kept_pictures import KeptPictures
from attention_course.pictures.picture import Picture

# A program's text, the code that draws, the picks; or a picture's name.
Performance = tuple[str, str | None, tuple[str, ...]] | str
Work = Callable[[], object]


class Remembering(TrustedOnly):
    """Runs the programs of trusted kinds, and knows what it has shown before: a class gives few different answers."""

    def __init__(self) -> None:
        self._known: dict[Performance, str] = {}
        self._new: list[Performance] = []
        self._kept: KeptPictures | None = None
        self._postponed: dict[Performance, Work] | None = None

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
            if self._postponed is not None:
                self._postponed[performance] = functools.partial(self.perform, question, picks, render)
                return ""
            self._note(performance, super().perform(question, picks, render))
        return self._known[performance]

    def knows(self, question: Question, picks: Picks) -> bool:
        """Is it known what an answer did?"""
        return self._is_known(_performance(question, picks))

    def heatmap(self, panels: Mapping[str, Any], kinds: Mapping[str, str], render: Callable[[Picture], str]) -> str:
        """Return matrices drawn for a static page."""
        name = _name(panels, kinds)
        if not self._is_known(name):
            self._note(name, super().heatmap(panels, kinds, render))
        return self._known[name]

    @contextmanager
    def postponing(self) -> Iterator[Mapping[Performance, Work]]:
        """Perform nothing meanwhile that is not known; return, as work to be done, what would have been performed."""
        postponed: dict[Performance, Work] = {}
        self._postponed = postponed
        try:
            yield postponed
        finally:
            self._postponed = None

    def drawn_by(self, work: Work) -> str:
        """Do the work, and return what it drew that was not known before, for `take_over` in another process."""
        self._new.clear()
        work()
        return json.dumps([(performance, self._known[performance]) for performance in self._new])

    def take_over(self, drawn: str) -> None:
        """Remember what `drawn_by` returned."""
        for performance, shown in json.loads(drawn):
            self._note(performance if isinstance(performance, str) else _as_tuple(*performance), shown)

    def _is_known(self, performance: Performance) -> bool:
        kept = self._kept.get(performance) if self._kept and performance not in self._known else None
        if kept is not None:
            self._known[performance] = kept
        return performance in self._known

    def _note(self, performance: Performance, shown: str) -> None:
        self._known[performance] = shown
        self._new.append(performance)


def _name(panels: Mapping[str, Any], kinds: Mapping[str, str]) -> str:
    """Return what stands for a heatmap: the same for the same matrices under the same titles."""
    digest = hashlib.sha256()
    for title, matrix in panels.items():
        values = np.ascontiguousarray(matrix, dtype=float)
        digest.update(repr((title, kinds[title], values.shape)).encode() + values.tobytes())
    return digest.hexdigest()


def _performance(question: Question, picks: Picks) -> Performance:
    return _as_tuple(question.program_with(picks), question.draw, picks)


def _as_tuple(program: str, draw: str | None, picks: Sequence[str]) -> Performance:
    return program, draw, tuple(picks)
