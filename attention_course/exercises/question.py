"""Question: what every kind of exercise has in common, and what each kind has to say of itself."""

import copy
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields
from enum import StrEnum
from random import Random
from typing import Any, ClassVar, NamedTuple, Self

from attention_course.errors import QuestionError
from attention_course.exercises import seal, settled, text_html
from attention_course.exercises.drawing import Shown
from attention_course.exercises.program import Run, parses
from attention_course.exercises.runner import OWN_MACHINE, Runner

DIFFICULTIES = ("easy", "medium", "hard")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

Picks = Sequence[str]  # an answer: one text for each part of it


class Outcome(StrEnum):
    """How far a student came with a question."""

    NOT_ATTEMPTED = "not attempted"
    WRONG = "wrong"
    RIGHT = "right"
    RECORDED = "recorded"  # answered, but the key is held back until the class is graded
    COMMITTED = "committed"  # answered once, and never judged
    UNGRADED = "ungraded"  # the course or the place where it was graded kept it from being judged


class Mistake(NamedTuple):
    """One wrong part of an answer: which part (from 1), how it reads, and why it is wrong ("" if nobody said)."""

    part: int
    text: str
    why: str


@dataclass(eq=False)
class Question:
    """One exercise. A kind is a subclass that owns everything that depends on the kind.

    What is `hidden` is given in plain in the source notebook and as one `sealed` text in a release; with neither,
    answers are recorded and not judged. Raises QuestionError, naming the question, where it is written wrongly.
    """

    name: str
    difficulty: str
    _: KW_ONLY
    number: int | None = None
    prompt: str = ""
    hint: str = ""
    mistakes: Sequence[str] = ()
    points: float = 1  # what it is worth
    attempts: int | None = 3
    draw: str | None = None
    key: Any = None
    solution: Any = None
    sealed: str | None = None
    again: str = ""  # a template of the bank's: once it is finished, the same is asked in other numbers
    asked_above: bool = False  # does a Markdown cell above show title and prompt already?
    formerly: str = ""  # the name that it had when students answered it
    settled: Any = None  # how its points are settled where something was wrong with it

    kind: ClassVar[str]  # what the page calls it; js/KIND.js shows it
    label: ClassVar[str]  # "Task" of "Task 1"
    hidden: ClassVar[frozenset[str]]  # arguments that no release shows in plain
    unreleased: ClassVar[frozenset[str]] = frozenset()  # those of them that no release holds, not even sealed
    needed: ClassVar[frozenset[str]] = frozenset()  # what may be sealed, and is released also where keys are held back
    texts: ClassVar[tuple[str, ...]] = ("prompt", "hint", "draw")
    performs: ClassVar[bool] = False  # does an answer do something that can be shown, such as run a program?
    in_prose: ClassVar[bool] = False  # are the texts of an answer sentences, not code?
    judged_by_running: ClassVar[bool] = False  # does judging an answer run it, so that hidden tests need not?
    committed: ClassVar[bool] = False  # is it answered once, and never judged? It gives its points for that
    done_word: ClassVar[str] = "Committed"  # what is said of an answer that is
    reviewed: ClassVar[bool] = False  # is it answered again and again, each time on a day of its own?
    explored: ClassVar[bool] = False  # is it a picture that is moved, whose state is the answer?
    secret: ClassVar[str] = "key"  # the hidden argument without which nothing is known of the answer
    wants: ClassVar[frozenset[str]] = frozenset({"number", "hint", "solution", "mistakes"})  # what the check asks for
    solved: ClassVar[str] = "Worked solution"  # the heading above the solution
    did: ClassVar[str] = "What your answer did"  # the heading above what performing an answer shows
    lists: ClassVar[str] = ""  # the argument that lists what an answer is made of, each with an id
    part_word: ClassVar[str] = "blank"  # what a part of an answer is called
    no_reason: ClassVar[str] = "this does not belong here."  # said of a wrong part where nobody wrote why
    trusted: ClassVar[bool] = False  # is all that an answer runs written by the instructor?
    bank: ClassVar[Any] = None  # what an item was drawn from: a `bank.items.Items`, which knows how it is answered
    drawn: ClassVar[Any] = None  # what was drawn
    written: ClassVar[bool] = False  # is an answer a text of code, which tests judge by calling what it defines?

    def __new__(cls, name: Any = "", *_arguments: Any, **given: Any) -> Self:
        """Refuse unknown arguments with a sentence that names the question."""
        if unknown := given.keys() - {field.name for field in fields(cls)}:
            raise QuestionError(f"Question {name!r}: there is no argument {', '.join(map(repr, sorted(unknown)))}.")
        return super().__new__(cls)

    def __post_init__(self) -> None:
        self._check_name()
        self._unseal()
        self._check_texts()
        for name in self.texts:
            setattr(self, name, _tidy(getattr(self, name)))
        self.validate()
        self._check_changes()

    def validate(self) -> None:
        """Raise QuestionError where an argument cannot be used; bring the others into the form that is documented."""
        self.demand(
            self.difficulty in DIFFICULTIES, f"difficulty is one of {', '.join(DIFFICULTIES)}, not {self.difficulty!r}"
        )
        self.demand(bool(self.prompt), "a prompt is missing")
        self._check_points()
        self._check_attempts()
        self.demand(are_texts(self.mistakes), "mistakes is a list of texts, none of them empty")
        self.check_parses("draw code", self.draw or "")
        named = isinstance(self.again, str) and (not self.again or NAME.fullmatch(self.again))
        self.demand(bool(named), f"again is the name of a template, not {self.again!r}")

    def _check_points(self) -> None:
        good = are_points(self.points) and self.points > 0
        self.demand(good, f"points is a positive number, not {self.points!r} (two decimals at most)")

    def _check_attempts(self) -> None:
        self.demand(type(self.attempts) is int and 1 <= self.attempts <= 20, "attempts is a whole number from 1 to 20")

    def _check_changes(self) -> None:
        """Check what is said of the question's earlier name, and of how it is settled."""
        named = isinstance(self.formerly, str) and (not self.formerly or NAME.fullmatch(self.formerly))
        self.demand(bool(named), f"formerly is the name that the question had, not {self.formerly!r}")
        self.demand(self.formerly != self.name, "formerly is another name than the one that it has")
        if self.settled is None:
            return
        found = settled.read(self.settled)
        if isinstance(found, str):
            self.demand(False, found)
        else:
            by_picks = not (self.written or self.committed or self.judged_by_running)
            good = found.kind in ("full", "nothing") or by_picks
            self.demand(good, f"settled knows 'full' and 'nothing' for this kind of question, not {found.kind!r}")
            self.settled = found

    @classmethod
    def sealable(cls) -> frozenset[str]:
        """Return what may be sealed: what always is, what draws the picture, and what is needed."""
        return cls.hidden | cls.needed | {"draw"}

    def demand(self, condition: bool, sentence: str) -> None:
        """Raise QuestionError with a sentence where a condition does not hold."""
        if not condition:
            raise QuestionError(f"Question {self.name!r}: {sentence}.")

    def check_parses(self, what: str, code: str) -> None:
        """Raise QuestionError where code is no Python."""
        problem = parses(code)
        self.demand(not problem, f"the {what} does not parse: {problem}")

    def _check_name(self) -> None:
        self.demand(
            isinstance(self.name, str) and NAME.fullmatch(self.name) is not None,
            "a name is made of small letters, digits and hyphens",
        )

    def _unseal(self) -> None:
        in_plain = [name for name in self.hidden - {"draw"} if getattr(self, name) is not None]
        if self.sealed is None:
            self._check_in_plain(in_plain)
            return
        self.demand(not in_plain, "give either the key or sealed, not both")
        for name, value in seal.unseal(self.sealed, self.name).items():
            if name in self.sealable():
                setattr(self, name, value)

    def _check_in_plain(self, given: Sequence[str]) -> None:
        about_a_key = sorted(self.hidden - {"draw", self.secret, "also"}, reverse=True)
        needed = f"{'an' if self.secret[0] in 'aeiou' else 'a'} {self.secret}"
        self.demand(self.judged or not given, f"a {' or a '.join(about_a_key)} needs {needed}")

    def _check_texts(self) -> None:
        for name in self.texts:
            value = getattr(self, name)
            self.demand(value is None or isinstance(value, str), f"{name} is a text")

    # ---- what is asked

    @property
    def title(self) -> str:
        """What the question is called on the page: "Task 1"."""
        return self.label if self.number is None else f"{self.label} {self.number}"

    @property
    def judged(self) -> bool:
        """Is the key known here, so that an attempt can be judged, or compared with it, at once?"""
        return getattr(self, self.secret) is not None

    @property
    def gives_at_most(self) -> float:
        """How many points it gives at most: none where it is dropped, though its tests are as they were."""
        return 0 if self.settled and self.settled.kind == "nothing" else self.points

    @property
    def counts(self) -> bool:
        """Does it count among the questions that can be right, or committed?"""
        return True

    @property
    def is_asked_for(self) -> bool:
        """Is a lesson not done before this is answered? Cards come on days of their own."""
        return self.counts and not self.reviewed

    def wanted(self) -> frozenset[str]:
        """Return which words around it an author's check asks for."""
        return self.wants

    @property
    def parts(self) -> int:
        """How many texts an answer has."""
        return 1

    @property
    def order(self) -> tuple[str, ...]:
        """What an answer can be made of, in the order in which it is shown; () where there is no order."""
        return ()

    def reordered(self, order: Sequence[str]) -> Self:
        """Return the question with what there is to choose from in another order, as far as that is known."""
        return self

    def with_more_attempts(self, more: int) -> Self:
        """Return the question with so many attempts more than its author allows."""
        extended = copy.copy(self)
        extended.attempts = (self.attempts or 0) + more
        return extended

    def shuffled(self, chance: Random) -> Self:
        """Return the question in an order of chance, where its kind and its text allow that."""
        return self

    # ---- what a kind says of an answer

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the picks as a tuple, or raise PicksError when they are not an answer to this question."""
        raise NotImplementedError

    def is_right(self, picks: Picks) -> bool:
        """Are these picks right?"""
        return not self.why_wrong(picks)

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Return what is wrong with these picks, part by part; [] where they are right."""
        raise NotImplementedError

    def judge_by_key(self) -> None:
        """Judge by the key alone from now on, as far as the kind can: whoever only looks at an answer runs nothing."""

    def needs_running(self, picks: Picks) -> bool:
        """Must something be run to judge these picks, even by the key alone?"""
        return False

    def amends(self, before: Picks, picks: Any) -> bool:
        """May this take the place of an answer that is finished, without being another attempt?"""
        return False

    @property
    def is_read(self) -> bool:
        """Is somebody to read an answer, and to score it by hand?"""
        return False

    def every_answer(self) -> Iterable[tuple[str, ...]] | None:
        """Return every answer there is, None where there are too many to list."""
        return None

    def samples(self) -> Iterable[tuple[str, ...]]:
        """Return answers to try: every one there is, else the key and such wrong ones as the kind can think of."""
        return self.every_answer() or [tuple(self.key)]

    def gathered(self, picks: Picks) -> tuple[str, ...]:
        """Return the answer that a report counts these picks with: another way to write the same."""
        return tuple(picks)

    def part_name(self, part: int) -> str:
        """Return how a part of an answer, counted from 1, is named in a verdict; "" where there is but one."""
        return f"Blank {part}" if self.parts > 1 else ""

    def unexplained(self) -> Iterator[str]:
        """Yield, for an author, each known wrong answer of which nobody said why it is wrong."""
        yield from ()

    def contradiction(self) -> str:
        """Return, for an author, a sentence on what in a question contradicts its key, "" where nothing does."""
        return ""

    def wordings(self) -> dict[str, bool]:
        """Return, for an author, each text that an answer may be made of, and whether it is right in some part."""
        return {}

    def listed(self) -> Sequence[str]:
        """Return what a text of the question lists below it: what there is to choose from, or to fill in."""
        return list(self.wordings())

    # ---- what performing an answer means

    def program_text(self) -> str:
        """Return the code that a question shows, as plain text, before anything is answered; "" where it shows none."""
        return ""

    def program_with(self, picks: Picks) -> str:
        """Return the program that an answer makes, "" for a kind without one."""
        return ""

    def run(self, picks: Picks, runner: Runner = OWN_MACHINE, seed: int = 0) -> Run:
        """Run the program that an answer makes; raise TypeError for a kind that has none."""
        if not self.performs:
            raise TypeError(f"Question {self.name!r} has no program to run.")
        return runner.run(self.program_with(picks), seed=seed, trusted=self.trusted)

    def perform(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Shown:
        """Return what an answer did, and the picture of it."""
        raise NotImplementedError

    # ---- how it is shown

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the question's code as HTML, with an answer put in where one is given; "" where it has none."""
        return ""

    def options_html(self, picks: Picks = ()) -> str:
        """Return what there is to choose from, which says in words what was picked; "" where there is nothing."""
        return ""

    def picked_html(self, picks: Picks) -> str:
        """Return an answer as one line of HTML."""
        raise NotImplementedError

    def picked_text(self, picks: Picks) -> str:
        """Return an answer as one line of plain text."""
        raise NotImplementedError

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the worked solution; `performed` is what the right answer does, as HTML.

        `with_code` is False where the question's code stands above, filled in the right way.
        """
        return text_html.paragraphs(self.solution) + performed

    def revealed(self, picks: Picks, runner: Runner = OWN_MACHINE) -> Mapping[str, Any]:
        """Return what the page of this kind may know once an answer is committed, as JSON values."""
        return {}

    def beside_html(self, picks: Picks) -> str:
        """Return what stands beside a committed answer where no page is at work; "" for nothing."""
        return ""

    def class_html(self, answers: Sequence[Picks], runner: Runner) -> str:
        """Return what a class committed, as HTML for its report; "" where each answer is listed there."""
        return ""

    def view(self) -> Mapping[str, Any]:
        """Return what the page of this kind has to know, as JSON values, beside what all kinds have."""
        return {}


def are_texts(values: Any) -> bool:
    """Is this a list of texts, none of them empty?"""
    return isinstance(values, list | tuple) and all(isinstance(value, str) and value.strip() for value in values)


def are_points(value: Any) -> bool:
    """Is this what a cell can be worth? Gradebooks of learning management systems keep two decimals."""
    return type(value) in (int, float) and 0 <= value <= 1000 and round(value, 2) == value


def _tidy(text: str | None) -> str | None:
    return textwrap.dedent(text).strip() if text else text
