"""Explore: a picture that can be moved, once what is predicted of it is committed; its last state is kept."""

import html
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises.committed import Committed
from attention_course.exercises.explorers import EXPLORERS, AskingExplorer, Explorer, State
from attention_course.exercises.question import NAME, Picks
from attention_course.exercises.runner import Runner

LONGEST = 2_000  # characters of a state


@dataclass(eq=False)
class Explore(Committed):
    """An explorer by its name (those of `exercises/explorers/`), locked until the question `predict` is committed.

    An answer is the state in which it was left, as JSON; whoever goes on exploring changes it. `start` is the state in
    which it begins, and `solution` says what there is to see, once something was moved.

    `uses` names a `Write` question of the lesson that defines the function which the explorer can ask: where the
    student's own code is good there, the page can have its numbers computed by that.
    """

    points: float = 0
    explorer: str = ""
    predict: str = ""
    start: Any = None
    uses: str = ""

    kind: ClassVar[str] = "explore"
    label: ClassVar[str] = "Explorer"
    secret: ClassVar[str] = "solution"
    hidden: ClassVar[frozenset[str]] = frozenset({"solution"})
    solved: ClassVar[str] = "What there was to see"
    done_word: ClassVar[str] = "Explored"
    explored: ClassVar[bool] = True

    def validate(self) -> None:
        """Check the explorer and the state in which it begins."""
        super().validate()
        self.demand(self.explorer in EXPLORERS, f"explorer is one of {', '.join(sorted(EXPLORERS))}")
        good = isinstance(self.predict, str) and (not self.predict or NAME.fullmatch(self.predict) is not None)
        self.demand(good and self.predict != self.name, "predict is the name of an earlier question")
        good = isinstance(self.uses, str) and (not self.uses or NAME.fullmatch(self.uses) is not None)
        self.demand(good and self.uses != self.name, "uses is the name of a question that asks for a function")
        self.demand(
            not self.uses or isinstance(self.moved, AskingExplorer),
            f"the explorer {self.explorer!r} asks no function, so leave uses= out",
        )
        self.start = dict(self.moved.samples()[0]) if self.start is None else self.start
        self.demand(isinstance(self.start, Mapping), "start is a dict, the state in which the explorer begins")
        self.start = dict(self.start)
        try:
            self.moved.check(self.start)
        except ValueError as error:
            self.demand(False, f"start is no state of the explorer {self.explorer!r}: {error}")

    @property
    def moved(self) -> Explorer:
        """The explorer."""
        return EXPLORERS[self.explorer]

    @property
    def asks(self) -> str:
        """The name of the function that the explorer can ask of the student; "" where it asks none here."""
        return self.moved.asks if self.uses and isinstance(self.moved, AskingExplorer) else ""

    # ---- an answer

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the state, as the one text that it is, or raise PicksError when it is none."""
        (text,) = self.texts_of(picks)
        try:
            if not text:
                raise ValueError("move something first")
            if len(text) > LONGEST:
                raise ValueError("it is too long")
            state = json.loads(text)
            if not isinstance(state, dict):
                raise ValueError("it is no object")
            self.moved.check(state)
        except (ValueError, RecursionError) as error:
            reason = str(error) if type(error) is ValueError else "it is no JSON"
            raise PicksError(f"This is no state of the explorer: {reason}.") from None
        return (text,)

    def state_of(self, picks: Picks) -> State:
        """Return the state that an answer is."""
        return dict(json.loads(picks[0]))

    def amends(self, before: Picks, picks: Any) -> bool:
        """May this take the place of the state that is kept? Whoever goes on exploring changes it."""
        return True

    def samples(self) -> Sequence[tuple[str, ...]]:
        """Return states to try."""
        return [(json.dumps(state),) for state in self.moved.samples()]

    def listed(self) -> Sequence[str]:
        """Say how it begins, for whoever sees no page."""
        begins = ", ".join(f"{name} = {json.dumps(value)}" for name, value in self.start.items())
        return [f"A picture to move, which begins with {begins}."]

    # ---- showing

    def picked_html(self, picks: Picks) -> str:
        """Return what the state shows, in words."""
        return html.escape(self.picked_text(picks))

    def picked_text(self, picks: Picks) -> str:
        """Return what the state shows, in words."""
        return self.moved.words(self.state_of(picks))

    def beside_html(self, picks: Picks) -> str:
        """Return the picture of the state."""
        return f'<div class="ac-picture">{self.moved.picture(self.state_of(picks)).html()}</div>'

    def class_html(self, answers: Sequence[Picks], runner: Runner) -> str:
        """Return in which states a class left it."""
        counts = Counter(self.picked_html(picks) for picks in answers).most_common()
        rows = "".join(f"<li>{words} ({count} student{'' if count == 1 else 's'})</li>" for words, count in counts)
        return f"<p>Left in these states:</p><ul>{rows}</ul>"

    def view(self) -> Mapping[str, Any]:
        """Return which explorer it is, how it begins, and which function it can ask of the student."""
        return {"explorer": self.explorer, "start": self.start, "asks": self.asks}
