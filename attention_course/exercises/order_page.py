"""OrderShown: how lines that are to be put into an order are shown."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from attention_course.exercises import text_html
from attention_course.exercises.arranging import BLANK, DEEPEST, Line, Placed
from attention_course.exercises.question import Picks, Question

HERE = "# your lines"
HELP = (
    "Drag lines into the program, or click them. Keys on a line there: ↑ ↓ move it, → ← indent it, Delete takes it "
    "out. Perhaps not every line is needed. A program that Python cannot read counts as an attempt."
)


@dataclass(eq=False)
class OrderShown(Question):
    """Lines, in an order of chance for each student, and the code around the program that they make."""

    lines: Any = ()
    before: str = ""
    after: str = ""
    choices: Any = None

    kind: ClassVar[str] = "order"
    label: ClassVar[str] = "Task"
    lists: ClassVar[str] = "lines"
    texts: ClassVar[tuple[str, ...]] = (*Question.texts, "before", "after")

    def placed(self, picks: Picks) -> list[Placed]:
        """Return the lines of an answer where they stand."""
        raise NotImplementedError

    # ---- the order in which the lines are offered

    @property
    def order(self) -> tuple[str, ...]:
        """The lines' ids in the order in which they are shown."""
        return tuple(self.lines)

    def shuffled(self, chance: Random) -> Self:
        """Return the question with its lines in an order of chance."""
        return self.reordered(chance.sample(self.order, len(self.order)))

    def reordered(self, order: Sequence[str]) -> Self:
        """Return the question with its lines in another order; those not named last."""
        places = {name: place for place, name in enumerate(order)}
        other = copy.copy(self)
        other.lines = dict(sorted(self.lines.items(), key=lambda item: places.get(item[0], len(places))))
        return other

    # ---- what is shown

    def source(self, lines: Sequence[Placed]) -> str:
        """Return the program's text: the lines, and what stands around them."""
        return "\n".join(filter(None, [self.before, *(one.indented for one in lines), self.after]))

    def program_text(self) -> str:
        """Return the code around the lines, "" where there is none."""
        return "\n".join(filter(None, [self.before, HERE, self.after])) if self.before or self.after else ""

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the program with the lines of an answer, or with a place for them."""
        return text_html.code(self.source(self.placed(picks)) if picks else self.program_text())

    def listed(self) -> list[str]:
        """Return the lines, each with what its blanks take."""
        return [self._said(line) for line in self.lines.values()]

    def _said(self, line: Line) -> str:
        return BLANK.sub(self._offered, line.text)

    def _offered(self, blank: Any) -> str:
        offered = self.choices.get(int(blank[1]))
        return f"[{' | '.join(offered)}]" if offered else blank[0]

    def options_html(self, picks: Picks = ()) -> str:
        """Return the lines, and say in words which of them an answer leaves out."""
        used = {one.line.id for one in self.placed(picks)} if picks else {*self.lines}
        rows = "".join(
            f"<li>{text_html.snippet(self._said(line))}{'' if name in used else ' ← not used'}</li>"
            for name, line in self.lines.items()
        )
        return f'<ul class="ac-options ac-{self.kind}">{rows}</ul>'

    def part_name(self, part: int) -> str:
        """Return which line of the program is meant, counted from 1 behind the code that stands before."""
        return f"Line {part}"

    def picked_html(self, picks: Picks) -> str:
        """Return the lines one behind another, an arrow for each step of indentation."""
        return " ↵ ".join(f"{'→ ' * one.depth}{text_html.snippet(one.text)}" for one in self.placed(picks))

    def picked_text(self, picks: Picks) -> str:
        """Return the lines one behind another, an arrow for each step of indentation."""
        return " ↵ ".join(f"{'→ ' * one.depth}{one.text}" for one in self.placed(picks))

    def view(self) -> Mapping[str, Any]:
        """Return the lines, the code around them (which is shown beside them, not above), and how they are moved."""
        return {
            "code_html": "",
            "before_html": text_html.code(self.before) if self.before else "",
            "after_html": text_html.code(self.after) if self.after else "",
            "lines": [self._line_view(line) for line in self.lines.values()],
            "deepest": DEEPEST,
            "help": HELP,
        }

    def _line_view(self, line: Line) -> dict[str, Any]:
        """Return a line as the page has to know it: pieces of code, between which its blanks stand."""
        texts, end = [], 0
        for found in BLANK.finditer(line.text):
            if int(found[1]) in line.blanks:
                texts.append(line.text[end : found.start()])
                end = found.end()
        texts.append(line.text[end:])
        return {
            "id": line.id,
            "texts": texts,
            "pieces": [text_html.code(text) if text else "" for text in texts],
            "choices": [list(self.choices[number]) for number in line.blanks],
            "opens": line.text.endswith(":"),
        }
