"""Bars: a prediction of one number for each label, as bars, or as points of a curve."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from attention_course.exercises.sketch_parts import Table, Texts, is_number, plain, trimmed

NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


@dataclass(frozen=True)
class Bars:
    """A number for each label, as bars, or with `joined` as points of a curve. Values go from `least` to `most`."""

    labels: Texts
    least: float
    most: float
    step: float
    unit: str
    joined: bool

    empty = "Drag {what}, then commit."

    @property
    def form(self) -> str:
        """What the page draws."""
        return "curve" if self.joined else "bars"

    @property
    def parts(self) -> int:
        """How many texts an answer has."""
        return len(self.labels)

    @property
    def decimals(self) -> int:
        """How many decimals a value has that the page sends."""
        return next((n for n in range(7) if math.isclose(self.step, round(self.step, n), rel_tol=1e-9)), 7)

    def missing(self) -> str:
        """Say what there is to do before anything can be committed."""
        return self.empty.format(what="the points of the curve" if self.joined else "the bars")

    def check(self, texts: Texts) -> None:
        """Raise ValueError with a sentence where these are no values."""
        if "" in texts:
            raise ValueError(self.missing())
        for text in texts:
            if not NUMBER.fullmatch(text) or not self.least <= float(text) <= self.most:
                raise ValueError(f"{text[:20]!r} is no number from {self.least:g} to {self.most:g}.")

    def truth(self, value: Any) -> Texts:
        """Return a truth, a list of numbers or a dict by label, as an answer's texts; raise ValueError for none."""
        given = plain(value)
        if isinstance(given, Mapping):
            given = [plain(given.get(label)) for label in self.labels]
        numbers = [plain(one) for one in given] if isinstance(given, list | tuple) else []
        if len(numbers) != self.parts or not all(is_number(one) for one in numbers):
            raise ValueError(f"is no list of {self.parts} numbers, one for each label")
        if not all(self.least <= one <= self.most for one in numbers):
            raise ValueError(f"has a number outside of {self.least:g} to {self.most:g}: change least= and most=")
        return tuple(trimmed(one, self.decimals + 1) for one in numbers)

    def distance(self, said: Sequence[str], truth: Sequence[str]) -> list[str]:
        """Say how far an answer is from the truth, in one or two sentences."""
        apart = [abs(float(one) - float(other)) for one, other in zip(said, truth, strict=True)]
        farthest = max(range(self.parts), key=apart.__getitem__)
        if apart[farthest] <= self.step / 2 * (1 + 1e-9):
            return [f"You sketched it as it came out: nowhere more than {self._said(self.step / 2)} apart."]
        label, mean = self.labels[farthest], trimmed(fmean(apart), self.decimals + 1)
        return [
            f"On average {self._said(mean)} apart.",
            f"Farthest apart at **{label}**: you said {self._said(said[farthest])}, it came out as "
            f"{self._said(truth[farthest])}.",
        ]

    def _said(self, value: float | str) -> str:
        text = value if isinstance(value, str) else f"{value:g}"
        return f"{trimmed(float(text), 9)} {self.unit}".strip()

    def told(self, texts: Sequence[str]) -> str:
        """Return an answer as one line: "the: 0.2; cat: 0.8"."""
        return "; ".join(f"{label}: {self._said(text)}" for label, text in zip(self.labels, texts, strict=True))

    def listed(self) -> list[str]:
        """Return what is to be sketched, for whoever sees no page."""
        return [f"{label}: from {self._said(self.least)} to {self._said(self.most)}" for label in self.labels]

    def samples(self) -> list[Texts]:
        """Return answers to try."""
        values = (self.least, self.most, round((self.least + self.most) / 2, 6))
        return [tuple([trimmed(value, 6)] * self.parts) for value in values]

    def class_table(self, answers: Sequence[Sequence[str]], truth: Texts | None) -> Table:
        """Return what a class sketched: for each label the mean, the range and the truth."""
        rows = [["", "mean of the class", "from", "to", "came out"]]
        for part, label in enumerate(self.labels):
            values = [float(answer[part]) for answer in answers]
            numbers = [trimmed(one, self.decimals + 1) for one in (fmean(values), min(values), max(values))]
            rows.append([label, *numbers, truth[part] if truth else "?"])
        return rows

    def view(self) -> dict[str, Any]:
        """Return what the page has to know."""
        shape = {"least": self.least, "most": self.most, "step": self.step, "decimals": self.decimals}
        return {"form": self.form, "labels": list(self.labels), "unit": self.unit, "missing": self.missing(), **shape}
