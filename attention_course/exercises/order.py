"""Order: lines to be put into an order and an indentation; right is whatever behaves like the key when it is run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import arranging, differing, drawing, program, text_html
from attention_course.exercises.arranging import BLANK, Line, Placed
from attention_course.exercises.behaviour import Behaviour, behaviour, same_behaviour
from attention_course.exercises.options import MOST
from attention_course.exercises.order_page import OrderShown
from attention_course.exercises.question import Mistake, Picks, are_texts
from attention_course.exercises.runner import OWN_MACHINE, Runner


@dataclass(eq=False)
class Order(OrderShown):
    """Lines, some of which make a program in the right order and at the right depth; the others are distractors.

    `lines` are a dict from ids to texts (a list of texts gets its ids at the first release), in an order that is not
    the right one. A text may have blanks `[1]`, and `choices={1: ["-1", "0"]}` says what they take. `before` and
    `after` are code that stands around the lines. `key` is the right program's text. An answer is right if under each
    of `seeds` it computes the same `results`, names in the program, or prints the same where none are given.
    """

    results: Sequence[str] = ()
    seeds: Sequence[int] = (0, 1)
    why_not: Any = None

    hidden: ClassVar[frozenset[str]] = frozenset({"key", "why_not", "solution"})
    performs: ClassVar[bool] = True
    trusted: ClassVar[bool] = True  # every line, and every choice in it, is the instructor's
    judged_by_running: ClassVar[bool] = True
    no_reason: ClassVar[str] = differing.OTHERWISE

    def validate(self) -> None:
        """Check lines and choices, then the key, then the reasons."""
        self.choices = self._checked_choices(self.choices or {})
        self.lines: dict[str, Line] = self._checked_lines(self.lines)
        self.demand(isinstance(self.results, list | tuple), "results is a list of names")
        self.demand(not self.results or are_texts(self.results), "results is a list of names")
        self.demand(
            isinstance(self.seeds, list | tuple) and len(self.seeds) > 0 and all(type(s) is int for s in self.seeds),
            "seeds is a list of whole numbers",
        )
        super().validate()
        self.check_parses("code before the lines", self.before or "")
        self.key = None if self.key is None else self._checked_key(self.key)
        self.why_not = self._checked_why_not(self.why_not or {})
        self.demand(self.solution is None or isinstance(self.solution, str), "a solution is a text")
        self._known: dict[tuple[str, ...], list[Mistake]] = {}
        self._right: Behaviour | None = None

    # ---- what an author wrote

    def _checked_choices(self, choices: Any) -> dict[int, list[str]]:
        self.demand(isinstance(choices, Mapping), "choices is a dict from a blank's number to a list of texts")
        checked = {int(number): list(texts) for number, texts in choices.items() if re.fullmatch("[1-9]", f"{number}")}
        self.demand(
            len(checked) == len(choices)
            and all(are_texts(texts) and len({*texts}) == len(texts) > 1 for texts in checked.values())
            and not any("\t" in text or "\n" in text for texts in checked.values() for text in texts),
            "choices has for each blank's number, 1 to 9, at least two texts that differ",
        )
        return checked

    def _checked_lines(self, lines: Any) -> dict[str, Line]:
        by_id = dict(lines) if isinstance(lines, Mapping) else {text: text for text in lines or ()}
        self.demand(are_texts([*by_id, *by_id.values()]), "lines is a list of texts, or a dict from ids to texts")
        self.demand(len(by_id) == len(lines), "a line is there twice: give lines as a dict from ids to texts")
        self.demand(2 <= len(by_id) <= MOST, f"there are 2 to {MOST} lines")
        checked = {}
        for name, text in by_id.items():
            self.demand(
                "\t" not in name + text and "\n" not in name + text and text == text.strip(),
                f"the line {text!r} is one line without tabs, and without an indentation",
            )
            self.demand(
                re.match(r"while\b", text) is None,
                f"the line {text!r} could make a program that never ends: use for",
            )
            blanks = tuple(n for found in BLANK.finditer(text) if (n := int(found[1])) in self.choices)
            checked[name] = Line(name, text, blanks)
        used = sorted(number for line in checked.values() for number in line.blanks)
        self.demand(used == sorted(self.choices), "each blank of choices stands in one line, once")
        return checked

    def _checked_key(self, key: Any) -> list[str]:
        self.demand(isinstance(key, str) and bool(key.strip()), "the key is the right program's text")
        try:
            found = arranging.read(arranging.dedented(key), self.lines, self.choices)
        except ValueError as error:
            self.demand(False, f"of the key {error}")
        self.check_parses("key", self.source(found))
        return [one.pick for one in found]

    def _checked_why_not(self, why_not: Any) -> dict[str, str]:
        self.demand(
            isinstance(why_not, Mapping) and are_texts([*why_not.values()]),
            "why_not says in a dict, for a line, why it is wrong where it is the first that is",
        )
        strange = sorted(map(repr, set(why_not) - set(self.lines)))
        self.demand(not strange, f"why_not names {', '.join(strange)}, which is no line")
        return dict(why_not)

    def contradiction(self) -> str:
        """Say where the lines stand in the right order already, or where the key computes nothing to compare."""
        if not self.judged:
            return ""
        needed = [one.line.id for one in self.placed(self.key)]
        if needed == [name for name in self.lines if name in needed]:
            return "its lines stand in the right order in lines=: write them in another."
        source, names = self.program_with(self.key), self.results
        (values, printed, error), *_ = once = behaviour(source, names, self.seeds)
        if error:
            return ""  # which is said of every program
        if missing := [name for name in names if name not in values]:
            return f"its program defines no {missing[0]!r}: mend results=."
        if not names and not printed:
            return "its program prints nothing: add results=, the names that an answer is judged by."
        if not same_behaviour(once, behaviour(source, names, self.seeds), names):
            return "its program does something else each time: seed it, or take other results=."
        return ""

    def unexplained(self) -> Iterator[str]:
        """Yield each line that is no part of the key, of which nobody said why."""
        needed = {one.line.id for one in self.placed(self.key)}
        yield from (f"{name!r} is wrong" for name in self.lines if name not in needed | set(self.why_not))

    # ---- an answer

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the placed lines as a tuple, or raise PicksError when they are not an answer to this question."""
        if not isinstance(picks, list | tuple) or not all(isinstance(pick, str) for pick in picks):
            raise PicksError(f"An answer to {self.name!r} is a list of texts.")
        if not any(picks):
            raise PicksError("Put lines into the program, then check.")
        names = [one.line.id for one in self.placed(picks)]
        if twice := [name for name in names if names.count(name) > 1]:
            raise PicksError(f"The line {twice[0][:60]!r} is there twice.")
        return tuple(picks)

    def placed(self, picks: Picks) -> list[Placed]:
        """Return the lines of an answer where they stand."""
        return [arranging.placed(pick, self.lines, self.choices) for pick in picks]

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Return the first line that makes the program do something else, [] where it behaves like the key."""
        self.demand(self.judged, "the key is held back, so nothing can be judged here")
        answer = tuple(picks)
        if answer not in self._known:
            self._known[answer] = self._judged(answer)
        return self._known[answer]

    def needs_running(self, picks: Picks) -> bool:
        """Are these lines another program than the key, which may behave like it?"""
        return self.judged and list(picks) != self.key

    def _judged(self, picks: tuple[str, ...]) -> list[Mistake]:
        lines = self.placed(picks)
        if list(picks) == self.key or self._behaves(lines):
            return []
        first = len(self.before.splitlines()) if self.before else 0
        found = differing.unreadable(self.source(lines), first, len(lines))
        place, why = found or differing.first_difference(lines, self.placed(self.key), self._behaves)
        if place == len(lines):
            return [Mistake(place + 1, "", why)]
        error = None if found else program.run(self.source(lines), seed=self.seeds[0]).error
        if error and error.line == first + place + 1:
            why = f"here the program raises {str(error).rstrip('.')}."
        own = why if found else self.why_not.get(lines[place].line.id, why)  # an indentation says nothing of a choice
        return [Mistake(place + 1, lines[place].text, own)]

    def _behaves(self, lines: Sequence[Placed]) -> bool:
        if self._right is None:
            self._right = behaviour(self.program_with(self.key), self.results, self.seeds)
        return same_behaviour(behaviour(self.source(lines), self.results, self.seeds), self._right, self.results)

    def samples(self) -> Iterator[tuple[str, ...]]:
        """Yield the key, and beside it programs with two lines changed, one missing, or one too many."""
        key, needed = list(self.key), {one.line.id for one in self.placed(self.key)}
        yield tuple(key)
        for i in range(len(key) - 1):
            yield (*key[:i], key[i + 1], key[i], *key[i + 2 :])
            yield (*key[: i + 1], *key[i + 2 :])
        yield tuple(reversed(key))
        for name, line in self.lines.items():
            if name not in needed:
                chosen = [self.choices[number][0] for number in line.blanks]
                yield (*key, "\t".join([f"0:{name}", *chosen]))

    # ---- performing

    def program_with(self, picks: Picks) -> str:
        """Return the program that the lines make."""
        return self.source(self.placed(picks))

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> drawing.Shown:
        """Run the program, and draw what the question asks to be drawn."""
        return drawing.shown(self.run(picks, runner), self.draw, [one.text for one in self.placed(picks)])

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the explanation, the right program, and what that does."""
        code = f'<pre class="ac-code"><code>{self.code_html(self.key)}</code></pre>' if with_code else ""
        return f"{text_html.paragraphs(self.solution)}{code}{performed}"
