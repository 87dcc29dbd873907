"""Lesson: joins question, record and page."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attention_course.answers import extra, mine, restoring, taking_over
from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.answers.explore_answer import ExploreAnswer
from attention_course.answers.making import answer_to
from attention_course.answers.record import Record
from attention_course.errors import LessonError, NotAnswered
from attention_course.exercises import credit as credits
from attention_course.exercises.question import Question
from attention_course.exercises.runner import OWN_MACHINE, TRUSTED_ONLY, Runner
from attention_course.page import kept, preload
from attention_course.page.shown_lesson import ShownLesson
from attention_course.page.summary import InWords
from attention_course.student_code.workshop import AtGrading, Home, Workshop

HOME = Home()
AT_GRADING = AtGrading()


class Lesson:
    """One notebook's questions and the student's answers to them.

    Restores what the student had done from the notebook itself. In nbgrader's hands (NBGRADER_EXECUTION is set) a
    question shows as static HTML (`autograde`), and `summary` is an error that names what is unanswered (`validate`).

    `credit=[1, 0.75, 0.5]` says which share of its points an answer gives at attempt 1, 2 and 3 (without it: all);
    `partial=True` counts each right blank of a task with several. Raises LessonError where that is no rule.
    """

    runner: Runner | None = None  # who runs what students answered; None: everything here, trusted kinds at grading
    workshop: Workshop | None = (
        None  # where code that students wrote runs; None: here, at grading where the grader says
    )

    def __init__(self, name: str, *, credit: Sequence[float] | None = None, partial: bool = False) -> None:
        self.name = name
        self.credit = credits.rule(credit, partial)
        self.answers: dict[str, Answer] = {}
        self._execution = os.environ.get("NBGRADER_EXECUTION", "")
        self._kept = kept.of(name)
        restored = restoring.from_own_file(name, kept=bool(self._kept.records()))
        self._records, self._problems = restored.records, restored.problems
        if "" in self._problems:
            print(self._problems[""])
        self._extra = ""  # a code for extra attempts
        self._shown: ShownLesson | None = None
        if not self._execution and _shell() is not None:
            self._shown = ShownLesson(name, self._kept, restored.note)
            preload.start()
        elif not self._execution:
            restoring.warn_where_nothing_can_be_shown()

    def ask(self, question: Question) -> Answer:
        """Show a question, with what the student had done restored, and return the answer to it.

        A question that is asked once more, in the same cell or in a copy of it, has the same answer.
        """
        self.credit.check(question)
        answer = self.answers[question.name] = self._answer_to(question)
        if self._shown:
            self._shown.show(answer)
        elif self._execution == "autograde" and isinstance(answer, CodeAnswer):
            answer.when_graded = lambda: self._show_static(answer)  # before the hidden tests have run nothing is known
        elif self._execution == "autograde":
            self._show_static(answer)
        return answer

    def _answer_to(self, question: Question) -> Answer:
        record, problem = self._records.get(question.name), self._problems.get(question.name, "")
        if not self._shown:
            return self._ready(answer_to(question, record, problem, self.credit, self._runner()))
        answer = self._ready(self._kept.answer_to(question, self.credit, self._runner()))
        if record:
            answer.merge(record)
        elif problem:
            answer.complain(problem)
        return answer

    def _ready(self, answer: Answer) -> Answer:
        """Give an answer what its kind needs: where code runs, the lesson's other answers, extra attempts."""
        if self._extra:
            answer.grant(self._extra)
        if isinstance(answer, CodeAnswer):
            answer.workshop = self.workshop or (AT_GRADING if self._execution == "autograde" else HOME)
            answer.others = self.answers.get
        if isinstance(answer, ExploreAnswer):
            answer.others = self.answers.get
            answer.follow()
        return answer

    def mine(self, name: str) -> Any:
        """Return a function that a task asked for, and say whose: the student's where it passed, else the reference.

        `name` is the function's, or that of the question. Where students are graded it is the reference, always.
        Raises LessonError where no task asks for it, and NotAnswered where nobody has written it.
        """
        return mine.function(self.answers.values(), name, own=self._execution != "autograde")

    def take_over(self, given: str) -> None:
        """Take over answers from an older file of this lesson (its path), or from an answer code; say what came of it.

        Run it below all questions, in a cell of your own. Nothing in the older file is changed.
        """
        with self._kept.lock:
            print("\n".join(taking_over.take_over(self.name, self.answers, given)))

    def extra_attempts(self, code: str) -> None:
        """Take a code for extra attempts that your instructor gave you; say what it does.

        Run it in a cell of your own. Whether the code is yours is looked at when the lesson is graded.
        """
        try:
            self._extra, count = extra.claimed(self.name, code)
        except LessonError as error:
            print(error)
            return
        with self._kept.lock:
            extended = [name for name, answer in self.answers.items() if answer.grant(self._extra)]
        attempts = f"{count} extra attempt{'' if count == 1 else 's'}"
        if self.answers and not extended:
            print("The code has no effect on the questions above: their attempts are not counted.")
        else:
            print(f"{attempts} at each question whose attempts are counted. Grading looks whether the code is yours.")

    @property
    def on_page(self) -> ShownLesson | None:
        """The lesson as a page shows it; None where nothing is shown, as where it is graded."""
        return self._shown

    def _runner(self) -> Runner:
        return self.runner or (TRUSTED_ONLY if self._execution == "autograde" else OWN_MACHINE)

    def _show_static(self, answer: Answer) -> None:
        from IPython.display import display

        from attention_course.page import static_html

        display(static_html.bundle(answer), raw=True)

    # ---- questions that are drawn from a bank, by attention_course.bank

    @property
    def is_graded(self) -> bool:
        """Is this the run in which a student's answers are graded?"""
        return self._execution == "autograde"

    def records(self) -> dict[str, Record]:
        """Return what is known of the answers so far, also of those that are not asked yet."""
        return {**self._records, **self._kept.records()}

    def take(self, choose: Callable[[dict[str, Record]], dict[str, Record]]) -> None:
        """Where nbgrader looks at the answers, take those of them that count."""
        if self._execution:
            self._records = choose(self._records)

    def summed_up_by(self, words: InWords) -> None:
        """Have another object say what the answers tell than `page.summary`."""
        if self._shown:
            self._shown.summed_up_by(words)

    def summary(self, groups: Mapping[str, Iterable[str]] | None = None) -> None:
        """Show points, result by difficulty, what to go on with, and whether the file on disk holds every answer.

        `groups`, titles with the names of questions, each get a badge once all of theirs are right.
        """
        if self._shown:
            self._shown.summary(groups)
        elif self._execution == "validate":
            self._validate()

    def _validate(self) -> None:
        """Raise NotAnswered with what Validate is to say, where there is anything."""
        from attention_course.page import validation

        if said := validation.complaint(self.answers.values(), self._problems.get("", "")):
            raise NotAnswered(said)


def _shell() -> Any:
    """Return the notebook's shell, None in plain Python."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()
