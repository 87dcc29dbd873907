"""A student's answer to one question: takes attempts, judges them, keeps the record."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from attention_course.answers import clock, extra
from attention_course.answers.record import Record
from attention_course.errors import NotAnswered, PartlyRight, PicksError
from attention_course.exercises import program
from attention_course.exercises.credit import Credit, of_points, points
from attention_course.exercises.question import Mistake, Outcome, Question
from attention_course.exercises.runner import OWN_MACHINE, Runner


class Answer:
    """A question and what the student has done with it so far.

    `problem` is a sentence when the record that was found cannot be used: the question then counts as not attempted.
    There is one answer to a question, wherever it is shown: whoever shows it watches it, and whoever tells of it
    elsewhere, in a summary, say, watches it later. Attempts may come from another thread than the notebook's cells, so
    every change happens under `lock`.
    """

    def __init__(
        self,
        question: Question,
        record: Record | None = None,
        problem: str = "",
        credit: Credit | None = None,
        runner: Runner = OWN_MACHINE,
        lock: "threading.RLock | None" = None,
    ) -> None:
        self._asked = question
        self.runner = runner
        self.credit = credit or Credit()
        self.record = Record()
        self.extra = ""  # a code for extra attempts, as the student has pasted it
        self.problem = problem
        self.lock = lock or threading.RLock()
        self._watchers: list[Callable[[], None]] = []
        self._late_watchers: list[Callable[[], None]] = []
        self._held, self._behind = 0, False  # do they wait, and is there news for them?
        self._seen: tuple[Any, Question] | None = None  # the question as it was last seen, and of what it was made
        if record is not None:
            self.merge(record)

    @property
    def question(self) -> Question:
        """The question, with what there is to choose from in the order in which the student saw it.

        It has more attempts than its author allows where the student was given some.
        """
        of = self._asked, self._more(self.record), self.record.order
        if self._seen is None or self._seen[0] != of:
            asked = self._asked.with_more_attempts(of[1]) if of[1] else self._asked
            self._seen = of, asked.reordered(of[2]) if of[2] else asked
        return self._seen[1]

    def ask_again(self, question: Question, credit: Credit) -> None:
        """Take the question, and the lesson's rule, as they are now; what was answered stays."""
        with self.lock:
            self._asked, self.credit = question, credit

    def grant(self, code: str) -> bool:
        """Take a code for extra attempts; return whether it has an effect on this question."""
        with self.lock:
            if extra.count_in(code) and self._counts_attempts:
                self.extra = code
                self._changed()
            return self._counts_attempts

    @property
    def _counts_attempts(self) -> bool:
        """Is it judged anew at each of a limited number of attempts?"""
        asked = self._asked
        return asked.attempts is not None and not asked.committed and not asked.bank

    def _more(self, record: Record) -> int:
        """Return how many attempts there are with a record beside those that the author allows."""
        return max(map(extra.count_in, (self.extra, record.extra))) if self._counts_attempts else 0

    def _counts_like(self, attempt: int) -> int:
        """Return as which attempt one counts, as some may be extra ones."""
        return extra.counts_like(attempt, self._asked.attempts, self._more(self.record))

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have a function called, under the lock, each time the record changes."""
        self._watchers.append(watcher)

    def watch_later(self, watcher: Callable[[], None]) -> None:
        """Have a function called, under the lock, after those who `watch`: at once, or when the verdict is told."""
        self._late_watchers.append(watcher)

    @contextmanager
    def verdict_first(self) -> Iterator[None]:
        """Have those who watch later wait until what is done within has told the verdict."""
        with self.lock:
            self._held += 1
        try:
            yield
        finally:
            with self.lock:
                self._held -= 1
                self._tell_late_watchers()

    def _changed(self) -> None:
        self._behind = True
        for watcher in self._watchers:
            watcher()
        self._tell_late_watchers()

    def _tell_late_watchers(self) -> None:
        if self._behind and not self._held:
            self._behind = False
            for watcher in self._late_watchers:
                watcher()

    def forget(self) -> None:
        """Begin anew: what was answered stands in another notebook than the one that is shown."""
        with self.lock:
            if self.record != Record() or self.problem or self.extra:
                self.record, self.problem, self.extra = Record(), "", ""
                self._changed()

    def complain(self, problem: str) -> None:
        """Say what is wrong with a record that was found, unless there is a good one."""
        with self.lock:
            if self.record.is_empty and problem != self.problem:
                self.problem = problem
                self._changed()

    def merge(self, record: Record) -> bool:
        """Take over a record that is later than this one; return whether it was taken.

        Of a record that is refused the revision is taken, so that the next attempt is later than it.
        """
        with self.lock:
            if not record.is_later_than(self.record):
                return False
            problem = self._reason_against(record)
            if problem:
                self.record = replace(self.record, revision=record.revision)
                self.complain(problem)
                return False
            self.record, self.problem = record, ""
            self._changed()
            return True

    def _reason_against(self, record: Record) -> str:
        """Return why a record is no answer to this question, or ""."""
        most = self._asked.attempts
        if most is not None and record.tried > (most := most + self._more(record)):
            return (
                f"The record of {self.question.name!r} has {record.tried} attempts where "
                f"{most} are allowed, so it counts as no answer."
            )
        try:
            for attempt in record.attempts:
                self.question.check_picks(list(attempt.picks))
        except PicksError as error:
            return f"The record of {self.question.name!r} is no answer to it: {error}"
        return ""

    def check(self, picks: list[str]) -> None:
        """Record an attempt, or what amends one; raise PicksError, with nothing recorded, when it is neither."""
        self._take(picks)

    def _take(self, picks: list[str], sure: str = "") -> None:
        """Record an attempt, and how sure the student is of it, where that is asked."""
        with self.lock:
            amended = self.done and self.picks is not None and self.question.amends(self.picks, picks)
            if self.done and not amended:
                raise PicksError("This question is finished: no further attempt is counted.")
            checked = self.question.check_picks(picks)
            seen = replace(self.record, order=self.question.order, extra=self._code_needed())
            self.record = seen.with_attempt(checked, clock.now(), instead=amended, sure=sure)
            self.problem = ""
            self._changed()

    def _code_needed(self) -> str:
        """Return the code by which one more attempt is allowed; "" where the author allows it."""
        most = self._asked.attempts
        if most is None or self.record.tried < most:
            return self.record.extra
        return max(self.record.extra, self.extra, key=extra.count_in)

    @property
    def picks(self) -> tuple[str, ...] | None:
        """The last attempt's picks, which are the ones that count."""
        return self.record.attempts[-1].picks if self.record.attempts else None

    @property
    def withheld(self) -> bool:
        """Is what came of it not told yet, though the key is known here?"""
        return False

    @property
    def judged(self) -> bool:
        """Is an attempt judged here and now?"""
        return self.question.judged and not self.withheld

    @property
    def outcome(self) -> Outcome:
        """How far the student came."""
        if self.picks is None:
            return Outcome.NOT_ATTEMPTED
        if self.question.committed:
            return Outcome.COMMITTED
        if not self.judged:
            return Outcome.RECORDED
        return Outcome.RIGHT if self.question.is_right(self.picks) else Outcome.WRONG

    @property
    def mistakes(self) -> list[Mistake]:
        """What is wrong with the last attempt, part by part; [] where it is not wrong, or nobody can tell."""
        return self.question.why_wrong(self.picks) if self.picks and self.outcome is Outcome.WRONG else []

    @property
    def so_far(self) -> bool:
        """May the outcome still change when the answer is graded, by tests that are hidden here?"""
        return False

    @property
    def is_due(self) -> bool:
        """Is it to be answered today, perhaps once more? Only cards come again."""
        return False

    @property
    def left(self) -> int | None:
        """How many attempts are left, None where they are not limited."""
        return None if self.question.attempts is None else self.question.attempts - self.record.tried

    @property
    def done(self) -> bool:
        """Is the answer right, or are the attempts used up?"""
        return self.outcome is Outcome.RIGHT or self.left == 0

    def run(self, seed: int = 0) -> program.Run:
        """Run the program as the student filled it last.

        Raises NotAnswered where there is no attempt, TypeError where the question has no program, and PartlyRight where
        the lesson gives partial credit and some blanks are right: what follows are tests of the right answer.
        """
        if not self.question.performs:
            raise TypeError(f"Question {self.question.name!r} has no program to run.")
        if self.picks is None:
            raise NotAnswered(self.problem or f"{self.question.name!r} was not attempted.")
        if self.outcome is Outcome.WRONG and self.share:
            raise PartlyRight("Some blanks are right: the answer gives its share of the points.")
        return self.question.run(self.picks, self.runner, seed)

    @property
    def share(self) -> float:
        """Which share of its points the answer gives, from 0 to 1; 1 where it is right, unless the lesson says else.

        What is committed and never judged gives all of them.
        """
        if self.question.committed:
            return float(self.picks is not None)
        if self.picks is None or not self.judged:
            return 0
        return self.credit.share(self.question, self.picks, self._counts_like(self.record.tried))

    @property
    def worth(self) -> str:
        """Say what a right answer would give now, or in the end what this one gives; "" where nothing changes that."""
        tried = self.record.tried
        if said := self.question.settled and self.question.settled.gives:
            return str(said)
        if self.question.committed:
            return ""
        if not self.done:
            return self.credit.promise(self._asked, self._counts_like(tried + 1))
        promised = self.credit.promise(self._asked, self._counts_like(tried), "if it is right, this answer gives")
        return f"this answer gives {of_points(self.share)}" if promised and self.judged else promised

    @property
    def given(self) -> float:
        """How many points it gives, where it is settled, too; hidden tests of a cell know nothing of that."""
        most = self.question.gives_at_most
        for_all = self.question.settled and self.question.settled.kind == "full"
        return most if for_all else points(self.share, most)

    def points(self, most: float) -> float:
        """Return the score of a graded cell: `most` where the answer is right, else 0, or the share that it gives.

        Raises QuestionError where the question is worth something else: nobody could then get all of its points.
        """
        self.demand_worth(most)
        return most * int(self.share) if self.share in (0, 1) else points(self.share, most)

    def demand_worth(self, most: float) -> None:
        """Raise QuestionError where the hidden tests give other points than the question is worth."""
        self.question.demand(
            most == self.question.points,
            f"its hidden tests end in answer.points({most:g}), but it is worth {self.question.points:g}",
        )
