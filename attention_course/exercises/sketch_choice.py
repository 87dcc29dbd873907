"""OneOf: a prediction that is one of several options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attention_course.exercises.sketch_parts import Table, Texts


@dataclass(frozen=True)
class OneOf:
    """One of several options, by its id."""

    options: Mapping[str, str]

    form = "choice"
    parts = 1

    def missing(self) -> str:
        """Say what there is to do before anything can be committed."""
        return "Pick an option, then commit."

    def check(self, texts: Texts) -> None:
        """Raise ValueError with a sentence where this is no option."""
        if texts == ("",):
            raise ValueError(self.missing())
        if texts[0] not in self.options:
            raise ValueError(f"{texts[0][:60]!r} was never offered as an option.")

    def truth(self, value: Any) -> Texts:
        """Return a truth, an option's id or its text, as an answer's texts; raise ValueError for none."""
        by_text = {text: name for name, text in self.options.items()}
        text = value if isinstance(value, str) else ""
        found = text if text in self.options else by_text.get(text)
        if found is None:
            raise ValueError("is none of the options")
        return (found,)

    def distance(self, said: Sequence[str], truth: Sequence[str]) -> list[str]:
        """Say whether it came out so."""
        if said[0] == truth[0]:
            return [f"It came out as you predicted: {self.options[truth[0]]}"]
        return [f"It came out otherwise: {self.options[truth[0]]}", f"You predicted: {self.options[said[0]]}"]

    def told(self, texts: Sequence[str]) -> str:
        """Return the text of the option."""
        return self.options[texts[0]]

    def listed(self) -> list[str]:
        """Return the options' texts."""
        return list(self.options.values())

    def samples(self) -> list[Texts]:
        """Return every answer there is."""
        return [(name,) for name in self.options]

    def class_table(self, answers: Sequence[Sequence[str]], truth: Texts | None) -> Table:
        """Return how many of a class picked each option, with a mark at what came out."""
        rows = [["", "students"]]
        for name, text in self.options.items():
            mark = " ◆" if truth == (name,) else ""
            rows.append([f"{text}{mark}", str(sum(answer[0] == name for answer in answers))])
        return rows

    def view(self) -> dict[str, Any]:
        """Return what the page has to know; the options are added as HTML."""
        return {"form": self.form, "missing": self.missing()}
