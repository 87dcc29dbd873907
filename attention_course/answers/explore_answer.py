"""ExploreAnswer: the state of an explorer, which is locked until what is predicted of it is committed."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from attention_course.answers.answer import Answer
from attention_course.errors import PicksError
from attention_course.exercises.explore import Explore
from attention_course.exercises.question import Question


class ExploreAnswer(Answer):
    """An answer to an `Explore`; `others` finds the lesson's answer to another question by its name."""

    others: Callable[[str], Answer | None] = staticmethod(lambda name: None)
    _followed: Answer | None = None

    @property
    def question(self) -> Explore:
        """The question."""
        return cast(Explore, self._asked)

    @property
    def waits_for(self) -> Question | None:
        """The prediction that is to be committed first; None where it is, or was skipped, or is not asked here."""
        prediction = self.others(self.question.predict) if self.question.predict else None
        is_open = prediction is None or prediction.picks is not None or self.picks is not None or self.record.shown
        return None if is_open or prediction is None else prediction.question

    def follow(self) -> None:
        """Have whoever shows the answer told when the prediction is committed."""
        prediction = self.others(self.question.predict) if self.question.predict else None
        if prediction is not None and prediction is not self._followed:
            self._followed = prediction
            prediction.watch(self._changed)

    def check(self, picks: list[str]) -> None:
        """Keep a state; raise PicksError where it is none, or the explorer is locked."""
        if waits_for := self.waits_for:
            raise PicksError(f"Commit {waits_for.title} first, or skip it.")
        super().check(picks)

    def skip(self) -> None:
        """Open the explorer without a prediction, which is recorded."""
        with self.lock:
            if self.waits_for:
                self.record = self.record.with_shown(datetime.now().astimezone())
                self._changed()
