"""Lesson: joins question, record and page."""

import os
import random
import threading
from collections.abc import Sequence
from typing import Any

from attention_course.answers import restoring
from attention_course.answers.answer import Answer
from attention_course.errors import NotAnswered
from attention_course.exercises import credit as credits
from attention_course.exercises.question import Question
from attention_course.exercises.runner import OWN_MACHINE, TRUSTED_ONLY, Runner
from attention_course.page import preload
from attention_course.page.shown_lesson import ShownLesson


class Lesson:
    """One notebook's questions and the student's answers to them.

    Restores what the student had done from the notebook itself. In nbgrader's hands (NBGRADER_EXECUTION is set) a
    question shows as static HTML (`autograde`), and `summary` is an error that names what is unanswered (`validate`).

    `credit=[1, 0.75, 0.5]` says which share of its points an answer gives at attempt 1, 2 and 3 (without it: all);
    `partial=True` counts each right blank of a task with several. Raises LessonError where that is no rule.
    """

    runner: Runner | None = None  # who runs what students answered; None: everything here, trusted kinds at grading

    def __init__(self, name: str, *, credit: Sequence[float] | None = None, partial: bool = False) -> None:
        self.name = name
        self.credit = credits.rule(credit, partial)
        self.answers: dict[str, Answer] = {}
        self._lock = threading.RLock()  # one for all answers: a page speaks of its whole notebook
        self._execution = os.environ.get("NBGRADER_EXECUTION", "")
        restored = restoring.from_own_file(name, kept=ShownLesson.has_kept(name))
        self._records, self._problems = restored.records, restored.problems
        if "" in self._problems:
            print(self._problems[""])
        self._shown = None if self._execution or _shell() is None else ShownLesson(name, self.answers, restored.note)
        if self._shown:
            preload.start()
        elif not self._execution:
            restoring.warn_where_nothing_can_be_shown()

    def ask(self, question: Question) -> Answer:
        """Show a question, with what the student had done restored, and return the answer to it.

        A question that is asked once more, in the same cell or in a copy of it, has the same answer.
        """
        self.credit.check(question)
        answer = self.answers.get(question.name) if self._shown else None
        if answer is None:
            answer = self.answers[question.name] = self._new_answer(question)
        else:
            answer.ask_again(question.reordered(answer.question.order))
        if self._shown:
            self._shown.show(answer)
        elif self._execution == "autograde":
            self._show_static(answer)
        return answer

    def _new_answer(self, question: Question) -> Answer:
        name = question.name
        if self._shown:
            question = self._shown.in_order(question, random.Random())
        record, problem = self._records.get(name), self._problems.get(name, "")
        return Answer(question, record, problem, self.credit, self._runner(), self._lock)

    def _runner(self) -> Runner:
        return self.runner or (TRUSTED_ONLY if self._execution == "autograde" else OWN_MACHINE)

    def _show_static(self, answer: Answer) -> None:
        from IPython.display import display

        from attention_course.page import static_html

        display(static_html.bundle(answer), raw=True)

    def summary(self) -> None:
        """Show points, result by difficulty, what to go on with, and whether the file on disk holds every answer."""
        if self._shown:
            self._shown.summary()
        elif self._execution == "validate":
            self._validate()

    def _validate(self) -> None:
        """Raise NotAnswered, which names what is unanswered: the one thing that can be seen without a key."""
        from attention_course.page import summary

        if sentence := summary.unanswered(list(self.answers.values()), self._problems.get("", "")):
            raise NotAnswered(sentence)


def _shell() -> Any:
    """Return the notebook's shell, None in plain Python."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()
