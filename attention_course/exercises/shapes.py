"""Shapes: the shape of each named tensor of a program, judged by running it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises import program, shape_text, text_html
from attention_course.exercises.program import Run
from attention_course.exercises.question import Picks, are_texts
from attention_course.exercises.shape_text import Shape
from attention_course.exercises.typed import Typed


@dataclass(eq=False)
class Shapes(Typed):
    """A program, and the names of tensors in it whose shapes are asked for.

    `sizes` are the symbols, `{"B": 2, "T": 5, "D": 8}`, each with another number: the program begins with them. Right
    is the shape that a tensor has once the program ran; `key` says it in symbols, for the worked solution, and counts
    where the program cannot run.
    """

    program: str = ""
    tensors: Sequence[str] = ()
    sizes: Any = None

    kind: ClassVar[str] = "shapes"
    label: ClassVar[str] = "Question"
    texts: ClassVar[tuple[str, ...]] = (*Typed.texts, "program")
    part_word: ClassVar[str] = "shape"
    no_reason: ClassVar[str] = "this is not its shape."

    def validate(self) -> None:
        """Check sizes, program and names, then the key."""
        self.sizes = {} if self.sizes is None else self.sizes
        self.demand(
            isinstance(self.sizes, Mapping)
            and all(isinstance(name, str) and name.isidentifier() for name in self.sizes)
            and all(type(size) is int and size > 0 for size in self.sizes.values()),
            "sizes is a dict from symbols to whole numbers above 0",
        )
        self.demand(
            len(set(self.sizes.values())) == len(self.sizes), "two sizes are the same, so their symbols mean the same"
        )
        self.demand(bool(self.program), "a program is missing")
        self.demand(
            are_texts(self.tensors) and len(self.tensors) > 0 and len(set(self.tensors)) == len(self.tensors),
            "tensors is a list of names in the program, each there once",
        )
        self.check_parses("program", self.program_text())
        self._made: dict[str, Shape] | None = None
        super().validate()

    def _checked_key(self, key: Any) -> list[str]:
        return super()._checked_key(self._by_name(key, "key") if isinstance(key, Mapping) else key)

    def _checked_why_not(self, why_not: Any) -> list[dict[str, str]]:
        named = isinstance(why_not, Mapping) and all(isinstance(reasons, Mapping) for reasons in why_not.values())
        return super()._checked_why_not(self._by_name({**self._none(), **why_not}, "why_not") if named else why_not)

    def _none(self) -> dict[str, dict[str, str]]:
        return {name: {} for name in self.tensors}

    def _by_name(self, given: Mapping[str, Any], what: str) -> list[Any]:
        """Return what is said of each tensor, in their order."""
        self.demand(set(given) == set(self.tensors), f"{what} names other tensors than tensors= does")
        return [given[name] for name in self.tensors]

    # ---- fields

    @property
    def labels(self) -> list[str]:
        """The tensors' names, as code."""
        return [f"`{name}`" for name in self.tensors]

    def part_name(self, part: int) -> str:
        """Return a tensor's name, also where there is but one."""
        return self.tensors[part - 1]

    def value_of(self, part: int, text: str) -> Shape:
        """Return the shape that a text is, in numbers."""
        try:
            return shape_text.shape(text, self.sizes)
        except ValueError as error:
            raise PicksError(str(error)) from None

    def expected(self, part: int) -> Shape:
        """Return the shape that a tensor has once the program ran."""
        if self._made is None:
            self._made = self.made(program.run(self.program_text()))
        made = self._made.get(self.tensors[part])
        return super().expected(part) if made is None else made

    def judge_by_key(self) -> None:
        """Take the shapes that the key says, which an author's check has compared with the program's."""
        self._made = {}

    def made(self, run: Run) -> dict[str, Shape]:
        """Return the shape of each named tensor that a run of the program has made."""
        found = {name: getattr(run.names.get(name), "shape", None) for name in self.tensors}
        return {name: tuple(int(size) for size in axes) for name, axes in found.items() if axes is not None}

    def in_words(self, part: int, value: Shape) -> str:
        """Return a shape in symbols."""
        return shape_text.written(value, self.sizes)

    def others(self, part: int, value: Shape) -> Iterable[Shape]:
        """Return shapes beside this one."""
        return (*([value[::-1]] if value[::-1] != value else []), (*value, 1), value[:-1] or (1, 1), (1, 1, *value))

    def listed(self) -> Sequence[str]:
        """Return the tensors' names."""
        return list(self.tensors)

    def help(self) -> str:
        """Say how a shape is written, and what the symbols stand for."""
        product = f" A product: {'*'.join([*self.sizes][-2:])}." if len(self.sizes) > 1 else ""
        return f"Write a shape {shape_text.example(self.sizes)}.{product} One axis: (5,). A single number: ()."

    # ---- the program

    def program_text(self) -> str:
        """Return the program, after the line that defines the sizes."""
        names, numbers = ", ".join(self.sizes), ", ".join(map(str, self.sizes.values()))
        return f"{names} = {numbers}\n{self.program}" if self.sizes else self.program

    def program_with(self, picks: Picks) -> str:
        """Return the program, which is the same whatever the answer."""
        return self.program_text()

    def contradiction(self) -> str:
        """Say where the key is not what the program makes."""
        if not self.judged:
            return ""
        run = program.run(self.program_text())
        if run.error:
            return f"its program raises {str(run.error).rstrip('.')}: mend it."
        made = self.made(run)
        for part, name in enumerate(self.tensors):
            if name not in made:
                return f"its program makes no {name!r} that has a shape: mend tensors=, or the program."
            if made[name] != self.value_of(part, self.key[part]):
                really = self.in_words(part, made[name])
                return f"its key says {self.key[part]!r} of {name!r}, but its program makes {really}: mend one of them."
        return ""

    # ---- showing

    def code_html(self, picks: Picks | None = None) -> str:
        """Return the program."""
        return text_html.code(self.program_text())

    def solution_html(self, performed: str, *, with_code: bool = True) -> str:
        """Return the explanation, each tensor's shape in symbols and in numbers, and the picture."""
        rows = "".join(
            f"<li>{self.field_html(part)}: {text_html.snippet(text)}{self._in_numbers(part, text)}</li>"
            for part, text in enumerate(self.key)
        )
        return f"{text_html.paragraphs(self.solution)}<ul>{rows}</ul>{performed}"

    def _in_numbers(self, part: int, text: str) -> str:
        numbers = str(self.value_of(part, text))
        return "" if numbers == text else f" = {text_html.snippet(numbers)}"
