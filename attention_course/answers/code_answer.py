"""CodeAnswer: a student's answer that is code. Its cell's text is run over examples at home, and tested at grading."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast

from attention_course.answers import trying
from attention_course.answers.answer import Answer
from attention_course.errors import NotAnswered, PicksError, StudentError
from attention_course.exercises.credit import points
from attention_course.exercises.find_answer import Found
from attention_course.exercises.question import Mistake, Outcome
from attention_course.exercises.suite import ENDS, Suite, Test, Tested
from attention_course.exercises.tried import Tried
from attention_course.exercises.write import Write, key_of
from attention_course.student_code.student import Student
from attention_course.student_code.workshop import Home, Workshop


class CodeAnswer(Answer):
    """An answer to a `Write`.

    `workshop` opens the student's code: at home in this process, at grading in the sandbox that is handed in. `others`
    finds the lesson's answer to another question by its name. `seed` is what tests draw their inputs with. `tested` is
    what came of the hidden tests, None before they have run: at home there are none.
    """

    workshop: Workshop = Home()
    seed: int = 1
    others: Callable[[str], Answer | None] = staticmethod(lambda name: None)
    tested: list[Tested] | None = None
    ungraded: str = ""  # why it could not be graded, as a part of a sentence for the instructor
    when_graded: Callable[[], None] = staticmethod(lambda: None)  # is called when points are asked for

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.checks, self.tests = Suite(), Suite()
        self.tried: Tried | None = None  # what came of the last Check in this kernel
        super().__init__(*arguments, **named)

    @property
    def question(self) -> Write:
        """The question, in which nothing has an order of chance."""
        return cast(Write, self._asked)

    # ---- what the question's cell registers

    def check(self, given: Any, *, why: str = "") -> Any:
        """Register a released check under a name: `@answer.check("rows sum to one", why="…")`.

        Given a list, record it as an attempt, as every answer does.
        """
        if not isinstance(given, str):
            return super().check(given)

        def taken(function: Test) -> Test:
            with self.lock:
                self.checks.register(given, why)(function)
                if len(self.checks) == 1:  # whoever shows the answer is told that there are any
                    self._changed()
            return function

        return taken

    def test(self, name: str, *, points: float, why: str) -> Callable[[Test], Test]:
        """Register a hidden test under a name: `@answer.test("rows sum to one", points=1, why="…")`."""
        return self.tests.register(name, why, points)

    # ---- what runs

    def cells(self, text: str) -> list[str]:
        """Return what is run for an answer: the lesson's code, that of earlier questions, and the answer last."""
        return [*self.before(), text]

    def before(self, *, own: bool = True) -> list[str]:
        """Return the code that runs before an answer's own, without the student's where `own` is False.

        Where code is brought from another lesson, the reference is a part of it: so none stands in a student's cell.
        Raises NotAnswered where an earlier question's code is needed and nobody has it.
        """
        cells = []
        for used in self.used():
            cells += [*used.before(own=own), used.code_for_others(own=own)]
        if self.question.given:
            cells.append(self.question.given)
        if own and self.question.brings and self.question.key is not None:
            cells.append(str(self.question.key))  # in the place of what was not brought
        return [*dict.fromkeys(cells)]

    def used(self) -> list["CodeAnswer"]:
        """Return the answers to the earlier questions whose functions this one may call."""
        found = [self.others(name) for name in self.question.uses]
        return [other for other in found if isinstance(other, CodeAnswer)]

    @property
    def is_good(self) -> bool:
        """Is the student's own code what later questions use? It is where it passed, or nobody can tell."""
        return self.outcome is Outcome.RIGHT or (self.outcome is Outcome.RECORDED and self.question.key is None)

    def code_for_others(self, *, own: bool = True) -> str:
        """Return the code that later questions use: the student's own where it is good, else the key."""
        if own and self.is_good and self.picks:
            return self.picks[0]
        if self.question.key is None:
            raise NotAnswered(
                f"This needs {self.question.defines[0]} of {self.question.title}: write that first, and check it."
            )
        return str(self.question.key)

    def try_out(self, found: Found, *, more: bool = False) -> Tried:
        """Run the examples over a text, and with `more` the released checks, too; record the text with what came of it.

        Raises PicksError, with nothing run or recorded, where that is no answer or no more attempts are allowed.
        """
        with self.lock:
            if self.done:
                raise PicksError("This question is finished: no further attempt is counted.")
            self._take_authors_key(found.text)
            (text,) = self.question.check_picks([found.text])
            self.tried = tried = trying.try_out(self, replace(found, text=text), more=more)
            self.record, self.problem = self.record.with_text(text, _now(), tried.passed), ""
            self._changed()
            return tried

    def _take_authors_key(self, text: str) -> None:
        """In an author's own notebook the cell, between its marks, is the key."""
        if "### BEGIN SOLUTION" in text and self.question.sealed is None:
            self._asked.key = key_of(text)

    def show_solution(self) -> None:
        """Record that the student asks for the worked solution."""
        with self.lock:
            if not self.record.shown:
                self.record = self.record.with_shown(_now())
                self._changed()

    @property
    def solution_is_open(self) -> bool:
        """May the worked solution be seen? After success, when it was asked for, or when no attempt is left."""
        return self.question.judged and (self.outcome is Outcome.RIGHT or bool(self.record.shown) or self.done)

    # ---- grading

    def points(self, most: float) -> float:
        """Run the hidden tests, and return the share of the points that those give which passed.

        Where there are none, as at home, nothing is given. Raises NoSandbox where no student's code may be run.
        """
        self.demand_worth(most)
        self.tested, self.ungraded = None, ""
        if self.picks is not None and len(self.tests):
            cells, until = self.cells(self.picks[0]), monotonic() + self.question.longest_testing
            tested = self.tests.run(lambda: self.opened(cells), self.right(), seed=self.seed, until=until)
            self.ungraded = self._why_ungraded(tested)
            self.tested = tested
            if not any(each.cause in ENDS for each in tested):  # what does not end is not begun once more
                self.tried = trying.run(self, Tried(self.picks[0]))
            self._changed()
        elif self.picks is not None and self.question.brings:  # its examples decide whose code later tasks use
            self.tried = trying.run(self, Tried(self.picks[0]))
            self._changed()
        self.when_graded()
        if self.tested is None:
            return 0
        return most * int(self.share) if self.share in (0, 1) else points(self.share, most)

    def _why_ungraded(self, tested: Sequence[Tested]) -> str:
        """Return why something of the course or of the sandbox keeps this from being judged, "" where nothing does.

        A test that stumbles may do so over what the student's code gave it: then it passes with the key.
        """
        by_name = {test.name: test for test in self.tests}
        for each in tested:
            if each.cause == "refused":
                return f"could not be graded: in the test {each.name!r} {each.raised}."
            if each.stumbled and self.question.key is not None:
                cells = [*self.before(own=False), str(self.question.key)]
                with Home().open(cells, seed=self.seed, **self.question.limits) as key:
                    again = by_name[each.name].run(key, self.right(), self.seed)
                if again.stumbled:
                    return (
                        f"could not be graded: its test {each.name!r} ends in an error of its own, with the key, too "
                        f"({again.stumbled}), so mend the test."
                    )
        return ""

    def opened(self, cells: Sequence[str]) -> Student:
        """Return the student's code, opened in the workshop; raise StudentError where it cannot be."""
        student = self.workshop.open(cells, seed=self.seed, **self.question.limits)
        if why := self.question.forbidden(student.outline(own=True)) if self.question.forbids else "":
            student.close()
            raise StudentError("Forbidden", why, cause="raised")
        return student

    def right(self) -> Any:
        """Return the right names: an object with what the key's code defines, None where the key is held back."""
        if self.question.key is None:
            return None
        names: dict[str, Any] = {"__name__": "__main__"}
        for source in [*self.before(own=False), str(self.question.key)]:
            exec(compile(source, "<the key>", "exec", dont_inherit=True), names)
        return SimpleNamespace(**{name: value for name, value in names.items() if not name.startswith("__")})

    @property
    def share(self) -> float:
        """Which share of the points the hidden tests gave; before they have run, 1 where all is right so far."""
        if self.tested is not None:
            return sum(each.points for each in self.tested if each.passed) / (self.tests.points or 1)
        return float(self.outcome is Outcome.RIGHT)

    @property
    def outcome(self) -> Outcome:
        """How far the student came: by the hidden tests where they have run, else by what the last Check showed."""
        if self.picks is None:
            return Outcome.NOT_ATTEMPTED
        if self.tested is not None:
            if self.ungraded:
                return Outcome.UNGRADED
            return Outcome.RIGHT if all(each.passed for each in self.tested) else Outcome.WRONG
        if not self.question.judged:
            return Outcome.RECORDED
        seen = self.tried.passed if self.tried and (self.tried.text,) == self.picks else None
        passed = [one for part in (seen or self.record.attempts[-1].result).values() for one in part]
        return Outcome.RIGHT if passed and all(passed) else Outcome.WRONG

    @property
    def mistakes(self) -> list[Mistake]:
        """Nothing: what is wrong with code is said by its examples and tests."""
        return []

    @property
    def so_far(self) -> bool:
        """Have the hidden tests not run yet? Of what is brought from another lesson there are none."""
        return self.tested is None and self.question.counts

    @property
    def done(self) -> bool:
        """Are the attempts used up? Code that is right so far may still be made better."""
        return self.left == 0


def _now() -> datetime:
    return datetime.now().astimezone()
