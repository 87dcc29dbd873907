"""Card: something to keep. Write it from memory, see the answer, rate yourself; it comes again on a later day."""

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import drawing, program, text_html
from attention_course.exercises.committed import Committed
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.drawing import Shown
from attention_course.exercises.question import Picks
from attention_course.exercises.runner import OWN_MACHINE, Runner
from attention_course.exercises.spacing import RATINGS, WAITS

LONGEST = 300  # characters: whoever writes more does not recall, but explain
WAIT_TEXTS = ("", *map(str, WAITS))
MISSING = "Write what you remember, or ? where nothing comes, then look."


@dataclass(eq=False)
class Card(Committed):
    """A card with a prompt and an `answer`, of one of the course's ten concepts; `draw` makes the answer's picture.

    An attempt is a review: what was written, how it was rated ("" before that), and for how many days the card rests
    then. It is never judged and gives no points. `proof` is code whose last line is True where the answer is: the
    author's check runs it, and no release holds it.
    """

    points: float = 0
    attempts: int | None = None
    concept: str = ""
    answer: str | None = None
    proof: str | None = None

    kind: ClassVar[str] = "card"
    label: ClassVar[str] = "Card"
    secret: ClassVar[str] = "answer"
    hidden: ClassVar[frozenset[str]] = frozenset({"answer", "proof"})
    unreleased: ClassVar[frozenset[str]] = frozenset({"proof"})
    needed: ClassVar[frozenset[str]] = frozenset({"answer", "draw"})
    texts: ClassVar[tuple[str, ...]] = (*Committed.texts, "answer", "proof")
    wants: ClassVar[frozenset[str]] = frozenset({"number"})
    draws: ClassVar[bool] = True
    reviewed: ClassVar[bool] = True
    done_word: ClassVar[str] = "Reviewed"

    def validate(self) -> None:
        """Check what is asked, then what proves the answer."""
        super().validate()
        self.demand(self.solution is None, "its explanation is its answer: leave solution= out")
        self.demand(self.concept in CONCEPTS, f"concept is one of {', '.join(CONCEPTS)}, not {self.concept!r}")
        self.check_parses("proof", self.proof or "")

    def _check_points(self) -> None:
        self.demand(self.points == 0, "a card gives no points: leave points= out")

    def _check_attempts(self) -> None:
        self.demand(self.attempts is None, "it is reviewed as often as it is due: leave attempts= out")

    def contradiction(self) -> str:
        """Say where the proof does not find what the answer says, or the answer's picture cannot be drawn."""
        run = program.run(self.proof or "True")
        if run.error or run.value is not True:
            return f"its proof ends in {run.error or repr(run.value)} and not in True: mend the answer, or the proof."
        return ""

    # ---- an answer

    @property
    def parts(self) -> int:
        """A review is what was written, the rating, and the wait in days; the last two are "" before it is rated."""
        return 3

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return a review, or raise PicksError when it is none."""
        text, rating, wait = self.texts_of(picks)
        if not text.strip():
            raise PicksError(MISSING)
        if len(text) > LONGEST:
            raise PicksError(f"The text has {len(text):,} characters, and a card takes {LONGEST} at most.")
        self.check_can_be_kept(text)
        if rating not in ("", *RATINGS) or wait not in WAIT_TEXTS or bool(rating) != bool(wait):
            raise PicksError(f"A card is rated as {', '.join(RATINGS)}, and rests {', '.join(WAIT_TEXTS[1:])} days.")
        return text, rating, wait

    def amends(self, before: Picks, picks: Any) -> bool:
        """May this take the place of the review? It may be rated, and otherwise than before; the text stays."""
        return isinstance(picks, list | tuple) and len(picks) == 3 and picks[0] == before[0] and picks[1] in RATINGS

    def samples(self) -> Sequence[tuple[str, ...]]:
        """Return reviews to try."""
        return [("?", "", ""), *(("softmax", rating, "1") for rating in RATINGS)]

    def listed(self) -> Sequence[str]:
        """Return nothing: the prompt says it all."""
        return []

    # ---- showing

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Shown:
        """Return the answer's picture."""
        return Shown(None, *(drawing.draw(self.draw, {}) if self.draw else (None, "")))

    def revealed(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Mapping[str, Any]:
        """Return the answer."""
        return {"answer_html": text_html.paragraphs(self.answer or "")}

    def picked_html(self, picks: Picks) -> str:
        """Return what was written, and how it was rated."""
        rated = f", rated {picks[1]}" if picks[1] else ""
        return f'<span class="ac-own-words">{html.escape(picks[0].strip())}</span>{rated}'

    def picked_text(self, picks: Picks) -> str:
        """Return the same as plain text."""
        return f"“{' '.join(picks[0].split())}”{f', rated {picks[1]}' if picks[1] else ''}"

    def beside_html(self, picks: Picks) -> str:
        """Return the card's answer."""
        return f"<h3>The answer</h3>{text_html.paragraphs(self.answer or '')}"

    def class_html(self, answers: Sequence[Picks], runner: Runner) -> str:
        """Return how often the card was rated how, at its last review."""
        count = Counter(rating for _, rating, _ in answers)
        said = [f"{count[rating]} of {len(answers)}: {rating or 'not rated'}" for rating in (*RATINGS, "")]
        return f"{text_html.paragraphs(self.answer or '')}<ul>{''.join(f'<li>{row}</li>' for row in said)}</ul>"

    def view(self) -> Mapping[str, Any]:
        """Return what is said before it is answered."""
        return {"longest": LONGEST, "missing": MISSING, "concept": self.concept, "once": "nobody judges it"}
