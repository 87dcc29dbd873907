"""Choice: a question with several options, one of which is chosen."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from attention_course.exercises import drawing, text_html
from attention_course.exercises.options import letter
from attention_course.exercises.picking import PickingQuestion
from attention_course.exercises.question import Picks, are_texts
from attention_course.exercises.runner import OWN_MACHINE, Runner

NAMED = re.compile(r"([A-Z])\s*[:.)]\s*")  # the letter at the beginning of a worked solution's answer


@dataclass(eq=False)
class Choice(PickingQuestion):
    """A question with several options, one of them right; its picture belongs to the worked solution.

    Each student sees the options in an order of chance, unless `shuffle` is False (because their text speaks of an
    order, say) or they are a mere list, whose texts may speak of letters. So the letter of the right one is put before
    the worked solution's answer, whatever letter its author wrote there.
    """

    code: str | None = None
    shuffle: bool = True

    kind: ClassVar[str] = "choice"
    label: ClassVar[str] = "Question"
    texts: ClassVar[tuple[str, ...]] = (*PickingQuestion.texts, "code")
    hidden: ClassVar[frozenset[str]] = PickingQuestion.hidden | {"draw"}
    unpicked: ClassVar[str] = "Pick an option, then check."
    in_prose: ClassVar[bool] = True
    trusted: ClassVar[bool] = True

    @staticmethod
    def id_of(place: int, text: str) -> str:
        """Return the id of an option of a mere list: the letter that it stood beside."""
        return letter(place)

    def validate(self) -> None:
        """Check options and key, then the worked solution."""
        self.demand(isinstance(self.shuffle, bool), "shuffle is True or False")
        self.shuffle = self.shuffle and isinstance(self.options, Mapping)
        super().validate()
        if self.solution is None:
            return
        parts = self.solution if isinstance(self.solution, Mapping) else {}
        self.demand(
            parts.keys() | {"answer"} == {"steps", "check", "answer"}
            and are_texts(parts["steps"])
            and are_texts([parts.get("answer", "-"), parts["check"]]),
            'a solution is a dict with "steps" (a list of texts) and "check", and perhaps "answer"',
        )

    def contradiction(self) -> str:
        """Say where the worked solution's answer is another option than the key."""
        answer = (self.solution or {}).get("answer", "") if self.judged else ""
        named = NAMED.match(answer)
        text = answer[named.end() :] if named else answer
        others = [option for option in self.options if option.id not in self.right_ids(0)]
        letters = {self.letter_of(option.id) for option in others}
        if (named and named[1] in letters) or text in {option.text for option in others}:
            return (
                f"its solution's answer is {answer!r}, but its key is {self.picked_text(self.key)!r}: mend one of them."
            )
        return ""

    @property
    def order(self) -> tuple[str, ...]:
        """The options' ids in the order in which they are shown, () where that is the author's."""
        return tuple(self.ids) if self.shuffle else ()

    def shuffled(self, chance: Random) -> Self:
        """Return the question with its options in an order of chance, where its text allows that."""
        return self.reordered(chance.sample(self.ids, len(self.ids)))

    def reordered(self, order: Sequence[str]) -> Self:
        """Return the question with its options in another order, where its text allows that; those not named last."""
        if not self.shuffle:
            return self
        places = {name: place for place, name in enumerate(order)}
        other = copy.copy(self)
        other.options = sorted(self.options, key=lambda option: places.get(option.id, len(places)))
        return other

    def program_text(self) -> str:
        """Return the code that the question is about."""
        return self.code or ""

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> drawing.Shown:
        """Return the picture of the worked solution: a choice itself does nothing."""
        return drawing.Shown(None, *drawing.draw(self.draw, {})) if self.draw else drawing.Shown(None, None)

    def mistake_text(self, pick: str) -> str:
        """Return the letter of a wrong pick: its text stands above, in the question."""
        return self.letter_of(pick)

    # ---- showing

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the code that the question is about, "" where there is none."""
        return text_html.code(self.code or "")

    def options_html(self, picks: Picks = ()) -> str:
        """Return the options, and say in words which of them was picked."""
        rows = [
            f"<li>{text_html.inline(option.text)}{' <strong>← your answer</strong>' if option.id in picks else ''}</li>"
            for option in self.options
        ]
        return f'<ol type="A" class="ac-options ac-{self.kind}">{"".join(rows)}</ol>'

    def picked_html(self, picks: Picks) -> str:
        """Return the letter and the text of the option that was chosen."""
        return f"{self.letter_of(picks[0])}: {text_html.inline(self.text_of(picks[0]))}"

    def picked_text(self, picks: Picks) -> str:
        """Return the letter and the text of the option that was chosen."""
        return f"{self.letter_of(picks[0])}, {self.text_of(picks[0])}"

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the steps, the picture, the answer and a quick check."""
        steps = "".join(f"<li>{text_html.inline(step)}</li>" for step in self.solution["steps"])
        answer = NAMED.sub("", self.solution.get("answer", self.text_of(self.key[0])))
        return (
            f'<ol class="ac-steps">{steps}</ol>{performed}'
            f"<p><strong>Answer</strong> {self.letter_of(self.key[0])}: {text_html.inline(answer)}</p>"
            f"<p><strong>Quick check</strong> {text_html.inline(self.solution['check'])}</p>"
        )

    def view(self) -> Mapping[str, Any]:
        """Return the options, of which one is picked."""
        options = [
            {"id": option.id, "letter": letter, "label": option.text, "html": text_html.inline(option.text)}
            for letter, option in self.options_as_seen()
        ]
        return {"options": options, "blank_count": 1}
