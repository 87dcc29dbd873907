"""What is asked, as data, and whether a filling is right, as a pure function."""

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from attention_course.errors import PicksError, QuestionError
from attention_course.exercises import seal

DIFFICULTIES = ("easy", "medium", "hard")
BLANK = re.compile(r"\[([1-9])\]")

Picks = Sequence[str]


class Outcome(StrEnum):
    """How far a student came with a question."""

    NOT_ATTEMPTED = "not attempted"
    WRONG = "wrong"
    RIGHT = "right"
    RECORDED = "recorded"  # answered, but the key is held back until the class is graded


def _are_texts(values: Any) -> bool:
    """Is this a list of texts, none of them empty?"""
    return isinstance(values, list | tuple) and all(isinstance(value, str) and value.strip() for value in values)


class Question:
    """One exercise: what both kinds have in common.

    `key`, `why_not`, `solution` (and a choice's `draw`) are given in plain in the source notebook and as one
    `sealed` text in a release; with neither, answers are recorded and not judged.
    """

    kind: str
    label: str
    blank_count = 1

    def __init__(
        self,
        name: str,
        difficulty: str,
        *,
        number: int | None = None,
        prompt: str = "",
        options: Sequence[str] = (),
        hint: str = "",
        mistakes: Sequence[str] = (),
        attempts: int = 3,
        draw: str | None = None,
        key: Any = None,
        why_not: Any = None,
        solution: Any = None,
        sealed: str | None = None,
        **unknown: Any,
    ) -> None:
        self.name = name
        self._demand(
            isinstance(name, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name) is not None,
            "a name is made of small letters, digits and hyphens",
        )
        if unknown:
            self._demand(False, f"there is no argument {', '.join(map(repr, sorted(unknown)))}")
        self._demand(difficulty in DIFFICULTIES, f"difficulty is one of {', '.join(DIFFICULTIES)}, not {difficulty!r}")
        self._demand(bool(prompt), "a prompt is missing")
        self._demand(type(attempts) is int and 1 <= attempts <= 20, "attempts is a whole number from 1 to 20")
        if sealed is not None:
            self._demand(
                key is None and why_not is None and solution is None,
                "give either the key or sealed, not both",
            )
            hidden = seal.unseal(sealed, name)
            key, why_not, solution = hidden.get("key"), hidden.get("why_not"), hidden.get("solution")
            draw = hidden.get("draw", draw)
        self._demand(key is not None or (why_not, solution) == (None, None), "a why_not or a solution needs a key")
        for what, text in {"prompt": prompt, "hint": hint, "draw": draw or ""}.items():
            self._demand(isinstance(text, str), f"{what} is a text")
        for what, texts in {"options": options, "mistakes": mistakes}.items():
            self._demand(_are_texts(texts), f"{what} is a list of texts, none of them empty")
        self.difficulty = difficulty
        self.number = number
        self.prompt = textwrap.dedent(prompt).strip()
        self.options = list(options)
        self.hint = textwrap.dedent(hint).strip()
        self.mistakes = list(mistakes)
        self.allowed = attempts
        self.draw = textwrap.dedent(draw).strip() if draw else None
        self.solution = solution
        self._check_options()
        self._check_parses("draw code", self.draw or "")
        self._check_solution()
        self.key = None if key is None else self._checked_key(key)
        self.why_not = [] if key is None else self._checked_why_not(why_not)

    def _demand(self, condition: bool, sentence: str) -> None:
        if not condition:
            raise QuestionError(f"Question {self.name!r}: {sentence}.")

    def _check_options(self) -> None:
        self._demand(len(self.options) >= 2, "at least two options are needed")
        twice = {option for option in self.options if self.options.count(option) > 1}
        self._demand(not twice, f"the option {', '.join(map(repr, sorted(twice)))} is there twice")
        self._demand(len(self.options) <= 26, "there are more options than letters")

    def _checked_key(self, key: Any) -> list[str]:
        picks = [key] if isinstance(key, str) else key
        self._demand(
            isinstance(picks, list | tuple) and len(picks) == self.blank_count,
            f"the key needs one option for each of {self.blank_count} blank(s)",
        )
        for pick in picks:
            self._demand(pick in self.picks_offered, f"the key {pick!r} is not an option")
        return list(picks)

    def _checked_why_not(self, why_not: Any) -> list[dict[str, str]]:
        by_blank = [why_not] if isinstance(why_not, Mapping) else list(why_not or [{}] * self.blank_count)
        self._demand(len(by_blank) == self.blank_count, f"why_not needs one dict for each of {self.blank_count} blanks")
        self._demand(
            all(isinstance(reasons, Mapping) and _are_texts([*reasons.values()]) for reasons in by_blank),
            "why_not says in a dict, for each wrong option, why it is wrong",
        )
        for reasons, right in zip(by_blank, self.key or [], strict=True):
            strange = sorted(map(repr, set(reasons) - set(self.picks_offered)))
            self._demand(not strange, f"why_not names {', '.join(strange)}, which is not an option")
            self._demand(right not in reasons, f"why_not gives a reason against the key {right!r}")
        return [dict(reasons) for reasons in by_blank]

    def _check_solution(self) -> None:
        self._demand(self.solution is None or isinstance(self.solution, str), "a solution is a text")

    def _check_parses(self, what: str, code: str) -> None:
        try:
            ast.parse(code)
        except SyntaxError as error:
            self._demand(False, f"the {what} does not parse: {error.msg} in line {error.lineno}")

    @property
    def title(self) -> str:
        """What the question is called on the page: "Task 1"."""
        return self.label if self.number is None else f"{self.label} {self.number}"

    @property
    def judged(self) -> bool:
        """Is the key known here, so that an attempt can be judged at once?"""
        return self.key is not None

    @property
    def letters(self) -> list[str]:
        """The options' letters, in their order."""
        return [chr(ord("A") + i) for i in range(len(self.options))]

    @property
    def picks_offered(self) -> list[str]:
        """What a single pick of an attempt may be."""
        raise NotImplementedError

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the picks as a tuple, or raise PicksError when they are not an answer to this question."""
        if not isinstance(picks, list | tuple) or not all(isinstance(pick, str) for pick in picks):
            raise PicksError(f"An answer to {self.name!r} is a list of texts.")
        if len(picks) != self.blank_count:
            raise PicksError(f"An answer to {self.name!r} has {self.blank_count} part(s), this one has {len(picks)}.")
        if "" in picks:
            raise PicksError(
                "Fill every blank, then check." if self.kind == "blanks" else "Pick an option, then check."
            )
        for pick in picks:
            if pick not in self.picks_offered:
                raise PicksError(f"{pick[:60]!r} was never offered as an option of {self.name!r}.")
        return tuple(picks)

    def is_right(self, picks: Picks) -> bool:
        """Are these picks the key?"""
        self._demand(self.judged, "the key is held back, so nothing can be judged here")
        return list(picks) == self.key

    def why_wrong(self, picks: Picks) -> list[tuple[int, str, str]]:
        """For each wrong pick: the number of its blank (from 1), the pick, and why it is wrong ("" if nobody said)."""
        pairs = enumerate(zip(picks, self.key or [], strict=True))
        return [(i + 1, pick, self.why_not[i].get(pick, "")) for i, (pick, right) in pairs if pick != right]


class Blanks(Question):
    """A program with numbered blanks `[1]`, `[2]`, … to be filled with options."""

    kind = "blanks"
    label = "Task"

    def __init__(self, name: str, difficulty: str, *, program: str = "", **arguments: Any) -> None:
        self.name = name
        self._demand(isinstance(program, str), "program is a text")
        self.program = textwrap.dedent(program).strip("\n")
        numbers = sorted(int(number) for number in BLANK.findall(self.program))
        self.blank_count = len(numbers)
        self._demand(bool(numbers), "the program has no blank [1]")
        self._demand(
            numbers == list(range(1, len(numbers) + 1)),
            f"blanks are numbered 1, 2, … and each stands once, but the program has {numbers}",
        )
        super().__init__(name, difficulty, **arguments)
        self._check_parses("program", self.filled(self.key or [f"blank_{number}" for number in numbers]))

    @property
    def picks_offered(self) -> list[str]:
        """The options' texts: each may be used in any blank, and in more than one."""
        return self.options

    def filled(self, picks: Picks) -> str:
        """Return the program's text with the blanks filled."""
        return BLANK.sub(lambda match: picks[int(match[1]) - 1], self.program)


class Choice(Question):
    """A question with several options, one of them right, answered by its letter."""

    kind = "choice"
    label = "Question"

    def __init__(self, name: str, difficulty: str, *, code: str | None = None, **arguments: Any) -> None:
        self.name = name
        self._demand(code is None or isinstance(code, str), "code is a text")
        self.code = textwrap.dedent(code).strip("\n") if code else None
        super().__init__(name, difficulty, **arguments)

    def _check_solution(self) -> None:
        if self.solution is None:
            return
        parts = self.solution if isinstance(self.solution, Mapping) else {}
        self._demand(
            parts.keys() == {"steps", "answer", "check"}
            and _are_texts(parts["steps"])
            and _are_texts([parts["answer"], parts["check"]]),
            'a solution is a dict with "steps" (a list of texts), "answer" and "check"',
        )

    @property
    def picks_offered(self) -> list[str]:
        """The options' letters."""
        return self.letters
