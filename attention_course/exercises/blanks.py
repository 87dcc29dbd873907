"""Blanks: a program with numbered blanks `[1]`, `[2]`, … to be filled with options."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.exercises import drawing, roles, text_html
from attention_course.exercises.picking import PickingQuestion
from attention_course.exercises.question import Picks
from attention_course.exercises.runner import OWN_MACHINE, Runner

BLANK = re.compile(r"\[([1-9])\]")


@dataclass(eq=False)
class Blanks(PickingQuestion):
    """A program with numbered blanks to be filled with options."""

    program: str = ""

    kind: ClassVar[str] = "blanks"
    label: ClassVar[str] = "Task"
    texts: ClassVar[tuple[str, ...]] = (*PickingQuestion.texts, "program")
    unpicked: ClassVar[str] = "Fill every blank, then check."
    performs: ClassVar[bool] = True
    trusted: ClassVar[bool] = True  # a blank takes nothing but what the instructor offers

    @staticmethod
    def id_of(place: int, text: str) -> str:
        """Return the id of an option of a mere list: its text."""
        return text

    def validate(self) -> None:
        """Check the program, then options and key, then the filled program."""
        numbers = sorted(int(number) for number in BLANK.findall(self.program))
        self.demand(bool(numbers), "the program has no blank [1]")
        self.demand(
            numbers == list(range(1, len(numbers) + 1)),
            f"blanks are numbered 1, 2, … and each stands once, but the program has {numbers}",
        )
        super().validate()
        self.check_parses("program", self.filled(self.key) if self.judged else BLANK.sub(r"blank_\1", self.program))
        self.demand(self.solution is None or isinstance(self.solution, str), "a solution is a text")

    @property
    def parts(self) -> int:
        """How many blanks there are."""
        return len(BLANK.findall(self.program))

    def filled(self, picks: Picks) -> str:
        """Return the program's text with the blanks filled."""
        return BLANK.sub(lambda match: self.text_of(picks[int(match[1]) - 1]), self.program)

    # ---- performing

    def program_text(self) -> str:
        """Return the program with its blanks."""
        return self.program

    def program_with(self, picks: Picks) -> str:
        """Return the filled program."""
        return self.filled(picks)

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> drawing.Shown:
        """Run the filled program, and draw what the question asks to be drawn."""
        return drawing.shown(self.run(picks, runner), self.draw, [self.text_of(pick) for pick in picks])

    # ---- showing

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the program; each blank is `<span class="blank" data-blank="0">…</span>`, with its pick or number."""
        marked = text_html.code(BLANK.sub(lambda match: f"BLANK_{match[1]}_", self.program))

        def blank(match: re.Match[str]) -> str:
            number = int(match[1] or match[2])
            content = self.text_of(picks[number - 1]) if picks else f"  [{number}]  "
            return f'<span class="blank" data-blank="{number - 1}">{roles.marked_text(content)}</span>'

        # A blank after a dot is an attribute to the lexer, elsewhere a name: both are one span, which the blank
        # replaces. In a comment or a string it is a part of a larger span.
        return re.sub(r'<span class="\w+">BLANK_(\d)_</span>|BLANK_(\d)_', blank, marked)

    def options_html(self, picks: Picks = ()) -> str:
        """Return the options; what was picked stands in the program."""
        rows = "".join(f"<li>{text_html.snippet(option.text)}</li>" for option in self.options)
        return f'<ol type="A" class="ac-options ac-{self.kind}">{rows}</ol>'

    def picked_html(self, picks: Picks) -> str:
        """Return what stands in each blank: "[1] key [2] softmax", without the number where there is but one."""
        filled = [text_html.snippet(self.text_of(pick)) for pick in picks]
        return filled[0] if self.parts == 1 else " ".join(f"[{i}] {pick}" for i, pick in enumerate(filled, start=1))

    def picked_text(self, picks: Picks) -> str:
        """Return what stands in each blank: "key; softmax"."""
        return "; ".join(map(self.text_of, picks))

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the explanation, the program filled in the right way, and what that does."""
        code = f'<pre class="ac-code"><code>{self.code_html(self.key)}</code></pre>' if with_code else ""
        return f"{text_html.paragraphs(self.solution)}{code}{performed}"

    def view(self) -> Mapping[str, Any]:
        """Return the options as chips, and how many blanks there are."""
        options = [
            {"id": option.id, "letter": letter, "label": option.text, "html": text_html.code(option.text)}
            for letter, option in self.options_as_seen()
        ]
        return {"options": options, "blank_count": self.parts}
