"""Explain: a few sentences of one's own. No machine judges them; a model answer and points to tick come after."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import text_html
from attention_course.exercises.committed import Committed
from attention_course.exercises.question import Picks, are_texts
from attention_course.exercises.runner import OWN_MACHINE, Runner

LONGEST = 3_000  # characters: some five hundred words
MOST_POINTS = 5
SHORT = 60  # characters of a text that a line has room for
NONE_TICKED = "Nothing ticked yet"


@dataclass(eq=False)
class Explain(Committed):
    """A text of at least so many `words`; an answer is the text and, once it is committed, what its writer ticked.

    `model` is a model answer, and `points_to_make` what it says, each as it follows on "Did you say". `by_hand` has
    nbgrader's formgrader list each text, for somebody to score it; until then it gives all of its points.
    """

    words: int = 8
    by_hand: bool = False
    model: str | None = None
    points_to_make: Any = None

    kind: ClassVar[str] = "explain"
    label: ClassVar[str] = "Question"
    secret: ClassVar[str] = "model"
    hidden: ClassVar[frozenset[str]] = frozenset({"model", "points_to_make"})
    texts: ClassVar[tuple[str, ...]] = (*Committed.texts, "model")
    wants: ClassVar[frozenset[str]] = frozenset({"number"})

    def validate(self) -> None:
        """Check what is asked, then the model answer and its points."""
        super().validate()
        self.demand(type(self.words) is int and 1 <= self.words <= 200, "words is a whole number from 1 to 200")
        self.demand(type(self.by_hand) is bool, "by_hand is True or False")
        self.demand(self.solution is None, "its explanation is the model answer: leave solution= out")
        self.points_to_make = list(self.points_to_make or ())
        self.demand(
            self.model is None or (are_texts(self.points_to_make) and 1 <= len(self.points_to_make) <= MOST_POINTS),
            f"points_to_make is a list of 1 to {MOST_POINTS} texts, each as it follows on “Did you say”",
        )

    # ---- an answer

    @property
    def parts(self) -> int:
        """An answer is what was written and, for each point, 1 where it is ticked, else 0 ("" before that)."""
        return 2

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the text and what is ticked, or raise PicksError when they are no answer to this question."""
        text, ticks = self.texts_of(picks)
        if not text.strip():
            raise PicksError(self.missing)
        if (count := word_count(text)) < self.words:
            raise PicksError(f"Write at least {self.words} words, then commit: so far there are {count}.")
        if len(text) > LONGEST:
            raise PicksError(f"The text has {len(text):,} characters, and an answer takes {LONGEST:,} at most.")
        self.check_can_be_kept(text)
        if not re.fullmatch("[01]*", ticks, re.ASCII) or (ticks and self.judged and len(ticks) != self._count):
            raise PicksError(f"What is ticked is 0 or 1 for each of {self._count} points.")
        return text, ticks

    @property
    def _count(self) -> int:
        return len(self.points_to_make)

    @property
    def missing(self) -> str:
        """What is said where nothing is written yet."""
        return "Write a sentence or two, then commit."

    def amends(self, before: Picks, picks: Any) -> bool:
        """May this take the place of a committed answer? Points may be ticked; the text stays."""
        same = isinstance(picks, list | tuple) and len(picks) == 2 and picks[0] == before[0] and picks[1] != before[1]
        return same and self.judged

    def samples(self) -> Sequence[tuple[str, ...]]:
        """Return answers to try."""
        text = " ".join(["word"] * self.words)
        return [(text, ""), (text, "1" * self._count)]

    def listed(self) -> Sequence[str]:
        """Say what is to be written, for whoever sees no page."""
        return [f"In your own words, at least {self.words} of them."]

    @property
    def is_read(self) -> bool:
        """Is somebody to read the text, and to score it by hand?"""
        return self.by_hand

    # ---- showing

    def revealed(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Mapping[str, Any]:
        """Return the model answer and its points."""
        if not self.judged:
            return {}
        points = [text_html.inline(point) for point in self.points_to_make]
        return {"model_html": text_html.paragraphs(self.model or ""), "points_html": points}

    def picked_html(self, picks: Picks) -> str:
        """Return the text, as it was written."""
        return f'<span class="ac-own-words">{html.escape(picks[0].strip())}</span>'

    def picked_text(self, picks: Picks) -> str:
        """Return the beginning of the text, and how long it is."""
        line = " ".join(picks[0].split())
        short = line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"
        return f"“{short}” ({word_count(picks[0])} words)"

    def beside_html(self, picks: Picks) -> str:
        """Return the model answer, and each point with whether it was ticked."""
        if not self.judged:
            return "<p>A model answer is shown after the class is graded.</p>"
        ticks = picks[1].ljust(self._count, "0")
        rows = "".join(
            f"<li>{'☑ yes' if tick == '1' else '☐ no'}: {text_html.inline(point)}</li>"
            for point, tick in zip(self.points_to_make, ticks, strict=True)
        )
        said = "Did you say …? As you ticked it" if picks[1] else "Did you say …? Nothing was ticked"
        model = f"<h3>A model answer</h3>{text_html.paragraphs(self.model or '')}"
        return f'{model}<h3>{said}</h3><ul class="ac-why">{rows}</ul>'

    def class_html(self, answers: Sequence[Picks], runner: Runner) -> str:
        """Return how many ticked each point, and the texts, grouped by what their writers ticked."""
        points = "".join(
            f"<li>{sum(ticks[place : place + 1] == '1' for _, ticks in answers)} of {len(answers)} say that they said "
            f"{text_html.inline(point.rstrip('?'))}.</li>"  # asked of a student, said here
            for place, point in enumerate(self.points_to_make)
        )
        groups: dict[str, list[Picks]] = {}
        for picks in sorted(answers, key=lambda picks: (-picks[1].count("1"), picks[1], picks[0])):
            groups.setdefault(picks[1], []).append(picks)
        texts = "".join(self._group_html(ticks, group) for ticks, group in groups.items())
        return f"{text_html.paragraphs(self.model or '')}<ul>{points}</ul>{texts}"

    def _group_html(self, ticks: str, group: Sequence[Picks]) -> str:
        ticked = [str(place) for place, tick in enumerate(ticks, start=1) if tick == "1"]
        point = "point" if len(ticked) == 1 else "points"
        heading = f"Ticked: {point} {', '.join(ticked)}" if ticked else "Ticked: no point" if ticks else NONE_TICKED
        texts = "".join(f"<li>{self.picked_html(picks)}</li>" for picks in group)
        return f"<details><summary>{heading} ({len(group)})</summary><ul>{texts}</ul></details>"

    def view(self) -> Mapping[str, Any]:
        """Return how much is to be written."""
        return {"words": self.words, "longest": LONGEST, "missing": self.missing}


def word_count(text: str) -> int:
    """Return how many words a text has: whatever has a letter or a digit in it, between spaces."""
    return len([word for word in text.split() if re.search(r"\w", word)])
