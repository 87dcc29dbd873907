"""Lesson: joins question, record and page."""

import os
from collections.abc import Sequence
from typing import Any

from attention_course.answers import colab, notebook, record
from attention_course.answers.answer import Answer
from attention_course.answers.record import Record
from attention_course.errors import NotAnswered, NotebookError, NotRestored
from attention_course.exercises import credit as credits
from attention_course.exercises.question import Question
from attention_course.exercises.runner import OWN_MACHINE, TRUSTED_ONLY, Runner
from attention_course.page import preload, receipt


class Lesson:
    """One notebook's questions and the student's answers to them.

    Restores what the student had done from the notebook itself. In nbgrader's hands (NBGRADER_EXECUTION is set) a
    question shows as static HTML (`autograde`), or an unanswered one is an error that names it (`validate`).

    `credit=[1, 0.75, 0.5]` says which share of its points an answer gives at attempt 1, 2 and 3 (without it: all);
    `partial=True` counts each right blank of a task with several. Raises LessonError where that is no rule.
    """

    # What was answered under this kernel outlives a second run of the setup cell, also where no file holds it yet.
    _kept: dict[str, dict[str, Record]] = {}  # noqa: RUF012

    runner: Runner | None = None  # who runs what students answered; None: everything here, trusted kinds at grading

    _gave_up: set[str] = set()  # noqa: RUF012  # lessons that Colab did not hand over, and whose student was told

    def __init__(self, name: str, *, credit: Sequence[float] | None = None, partial: bool = False) -> None:
        self.name = name
        self.credit = credits.rule(credit, partial)
        self.answers: dict[str, Answer] = {}
        self._page_path: str | None = None
        self._execution = os.environ.get("NBGRADER_EXECUTION", "")
        self._records, self._problems = self._restore()
        if "" in self._problems:
            print(self._problems[""])
        if not self._execution and _shell() is not None:
            preload.start()

    def _restore(self) -> tuple[dict[str, Record], dict[str, str]]:
        try:
            document = self._document()
        except NotebookError as error:
            return {}, {"": str(error)}
        if document is None:
            return {}, {}
        records, problems = record.read(document, self.name)
        return records, {**record.noted_problems(document), **problems}

    def _document(self) -> dict[str, Any] | None:
        """Return the notebook this kernel runs, None where it is not to be found."""
        if colab.is_here() and not self._execution:
            return self._colab_document()
        path = notebook.own_path(self.name)
        return notebook.load(path) if path else None

    def _colab_document(self) -> dict[str, Any]:
        """Return the notebook from Colab's page; where that fails, stop a run of all cells once.

        Each cell that runs takes its own receipt away, and with it the only copy of an answer that was not restored.
        """
        try:
            return colab.document()
        except NotebookError as error:
            if self._kept.get(self.name) or self.name in self._gave_up:
                raise
            self._gave_up.add(self.name)
            raise NotRestored(
                f"{error} Answers you gave earlier could not be restored, and to run a question would remove them: "
                "run this cell again. (If that does not help, it then goes on without them.)"
            ) from error

    def ask(self, question: Question) -> Answer:
        """Show a question, with what the student had done restored, and return the answer to it."""
        self.credit.check(question)
        answer = self._restored(question)
        self.answers[question.name] = answer
        if self._execution == "validate" and answer.picks is None:
            raise NotAnswered(answer.problem or f"{question.title} ({question.name}) is not answered yet.")
        if self._execution:
            self._show_static(answer)
        elif _shell() is not None:
            self._show_widget(answer)
        return answer

    def _restored(self, question: Question) -> Answer:
        name = question.name
        answer = Answer(question, self._records.get(name), self._problems.get(name, ""), self.credit, self._runner())
        answers = [
            self._kept.get(self.name, {}).get(name),
            self.answers[name].record if name in self.answers else None,
        ]
        for known in answers:
            if known is not None:
                answer.merge(known)
        return answer

    def _runner(self) -> Runner:
        return self.runner or (TRUSTED_ONLY if self._execution == "autograde" else OWN_MACHINE)

    def _show_static(self, answer: Answer) -> None:
        if self._execution != "autograde":
            print(receipt.line(answer))
            return
        from IPython.display import display

        from attention_course.page import static_html

        display(static_html.bundle(answer), raw=True)

    def _show_widget(self, answer: Answer) -> None:
        from IPython.display import DisplayHandle, display

        from attention_course.page.widget import QuestionWidget

        shown = DisplayHandle()  # the page may send something, in another thread, before the receipt is displayed

        def changed(bundle: dict[str, Any]) -> None:
            self._kept.setdefault(self.name, {})[answer.question.name] = answer.record
            shown.update(bundle, raw=True)

        display(QuestionWidget(self.name, answer, changed, self._located))
        shown.display(receipt.bundle(self.name, answer), raw=True)

    def _located(self, page_path: str) -> None:
        self._page_path = page_path

    def summary(self) -> None:
        """Show points, result by difficulty, what to look at again, and whether the file on disk holds every answer."""
        from IPython.display import display

        from attention_course.page import summary

        answers = list(self.answers.values())
        if self._execution:
            display(summary.bundle(answers, "", ""), raw=True)
            return
        if colab.is_here():
            saved = summary.saved_in_colab(self.name, answers)
        else:
            saved = summary.saved_sentence(self.name, notebook.own_path(self.name, self._page_path), answers)
        display(summary.bundle(answers, saved, summary.code(self.name, answers)), raw=True)


def _shell() -> Any:
    """Return the notebook's shell, None in plain Python."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()
