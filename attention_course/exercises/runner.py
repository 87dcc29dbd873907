"""Runners: who runs the program that an answer makes.

Whoever performs answers is handed a runner. In a student's own kernel every program runs. Where a class is graded or
looked at, only programs of trusted kinds do, those in which every line is the instructor's.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from attention_course.errors import NotTrusted
from attention_course.exercises import program

if TYPE_CHECKING:
    from attention_course.exercises.drawing import Shown
    from attention_course.exercises.question import Picks, Question
    from attention_course.pictures.picture import Picture


class Runner(Protocol):
    """Runs programs, and performs answers with them."""

    def run(self, source: str, *, seed: int = 0, trusted: bool = False) -> program.Run:
        """Run a program; raise NotTrusted where it may not run here."""

    def perform(self, question: "Question", picks: "Picks", render: Callable[["Shown"], str]) -> str:
        """Perform an answer, and return what `render` makes of it; a runner may know that from another time."""

    def heatmap(self, panels: Mapping[str, Any], kinds: Mapping[str, str], render: "Callable[[Picture], str]") -> str:
        """Draw matrices by their titles, and return what `render` makes of the picture; it may be known, too."""


class OwnMachine:
    """Runs every program: on the machine of whoever wrote it."""

    def run(self, source: str, *, seed: int = 0, trusted: bool = False) -> program.Run:
        """Run a program in this process."""
        return program.run(source, seed=seed)

    def perform(self, question: "Question", picks: "Picks", render: Callable[["Shown"], str]) -> str:
        """Perform an answer anew."""
        return render(question.perform(picks, self))

    def heatmap(self, panels: Mapping[str, Any], kinds: Mapping[str, str], render: "Callable[[Picture], str]") -> str:
        """Draw matrices anew."""
        from attention_course.pictures.heatmap import heatmap

        return render(heatmap(panels, kind=kinds))


class TrustedOnly(OwnMachine):
    """Runs the programs of trusted kinds alone: on the instructor's machine."""

    def run(self, source: str, *, seed: int = 0, trusted: bool = False) -> program.Run:
        """Run a program in which every line is the instructor's; raise NotTrusted for any other."""
        if not trusted:
            raise NotTrusted("This answer holds code of a student's, which is not run here.")
        return super().run(source, seed=seed, trusted=trusted)


OWN_MACHINE = OwnMachine()
TRUSTED_ONLY = TrustedOnly()
