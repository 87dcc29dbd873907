"""ExploreAnswer: the state of an explorer, which is locked until what is predicted of it is committed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.own import Own
from attention_course.errors import PicksError
from attention_course.exercises.explore import Explore
from attention_course.exercises.question import Question


class ExploreAnswer(Answer):
    """An answer to an `Explore`; `others` finds the lesson's answer to another question by its name."""

    others: Callable[[str], Answer | None] = staticmethod(lambda name: None)
    _followed: Mapping[str, Answer] = {}
    _own: Own | None = None

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

    @property
    def own(self) -> CodeAnswer | None:
        """The student's code that the explorer can ask; None where it asks none, or that is not good."""
        code = self.others(self.question.uses) if self.question.uses else None
        is_good = isinstance(code, CodeAnswer) and code.is_good and self.question.asks in code.question.defines
        return cast(CodeAnswer, code) if is_good else None

    def follow(self) -> None:
        """Have whoever shows the answer told when the prediction is committed, and when the own code has changed."""
        for name in filter(None, (self.question.predict, self.question.uses)):
            other = self.others(name)
            if other is not None and other is not self._followed.get(name):
                self._followed = {**self._followed, name: other}
                other.watch(self._changed)

    def ask(self, state: Any) -> dict[str, Any]:
        """Have the student's own function compute a state: its `numbers`, or the `sentence` that says why not."""
        with self.lock:
            code = self.own
            if code is None:
                return {"sentence": f"Your own {self.question.asks} cannot be asked now."}
            if self._own is None or self._own.code is not code:
                self._own = Own(code)
            return self._own.computed(self.question.asks, self.question.moved, state)

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
