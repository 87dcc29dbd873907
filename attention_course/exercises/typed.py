"""Typed: what is common to the kinds that are answered by typing into fields, as numbers or shapes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import drawing, text_html
from attention_course.exercises.question import Mistake, Picks, Question, are_texts
from attention_course.exercises.runner import OWN_MACHINE, Runner

LONGEST = 60  # characters of a field


@dataclass(eq=False)
class Typed(Question):
    """A question with fields, each of which takes a short text that stands for a value; an answer is kept as typed.

    `key` has a text for each field, and `why_not` for each field a dict that says of known wrong texts why they are
    wrong. Both are compared with an answer by their values.
    """

    why_not: Any = None

    hidden: ClassVar[frozenset[str]] = frozenset({"key", "why_not", "solution"})
    trusted: ClassVar[bool] = True  # all that runs is the instructor's; what is typed is data

    def validate(self) -> None:
        """Check what is asked, then the key and what belongs to it."""
        super().validate()
        self.key = None if self.key is None else self._checked_key(self.key)
        self.why_not: list[dict[str, str]] = [] if self.key is None else self._checked_why_not(self.why_not)
        self.demand(self.solution is None or isinstance(self.solution, str), "a solution is a text")

    # ---- what a kind says of its fields

    @property
    def labels(self) -> Sequence[str]:
        """What each field asks for, in the light markup of prompts."""
        raise NotImplementedError

    def value_of(self, part: int, text: str) -> Any:
        """Return the value that a text stands for in a field, counted from 0; raise PicksError where it is none."""
        raise NotImplementedError

    def agrees(self, part: int, value: Any, other: Any) -> bool:
        """Do these values count as the same in a field?"""
        return bool(value == other)

    def expected(self, part: int) -> Any:
        """Return the value that is right in a field."""
        return self.value_of(part, self.key[part])

    def in_words(self, part: int, value: Any) -> str:
        """Return a value as a text that stands for it."""
        raise NotImplementedError

    def others(self, part: int, value: Any) -> Iterable[Any]:
        """Return values beside this one, to try them."""
        raise NotImplementedError

    def help(self) -> str:
        """Say what may be typed, and how exact it has to be."""
        raise NotImplementedError

    def field_html(self, part: int) -> str:
        """Return what stands before a field."""
        return text_html.inline(self.labels[part])

    def unit_shown(self, part: int) -> str:
        """Return what stands behind a field."""
        return ""

    # ---- what an author wrote

    def text_from(self, given: Any) -> Any:
        """Return a key or a known wrong answer, as an author may write it, as a text."""
        return given

    def _value(self, part: int, text: Any, what: str) -> Any:
        self.demand(isinstance(text, str), f"{what} {text!r} is no text")
        try:
            return self.value_of(part, text)
        except PicksError as error:
            self.demand(False, f"{what} {text!r} cannot be used: {str(error).rstrip('.')}")

    def _checked_key(self, key: Any) -> list[str]:
        texts = list(key) if isinstance(key, list | tuple) else [key]
        self.demand(len(texts) == self.parts, f"the key needs one {self.part_word} for each of {self.parts} field(s)")
        checked = [self.text_from(text) for text in texts]
        for part, text in enumerate(checked):
            self._value(part, text, "the key")
        return checked

    def _checked_why_not(self, why_not: Any) -> list[dict[str, str]]:
        by_part = [why_not] if isinstance(why_not, Mapping) else list(why_not or [{}] * self.parts)
        self.demand(
            len(by_part) == self.parts
            and all(isinstance(reasons, Mapping) and are_texts([*reasons.values()]) for reasons in by_part),
            f"why_not says in a dict, for each of {self.parts} field(s), why a known wrong {self.part_word} is wrong",
        )
        checked = [{self.text_from(text): why for text, why in reasons.items()} for reasons in by_part]
        for part, reasons in enumerate(checked):
            key = self._value(part, self.key[part], "the key")
            for text in reasons:
                against = self.agrees(part, self._value(part, text, "in why_not"), key)
                self.demand(not against, f"why_not gives a reason against the key: {text!r} counts as the same")
        return checked

    # ---- an answer

    @property
    def parts(self) -> int:
        """How many fields there are."""
        return len(self.labels)

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the texts as they were typed, or raise PicksError when they are not an answer to this question."""
        if not isinstance(picks, list | tuple) or not all(isinstance(pick, str) for pick in picks):
            raise PicksError(f"An answer to {self.name!r} is a list of texts.")
        if len(picks) != self.parts:
            raise PicksError(f"An answer to {self.name!r} has {self.parts} part(s), this one has {len(picks)}.")
        for part, pick in enumerate(picks):
            if not pick.strip():
                raise PicksError(self.empty(part))
            if len(pick) > LONGEST:
                raise PicksError(f"{pick[:20]!r}… is too long: {LONGEST} characters are enough.")
            self.value_of(part, pick)
        return tuple(picks)

    def empty(self, part: int) -> str:
        """Say that nothing is typed into a field yet."""
        name = self.part_name(part + 1)
        return f"Write a {self.part_word}{f' for {name}' if name else ''}, then check."

    def part_name(self, part: int) -> str:
        """Return the label of a field, as plain text."""
        return self.labels[part - 1].replace("`", "").replace("**", "") if self.parts > 1 else ""

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Return what is wrong with these texts, field by field; [] where all are right."""
        self.demand(self.judged, "the key is held back, so nothing can be judged here")
        values = [self.value_of(part, pick) for part, pick in enumerate(picks)]
        wrong = [part for part, value in enumerate(values) if not self.agrees(part, value, self.expected(part))]
        return [Mistake(part + 1, picks[part].strip(), self._reason(part, values[part])) for part in wrong]

    def _reason(self, part: int, value: Any) -> str:
        known = self.why_not[part].items()
        return next((why for text, why in known if self.agrees(part, value, self.value_of(part, text))), "")

    def samples(self) -> Iterator[tuple[str, ...]]:
        """Yield the key, and beside it answers with one field that is wrong."""
        yield tuple(self.key)
        for part, key in enumerate(self.key):
            made = [self.in_words(part, other) for other in self.others(part, self.value_of(part, key))]
            for text in [*self.why_not[part], *made]:
                yield (*self.key[:part], text, *self.key[part + 1 :])

    def gathered(self, picks: Picks) -> tuple[str, ...]:
        """Return the same values in one way to write them."""
        return tuple(self.in_words(part, self.value_of(part, pick)) for part, pick in enumerate(picks))

    def unexplained(self) -> Iterator[str]:
        """Yield each field of which no wrong answer is known."""
        for part in range(self.parts):
            if not self.why_not[part]:
                name = self.part_name(part + 1)
                yield f"a usual wrong {self.part_word}{f' for {name}' if name else ''} is wrong"

    def listed(self) -> Sequence[str]:
        """Return what is asked for, field by field."""
        labels = [label or f"A {self.part_word}" for label in self.labels]
        return [f"{label} ({unit})" if (unit := self.unit_shown(part)) else label for part, label in enumerate(labels)]

    # ---- what it does

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> drawing.Shown:
        """Return the picture of what the question's program computes: what is typed does nothing."""
        if not self.draw:
            return drawing.Shown(None, None)
        run = runner.run(self.program_with(picks), trusted=self.trusted)
        return drawing.Shown(None, *drawing.draw(self.draw, run.names))

    # ---- showing

    def options_html(self, picks: Picks = ()) -> str:
        """Return what is asked for, field by field, where there are several."""
        rows = "".join(f"<li>{self.field_html(part)}</li>" for part in range(self.parts))
        return f'<ul class="ac-options ac-{self.kind}">{rows}</ul>' if self.parts > 1 else ""

    def picked_html(self, picks: Picks) -> str:
        """Return what stands in each field, with its label where there are several."""
        said = [text_html.snippet(self.with_unit(part, pick)) for part, pick in enumerate(picks)]
        named = [f"{self.field_html(part)}: {text}" for part, text in enumerate(said)]
        return "; ".join(named if self.part_name(1) else said)

    def picked_text(self, picks: Picks) -> str:
        """Return what stands in each field: "largest: 0.86; smallest: 0.01"."""
        named = [(self.part_name(part + 1), self.with_unit(part, pick)) for part, pick in enumerate(picks)]
        return "; ".join(f"{name}: {said}" if name else said for name, said in named)

    def with_unit(self, part: int, text: str) -> str:
        """Return what was typed, with the field's unit."""
        return text.strip()

    def view(self) -> Mapping[str, Any]:
        """Return the fields, and what may be typed into them."""
        fields = [
            {"label_html": self.field_html(part), "unit": self.unit_shown(part), "missing": self.empty(part)}
            for part in range(self.parts)
        ]
        return {"fields": fields, "help": self.help(), "longest": LONGEST}
