"""CodeAnswer: a student's answer that is code. Its cell's text is run over examples at home, and tested at grading."""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from types import SimpleNamespace
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.errors import NotAnswered
from attention_course.exercises.credit import points
from attention_course.exercises.question import Outcome
from attention_course.exercises.suite import Suite, Test, Tested
from attention_course.exercises.write import Write
from attention_course.student_code.student import Student
from attention_course.student_code.workshop import Home, Workshop

LONGEST_TESTING = 60.0  # seconds, after which no further test of an answer is begun


class CodeAnswer(Answer):
    """An answer to a `Write`.

    `workshop` opens the student's code: at home in this process, at grading in the sandbox, which is handed in. `others`
    finds the lesson's answer to another question by its name. `seed` is what tests draw their inputs with. `tested` is
    what came of the hidden tests, None before they have run: at home there are none.
    """

    question: Write
    workshop: Workshop = Home()
    seed: int = 1
    others: Callable[[str], Answer | None] = staticmethod(lambda name: None)
    tested: list[Tested] | None = None
    ungraded: str = ""  # why it could not be graded, as a part of a sentence for the instructor
    when_graded: Callable[[], None] = staticmethod(lambda: None)  # is called when points are asked for

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.checks, self.tests = Suite(), Suite()
        super().__init__(*arguments, **named)

    # ---- what the question's cell registers

    def check(self, given: Any, *, why: str = "") -> Any:
        """Register a released check under a name: `@answer.check("rows sum to one", why="…")`.

        Given a list, record it as an attempt, as every answer does.
        """
        if isinstance(given, str):
            return self.checks.register(given, why)
        return super().check(given)

    def test(self, name: str, *, points: float, why: str) -> Callable[[Test], Test]:
        """Register a hidden test under a name: `@answer.test("rows sum to one", points=1, why="…")`."""
        return self.tests.register(name, why, points)

    # ---- what runs

    def cells(self, text: str) -> list[str]:
        """Return what is run for an answer: the lesson's code, that of earlier questions, and the answer last."""
        return [*self.before(), text]

    def before(self, *, own: bool = True) -> list[str]:
        """Return the code that runs before an answer's own, without the student's where `own` is False.

        Raises NotAnswered where an earlier question's code is needed and nobody has it.
        """
        cells = []
        for used in self.used():
            cells += [*used.before(own=own), used.code_for_others(own=own)]
        return [*dict.fromkeys([*cells, self.question.given] if self.question.given else cells)]

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

    # ---- grading

    def points(self, most: float) -> float:
        """Run the hidden tests, and return the share of the points that those give which passed.

        Where there are none, as at home, nothing is given. Raises NoSandbox where no student's code may be run.
        """
        self.demand_worth(most)
        self.tested, self.ungraded = None, ""
        if self.picks is not None and len(self.tests):
            until = monotonic() + LONGEST_TESTING
            tested = self.tests.run(self._opened, self.right(), seed=self.seed, until=until)
            self.ungraded = self._why_ungraded(tested)
            self.tested = tested
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
                with Home().open([*self.before(own=False), str(self.question.key)], seed=self.seed) as key:
                    again = by_name[each.name].run(key, self.right(), self.seed)
                if again.stumbled:
                    return (
                        f"could not be graded: its test {each.name!r} ends in an error of its own, with the key, too "
                        f"({again.stumbled}), so mend the test."
                    )
        return ""

    def _opened(self) -> Student:
        if self.picks is None:
            raise NotAnswered(self.problem or f"{self.question.name!r} was not attempted.")
        return self.workshop.open(self.cells(self.picks[0]), seed=self.seed)

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
            return Outcome.RIGHT if all(each.passed for each in self.tested) else Outcome.WRONG
        if not self.question.judged:
            return Outcome.RECORDED
        passed = [one for part in self.record.attempts[-1].result.values() for one in part]
        return Outcome.RIGHT if passed and all(passed) else Outcome.WRONG

    @property
    def done(self) -> bool:
        """Are the attempts used up? Code that is right so far may still be made better."""
        return self.left == 0

    def record_text(self, text: str, passed: dict[str, Sequence[bool]]) -> None:
        """Record a text that was checked, with what came of it."""
        with self.lock:
            (checked,) = self.question.check_picks([text])
            result = {what: tuple(each) for what, each in passed.items() if each}
            self.record, self.problem = self.record.with_text(checked, datetime.now().astimezone(), result), ""
            self._changed()
