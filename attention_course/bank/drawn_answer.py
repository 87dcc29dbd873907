"""DrawnAnswer: the answer to a question that is drawn from a bank, anew for each sitting."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from attention_course.answers.answer import Answer
from attention_course.answers.drawn import SURE, Drawn
from attention_course.answers.record import Record
from attention_course.errors import LessonError, PicksError
from attention_course.exercises.question import Question

HOW_SURE = "Say how sure you are, then check."


class Bank(Protocol):
    """What questions are drawn from."""

    def question(self, name: str, drawn: Drawn, number: int | None = None) -> Question:
        """Return the item that was drawn as a question; raise LessonError where no sitting draws it for this one."""


class DrawnAnswer(Answer):
    """An answer whose record says which item is asked, so that whoever reads the record asks the same.

    It is given once, with how sure the student is. What came of it is withheld until all answers of its sitting are
    there: `revealed` says whether they are.
    """

    def __init__(self, question: Question, *arguments: Any, **named: Any) -> None:
        self.revealed: Callable[[], bool] = lambda: True
        self._bank: Bank = question.bank
        super().__init__(question, *arguments, **named)
        if self.record.drawn is None:
            self.record = replace(self.record, drawn=question.drawn)

    @property
    def drawn(self) -> Drawn:
        """What was drawn."""
        return self.record.drawn or self._asked.drawn

    @property
    def question(self) -> Question:
        """The item that was drawn, with what there is to choose from in the order in which the student saw it."""
        question = self._bank.question(self._asked.name, self.drawn, self._asked.number)
        return question.reordered(self.record.order) if self.record.order else question

    @property
    def withheld(self) -> bool:
        """Is what came of it not told yet, since other questions of the sitting are open?"""
        return self.picks is not None and not self.revealed()

    def check(self, picks: list[str], sure: str = "") -> None:
        """Record the answer and how sure the student is of it; raise PicksError, with nothing recorded, for none."""
        if sure not in SURE:
            raise PicksError(HOW_SURE)
        self._take(picks, sure)

    def draw(self, drawn: Drawn) -> None:
        """Ask another item; what was answered to the one before is put aside, and kept."""
        with self.lock:
            if self.record.attempts or self.record.sat:
                self.record = self.record.sitting(drawn)
            else:
                self.record = Record(drawn=drawn, revision=self.record.revision)
            self.problem = ""
            self._changed()

    def tell_again(self) -> None:
        """Have whoever watches look again: whether it is withheld depends on other answers, too."""
        with self.lock:
            self._changed()

    def _reason_against(self, record: Record) -> str:
        """Return why a record is no answer to this question, or ""."""
        name = self._asked.name
        if record.drawn is None or len(record.attempts) > 1 or record.earlier:
            return f"The record of {name!r} does not say what was asked, or has two answers, so it counts as none."
        try:
            question = self._bank.question(name, record.drawn)
            for attempt in record.attempts:
                question.check_picks(list(attempt.picks))
        except (PicksError, LessonError) as error:
            return f"The record of {name!r} is no answer to it: {error}"
        return ""
