"""Write: a function or class that the student writes in a cell of its own; tests call it and look at what comes."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import starter, text_html
from attention_course.exercises.drawing import Shown
from attention_course.exercises.examples import Example
from attention_course.exercises.find_answer import Cell, Found, find_answer
from attention_course.exercises.question import NAME, Mistake, Picks, Question, are_texts
from attention_course.exercises.runner import OWN_MACHINE, Runner
from attention_course.student_code.limits import SECONDS

MOST_BYTES = 30_000  # of an answer: so much fits into a record
MOST_HINTS = 5
MOST_SECONDS, MOST_MEMORY = 60, 8  # that an author may allow: one graded cell may take ten minutes
GB = 1 << 30


@dataclass(eq=False)
class Write(Question):
    """A task whose answer is code. Its cell, named like the question with "-code" behind, stands above the question.

    `defines` are the names that the cell must define, `given` is the lesson's code that runs before it, wherever it
    runs, and `uses` are the names of earlier Write questions whose functions it may call. `forbids` says of calls, by
    their dotted end, why they are not to be made. `examples` are visible: dicts with "title", "code" (its last line is
    an expression), and perhaps "draw", a kind of heatmap, and "part", what of the `value` is drawn. `starter` is the
    text that the cell begins with; the release writes it, unless an author does: a faulty program to be mended. `wrong`
    has typical wrong answers, for the author's check alone: by name a dict with "fails" (the name of a hidden test) and
    "code" (a whole cell) or "change" (what of the key is replaced by what).

    One call may compute for so many `seconds`, all calls of an answer together for twice as many; `memory` is in GB,
    beside that of the libraries.

    `brings` names a lesson and its questions, in the order in which their code belongs together: the student may bring
    the own code from that lesson's notebook, as the answer to this question. The key then runs below whatever the
    student brings, so that the course's code stands in for what is missing. It gives no points: they were earned there.

    The `key` is the text of the author's own cell, which the release takes from there.
    """

    attempts: int | None = None
    defines: Sequence[str] = ()
    uses: Sequence[str] = ()
    given: str = ""
    forbids: Mapping[str, str] | None = None
    examples: Any = ()
    hints: Sequence[str] = ()
    starter: str | None = None
    wrong: Any = None
    seconds: float = SECONDS
    memory: float = 1
    brings: Mapping[str, Sequence[str]] | None = None

    kind: ClassVar[str] = "write"
    label: ClassVar[str] = "Task"
    hidden: ClassVar[frozenset[str]] = frozenset({"key", "solution", "wrong"})
    unreleased: ClassVar[frozenset[str]] = frozenset({"wrong"})
    needed: ClassVar[frozenset[str]] = frozenset({"given"})
    texts: ClassVar[tuple[str, ...]] = (*Question.texts, "given")
    written: ClassVar[bool] = True
    unpicked: ClassVar[str] = "Write your code in the cell above, then check."
    untouched_yet: ClassVar[str] = "The cell above is as it was at the beginning: change it, then check."

    def validate(self) -> None:
        """Check what is asked, then what is known of the right answer."""
        super().validate()
        self.demand(
            are_texts(self.defines) and len(self.defines) > 0 and all(name.isidentifier() for name in self.defines),
            "defines is a list of the names that the cell must define",
        )
        self.demand(
            isinstance(self.uses, list | tuple) and all(isinstance(u, str) and NAME.fullmatch(u) for u in self.uses),
            "uses is a list of the names of earlier questions",
        )
        self.demand(self.name not in self.uses, "uses names the question itself")
        self.check_parses("given code", self.given)
        self.forbids = dict(self.forbids or {})
        self.demand(
            are_texts([*self.forbids]) and are_texts([*self.forbids.values()]),
            "forbids says of calls, such as nn.MultiheadAttention, why they are not to be made",
        )
        self.demand(
            are_texts(self.hints) and len(self.hints) <= MOST_HINTS, f"hints is a list of at most {MOST_HINTS} texts"
        )
        for name in ("key", "solution", "starter"):
            value = getattr(self, name)
            self.demand(value is None or isinstance(value, str), f"{name} is a text")
        self._check_limits()
        self._check_brings()
        self.solution = textwrap.dedent(self.solution).strip() if self.solution else self.solution
        self.key = textwrap.dedent(self.key).strip("\n") if self.key else self.key
        self.starter = textwrap.dedent(self.starter).strip("\n") if self.starter else self.starter
        self.examples = self._checked_examples()
        self.wrong = self._checked_wrong()

    def _check_points(self) -> None:
        if not self.brings:
            return super()._check_points()
        self.demand(self.points == 0, "what is brought from another lesson was graded there: write points=0")

    def _check_limits(self) -> None:
        for what, value, most in (("seconds", self.seconds, MOST_SECONDS), ("memory", self.memory, MOST_MEMORY)):
            good = type(value) in (int, float) and 0 < value <= most
            self.demand(good, f"{what} is a number above 0, and at most {most}, not {value!r}")

    def _check_brings(self) -> None:
        brings = {} if self.brings is None else self.brings
        good = isinstance(brings, Mapping) and len(brings) <= 1
        for lesson, names in brings.items() if good else ():
            good = are_texts([lesson]) and are_texts(names) and len(names) > 0 and all(map(NAME.fullmatch, names))
        self.demand(good, 'brings is a dict with one lesson and the names of its questions: {"code": ["attend"]}')
        self.brings = {lesson: [*names] for lesson, names in brings.items()}

    def _check_attempts(self) -> None:
        if self.attempts is not None:  # not limited, unless an author says so
            super()._check_attempts()

    def _check_in_plain(self, given: Sequence[str]) -> None:
        """Let an author give a solution without a key: that stands in the cell above."""

    def _checked_examples(self) -> list[Example]:
        self.demand(isinstance(self.examples, list | tuple), "examples is a list of dicts")
        checked = []
        for number, example in enumerate(self.examples, 1):
            try:
                checked.append(Example.of(number, example))
            except ValueError as error:
                self.demand(False, f"example {number}: {error}")
        return checked

    def _checked_wrong(self) -> dict[str, dict[str, Any]]:
        wrong = {} if self.wrong is None else self.wrong
        self.demand(isinstance(wrong, Mapping), "wrong is a dict of wrong answers by name")
        for what, how in wrong.items():
            good = isinstance(how, Mapping) and {"fails"} < how.keys() <= {"fails", "change", "code"} and len(how) == 2
            good = good and isinstance(how["fails"], str) and self._is_a_change(how)
            self.demand(good, f'wrong[{what!r}] is a dict with "fails" and either "code" or "change": [old, new]')
        return {what: dict(how) for what, how in wrong.items()}

    @staticmethod
    def _is_a_change(how: Mapping[str, Any]) -> bool:
        change = how.get("change", ["old", "new"])
        is_pair = isinstance(change, list | tuple) and [*map(type, change)] == [str, str] and change[0]
        return bool(is_pair) and isinstance(how.get("code", ""), str)

    # ---- what an answer may take

    @property
    def limits(self) -> dict[str, Any]:
        """What an answer may take, as arguments of `Workshop.open`."""
        return {"seconds": self.seconds, "cpu": 2 * self.seconds, "memory": int(self.memory * GB)}

    @property
    def longest_testing(self) -> float:
        """Seconds after which no further test of an answer is begun."""
        return max(60, 3 * self.seconds)

    # ---- code that is brought from another lesson

    @property
    def brings_from(self) -> str:
        """The lesson from which code may be brought, "" where none is."""
        return next(iter(self.brings or {}), "")

    @property
    def counts(self) -> bool:
        """Is there anything to be right in? Not where code is merely carried on."""
        return not self.brings

    def wanted(self) -> frozenset[str]:
        """Return which words an author's check asks for: there is nothing to be solved where code is brought."""
        return frozenset({"number"}) if self.brings else super().wanted()

    # ---- an answer

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the picks as a tuple, which has one text; raise PicksError with a sentence where that is no answer."""
        if not isinstance(picks, list | tuple) or [*map(type, picks)] != [str]:
            raise PicksError(f"An answer to {self.name!r} is one text, that of a cell.")
        (text,) = picks
        if not text.strip():
            raise PicksError(self.unpicked)
        if "\0" in text:
            raise PicksError("The cell has a null byte in it, which no Python code has: delete it, then check.")
        try:
            size = len(json.dumps(text, ensure_ascii=False).encode())
        except UnicodeEncodeError:
            raise PicksError("The cell has half a character in it, which no file can hold: delete it.") from None
        if size > MOST_BYTES:
            raise PicksError(
                f"The cell has {len(text):,} characters, and an answer takes {MOST_BYTES:,} bytes at most: leave in it "
                "only what the task asks for."
            )
        if self.untouched(text):
            raise PicksError(self.untouched_yet)
        return (text,)

    def untouched(self, text: str) -> bool:
        """Is a text empty, or what the cell began with?"""
        return not text.strip() or starter.is_starter(text, self.starter)

    def find_answer(self, cells: Sequence[Cell], recorded: str = "") -> Found | None:
        """Return the answer among a notebook's code cells, or the one that was recorded; None where there is none."""
        brought = recorded if self.brings else ""
        return find_answer(cells, self.name, self.defines, untouched=self.untouched, recorded=recorded, brought=brought)

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Raise TypeError: what is wrong with code is seen when it runs."""
        raise TypeError(f"An answer to {self.name!r} is judged by running it.")

    def forbidden(self, outline: Mapping[str, Any]) -> str:
        """Return why something is not to be called that an answer calls, names or imports, "" for nothing."""
        used = [*outline["calls"], *outline["imports"], *outline["uses"]]
        for end, why in (self.forbids or {}).items():
            if any(name == end or name.endswith(f".{end}") for name in used):
                return why
        return ""

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Shown:
        """Return nothing to be shown: what code does is seen in its examples."""
        return Shown(None, None)

    # ---- how it is shown

    def program_text(self) -> str:
        """Return the examples as plain text."""
        return "\n\n".join(f"# {example.title}\n{example.code}" for example in self.examples)

    def picked_html(self, picks: Picks) -> str:
        """Return the answer's code as HTML, which has a box of its own."""
        return f'<pre class="ac-code"><code>{text_html.code(picks[0])}</code></pre>'

    def picked_text(self, picks: Picks) -> str:
        """Return in a line how much was written."""
        lines = len(picks[0].strip().splitlines())
        return f"{self.defines[0]}, {lines} line{'' if lines == 1 else 's'}"

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the explanation, and the key's code."""
        code = f'<pre class="ac-code"><code>{text_html.code(self.key)}</code></pre>' if self.key else ""
        return f"{text_html.paragraphs(self.solution or '')}{code}{performed}"

    def view(self) -> Mapping[str, Any]:
        """Return what the page must know: how the answer's cell is found, examples and hints."""
        return {
            "defines": list(self.defines),
            "starter": self.starter,
            "examples": [
                {"title_html": text_html.inline(example.title), "code_html": text_html.code(example.code)}
                for example in self.examples
            ],
            "hints_html": [text_html.paragraphs(hint) for hint in self.hints],
            "seconds": self.seconds,
            "brings": self.brings_from,
        }


def key_of(source: str) -> str:
    """Return the key that stands in an author's own cell, between the lines that mark it: the cell without them."""
    marks = ("### BEGIN SOLUTION", "### END SOLUTION")
    return "\n".join(line for line in source.splitlines() if line.strip() not in marks).strip("\n")
