"""Numeric: one or several numbers, right within a tolerance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import program, text_html
from attention_course.exercises.number_text import FORMS, number, rounds_to
from attention_course.exercises.question import Picks, are_texts
from attention_course.exercises.typed import Typed
from attention_course.exercises.units import Units, is_number, size_of, split, units

EXACT = 1e-9  # relative: what floating-point numbers may differ by


@dataclass(eq=False)
class Numeric(Typed):
    """One or several numbers: each has a label, perhaps a unit, and is right within the tolerance that is stated.

    `labels` are the fields' names. `unit` is a text, or a dict from each unit that may be typed to its size in the
    first one (`{"bytes": 1, "KiB": 1024}`); a list has one for each field. `tolerance` is a distance, `relative` a
    share of the right number. What proves the key is `program`, which no student sees, or else `code`, which the
    question shows: `computes` has the name of each number in it, and `check` runs it.
    """

    labels: Sequence[str] = ("",)
    unit: Any = ""
    tolerance: float | None = None
    relative: float | None = None
    code: str | None = None
    program: str | None = None
    computes: Any = None

    kind: ClassVar[str] = "numeric"
    label: ClassVar[str] = "Question"
    hidden: ClassVar[frozenset[str]] = Typed.hidden | {"draw", "program", "computes"}
    texts: ClassVar[tuple[str, ...]] = (*Typed.texts, "code", "program")
    in_prose: ClassVar[bool] = True
    part_word: ClassVar[str] = "number"
    no_reason: ClassVar[str] = "this is not the number."

    def validate(self) -> None:
        """Check fields and tolerance, then the key, then what proves it."""
        self.demand(self.labels == ("",) or are_texts(self.labels), "labels is a list of texts, none of them empty")
        self.demand(len(set(self.labels)) == len(self.labels), "two labels are the same")
        self._units = self._checked_units(self.unit)
        for name in ("tolerance", "relative"):
            given = getattr(self, name)
            self.demand(given is None or (is_number(given) and given > 0), f"{name} is a number above 0")
        self.demand(self.tolerance is None or self.relative is None, "give tolerance or relative, not both")
        super().validate()
        self.check_parses("code", self.code or "")
        self.check_parses("program", self.program or "")
        self.computes = [self.computes] if isinstance(self.computes, str) else self.computes
        self.demand(
            self.computes is None or (are_texts(self.computes) and len(self.computes) == self.parts),
            f"computes has a name for each of {self.parts} field(s)",
        )
        self.demand(
            self.computes is None or bool(self.proof), "computes says what a program computes: add program= or code="
        )

    def _checked_units(self, unit: Any) -> list[Units]:
        given = list(unit) if isinstance(unit, list | tuple) else [unit] * len(self.labels)
        self.demand(len(given) == len(self.labels), "unit has one entry for each label")
        made = [units(one) for one in given]
        self.demand(None not in made, "a unit is a text, or a dict from units to their sizes, the first of which is 1")
        return [one for one in made if one is not None]

    # ---- fields

    def text_from(self, given: Any) -> Any:
        """Return a number as a text."""
        return repr(given) if is_number(given) else given

    def unit_shown(self, part: int) -> str:
        """Return the unit that a field's number is in."""
        return next(iter(self._units[part]), "")

    def with_unit(self, part: int, text: str) -> str:
        """Return what was typed, with the field's unit where none was typed."""
        text = text.strip()
        return f"{text} {unit}" if (unit := self.unit_shown(part)) and not split(text)[1] else text

    def value_of(self, part: int, text: str) -> float:
        """Return the number, in the field's first unit; without a unit `73 %` is 0.73."""
        said, unit = split(text)
        try:
            value = number(said)
        except ValueError as error:
            raise PicksError(str(error) or f"{text.strip()!r} is no number: write it as {FORMS}.") from None
        return value * size_of(unit, self._units[part])

    def agrees(self, part: int, value: float, other: float) -> bool:
        """Is a number as near to another as the tolerance asks?"""
        allowed = self.relative * abs(other) if self.relative else self.tolerance or 0
        return abs(value - other) <= allowed * (1 + EXACT) + EXACT * abs(other)

    def in_words(self, part: int, value: float) -> str:
        """Return a number as Python writes it, without a needless point."""
        return f"{value:.12g}"

    def others(self, part: int, value: float) -> Iterable[float]:
        """Return numbers that are farther away than any tolerance that makes sense."""
        far = abs(value) + 10 * (self.tolerance or 0) + 1
        return (value + far, value - 2 * far, value + 3 * far)

    def help(self) -> str:
        """Say which ways to write a number are understood, and how near it has to be."""
        units = [f"{' or '.join(one)}" for one in dict.fromkeys(tuple(one) for one in self._units) if len(one) > 1]
        percent = ", 73 %" if not any(self._units) else ""
        near = ""
        if self.tolerance:
            near = f" Right is what differs by {self.tolerance:g} at most."
        elif self.relative:
            near = f" Right is what differs by {100 * self.relative:g} % at most."
        typed = f" You may write the unit, too: {'; '.join(units)}." if units else ""
        return f"Understood: {FORMS}{percent}.{typed}{near}"

    # ---- what proves the key

    @property
    def proof(self) -> str:
        """The program that computes the numbers, "" where there is none."""
        return self.program or self.code or ""

    def contradiction(self) -> str:
        """Say where the key is not what its program computes, rounded as the key is written."""
        if not self.computes or not self.judged:
            return ""
        run = program.run(self.proof)
        if run.error:
            return f"the program that proves its key raises {str(run.error).rstrip('.')}: mend it."
        for part, (name, key) in enumerate(zip(self.computes, self.key, strict=True)):
            try:
                computed = float(run.names[name])
            except (KeyError, TypeError, ValueError, RuntimeError):
                return f"the program that proves its key defines no number {name!r}: mend computes=."
            said, unit = split(key)
            if not rounds_to(computed / size_of(unit, self._units[part]), said):
                return f"its key says {key!r}, but its program computes {computed:.6g} as {name!r}: mend one of them."
            if not self.agrees(part, computed, self.expected(part)):
                return f"its tolerance refuses the exact number {computed:.6g}: widen it, or write more digits."
        return ""

    def program_text(self) -> str:
        """Return the code that the question shows."""
        return self.code or ""

    def program_with(self, picks: Picks) -> str:
        """Return the program that the picture is drawn of."""
        return self.proof

    # ---- showing

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the code that the question is about, "" where there is none."""
        return text_html.code(self.code or "")

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the explanation, the picture and the numbers."""
        answer = f"<p><strong>Answer</strong> {self.picked_html(self.key)}</p>"
        return f"{text_html.paragraphs(self.solution)}{performed}{answer}"
