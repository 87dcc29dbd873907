"""Committed: what is common to the kinds that are answered once and never judged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises.program import Run
from attention_course.exercises.question import Mistake, Picks, Question, are_points
from attention_course.exercises.runner import OWN_MACHINE, Runner


@dataclass(eq=False)
class Committed(Question):
    """A question without right and wrong: once it is answered, what there is to compare with is shown.

    It gives its points for being answered at all. They may be 0: nbgrader takes a graded cell that is worth nothing.
    """

    attempts: int | None = 1

    committed: ClassVar[bool] = True
    in_prose: ClassVar[bool] = True
    trusted: ClassVar[bool] = True  # all that runs is the instructor's; an answer is data
    wants: ClassVar[frozenset[str]] = frozenset({"number", "solution"})
    solved: ClassVar[str] = "Explanation"
    unpicked: ClassVar[str] = "Answer, then commit."
    draws: ClassVar[bool] = False  # may draw= make a picture?

    def validate(self) -> None:
        """Check what is asked; a kind checks what is hidden."""
        super().validate()
        self.demand(self.key is None, f"nothing in it is right or wrong: leave key= out and give {self.secret}=")
        self.demand(self.draw is None or self.draws, "it has its own picture: leave draw= out")
        solution = self.solution
        self.demand(solution is None or (isinstance(solution, str) and bool(solution.strip())), "a solution is a text")

    def _check_points(self) -> None:
        self.demand(are_points(self.points), f"points is 0 or more, not {self.points!r} (two decimals at most)")

    def _check_attempts(self) -> None:
        self.demand(self.attempts == 1, "it is answered once: leave attempts= out")

    # ---- an answer

    def texts_of(self, picks: Any) -> tuple[str, ...]:
        """Return an answer's texts, one for each part; raise PicksError where it has another form."""
        if not isinstance(picks, list | tuple) or not all(isinstance(pick, str) for pick in picks):
            raise PicksError(f"An answer to {self.name!r} is a list of texts.")
        if len(picks) != self.parts:
            raise PicksError(f"An answer to {self.name!r} has {self.parts} part(s), this one has {len(picks)}.")
        return tuple(picks)

    def check_can_be_kept(self, text: str) -> None:
        """Raise PicksError where a text has a sign in it that no notebook can hold."""
        try:
            kept = json.dumps(text, ensure_ascii=False).encode() and "\0" not in text
        except UnicodeEncodeError:  # half a character
            kept = False
        if not kept:
            raise PicksError("The text has a sign in it that no file can hold: delete it, then commit.")

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Return nothing: an answer is neither right nor wrong."""
        return []

    def run(self, picks: Picks, runner: Runner = OWN_MACHINE, seed: int = 0) -> Run:
        """Raise TypeError: an answer runs nothing."""
        raise TypeError(f"Question {self.name!r} is never judged: its answer has no program to run.")

    def samples(self) -> Sequence[tuple[str, ...]]:
        """Return answers to try: each of them is accepted."""
        raise NotImplementedError
