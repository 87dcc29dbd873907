"""Kept: a lesson's answers as long as the kernel runs, and the notebook that they belong to."""

import threading
from dataclasses import dataclass, field
from random import Random
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit
from attention_course.exercises.question import Question
from attention_course.exercises.runner import Runner
from attention_course.page.live_answer import LiveAnswer
from attention_course.page.live_code import live_answer_to

_lessons: dict[str, "Kept"] = {}


@dataclass
class Kept:
    """One answer to each question, wherever it is shown: a second run of a cell, or a copy of it, finds it here.

    `document` is the id of the saved notebook that they stand in: None before its first save, and where no page can
    tell. `lock` is one for all of them: a page speaks of its whole notebook.
    """

    document: str | None = None
    live: dict[str, LiveAnswer] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def answer_to(self, question: Question, credit: Credit, runner: Runner) -> Answer:
        """Return the answer to a question: the one that is there, or a new one, its options in an order of chance."""
        if question.name in self.live:
            answer = self.live[question.name].answer
            answer.ask_again(question.reordered(answer.question.order), credit)
        else:
            answer = answer_to(question.shuffled(Random()), credit=credit, runner=runner, lock=self.lock)
            self.live[question.name] = live_answer_to(answer)
        return answer

    def records(self) -> dict[str, Record]:
        """Return the records of what is answered."""
        answers = {name: live.answer for name, live in self.live.items()}
        return {name: answer.record for name, answer in answers.items() if not answer.record.is_empty}

    def turn_to(self, document: Any) -> None:
        """Serve the notebook with this id from now on, and forget what was answered in another one.

        What never reached a saved notebook belongs to the one that is shown: its save may have failed.
        """
        if self.document not in (None, document):
            for live in self.live.values():
                live.answer.forget()
        self.stand_in(document)

    def stand_in(self, document: Any) -> None:
        """Take note that the answers stand in the saved notebook with this id."""
        self.document = document if isinstance(document, str) else None


def of(lesson: str) -> Kept:
    """Return what this kernel keeps of a lesson."""
    return _lessons.setdefault(lesson, Kept())
