"""PickingQuestion: what is common to the kinds that are answered by picking options."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from attention_course.errors import PicksError
from attention_course.exercises.options import MOST, Option, letter, numbered
from attention_course.exercises.question import Mistake, Picks, Question, are_texts

MOST_LISTED = 1_000  # answers that are all listed, as for the check, which puts each to the hidden tests


@dataclass(eq=False)
class PickingQuestion(Question):
    """A question with options, one of which is picked for each part of the answer.

    `options` are a dict from ids to texts; a list of texts gets its ids at the first release. `key` has an id for each
    part, and `also` for each part the ids that are right beside it. `why_not` says for each part and each wrong option
    why it is wrong. After validation each of the four is a list: of Options, of ids, of sets, of dicts.
    """

    options: Any = ()
    also: Any = None
    why_not: Any = None

    hidden: ClassVar[frozenset[str]] = frozenset({"key", "also", "why_not", "solution"})
    lists: ClassVar[str] = "options"
    unpicked: ClassVar[str]  # what is said where a part of the answer is empty

    def validate(self) -> None:
        """Check what is asked, then the key and what belongs to it."""
        super().validate()
        self.options: list[Option] = self._checked_options(self.options)
        self.key = None if self.key is None else self._checked_key(self.key)
        self.also: list[set[str]] = self._checked_also(self.also)
        self.why_not: list[dict[str, str]] = [] if self.key is None else self._checked_why_not(self.why_not)

    @staticmethod
    def id_of(place: int, text: str) -> str:
        """Return the id that an option of a mere list has, from its place (counted from 0) or its text."""
        raise NotImplementedError

    # ---- what an author wrote

    def _checked_options(self, options: Any) -> list[Option]:
        texts = [*options, *options.values()] if isinstance(options, Mapping) else options
        self.demand(are_texts(texts), "options is a list of texts, none of them empty")
        checked = numbered(options, self.id_of)
        self.demand(len(checked) >= 2, "at least two options are needed")
        said = [option.text for option in checked]
        twice = {text for text in said if said.count(text) > 1}
        self.demand(not twice, f"the option {', '.join(map(repr, sorted(twice)))} is there twice")
        self.demand(len(checked) <= MOST, "there are more options than letters")
        return checked

    def _checked_key(self, key: Any) -> list[str]:
        ids = [key] if isinstance(key, str) else key
        self.demand(
            isinstance(ids, list | tuple) and len(ids) == self.parts,
            f"the key needs one option for each of {self.parts} blank(s)",
        )
        for one in ids:
            self.demand(one in self.ids, f"the key {one!r} is not an option")
        return list(ids)

    def _checked_also(self, also: Any) -> list[set[str]]:
        if also is None:
            return [set() for _ in range(self.parts)]
        by_part = [also] if self.parts == 1 and (isinstance(also, str) or are_texts(also)) else also
        self.demand(self.key is not None, "also= says what is right beside the key, so it needs a key")
        self.demand(
            isinstance(by_part, list | tuple) and len(by_part) == self.parts,
            f"also needs one entry for each of {self.parts} blank(s), as the key has",
        )
        checked = [{ids} if isinstance(ids, str) else set(ids or ()) for ids in by_part]
        for right, others in zip(self.key, checked, strict=True):
            strange = sorted(map(repr, others - set(self.ids)))
            self.demand(not strange, f"also names {', '.join(strange)}, which is not an option")
            self.demand(right not in others, f"also names the key {right!r} once more")
        return checked

    def _checked_why_not(self, why_not: Any) -> list[dict[str, str]]:
        by_part = [why_not] if isinstance(why_not, Mapping) else list(why_not or [{}] * self.parts)
        self.demand(len(by_part) == self.parts, f"why_not needs one dict for each of {self.parts} blanks")
        self.demand(
            all(isinstance(reasons, Mapping) and are_texts([*reasons.values()]) for reasons in by_part),
            "why_not says in a dict, for each wrong option, why it is wrong",
        )
        for part, reasons in enumerate(by_part):
            strange = sorted(map(repr, set(reasons) - set(self.ids)))
            self.demand(not strange, f"why_not names {', '.join(strange)}, which is not an option")
            right = sorted(self.right_ids(part) & set(reasons))
            self.demand(not right, f"why_not gives a reason against the key {', '.join(map(repr, right))}")
        return [dict(reasons) for reasons in by_part]

    # ---- options

    @property
    def ids(self) -> list[str]:
        """The options' ids, in their order."""
        return [option.id for option in self.options]

    def text_of(self, pick: str) -> str:
        """Return the text of an option, given its id."""
        return self.options[self.ids.index(pick)].text

    def letter_of(self, pick: str) -> str:
        """Return the letter that an option is shown with, given its id."""
        return letter(self.ids.index(pick))

    # ---- an answer

    def check_picks(self, picks: Any) -> tuple[str, ...]:
        """Return the picks as a tuple of ids, or raise PicksError when they are not an answer to this question."""
        if not isinstance(picks, list | tuple) or not all(isinstance(pick, str) for pick in picks):
            raise PicksError(f"An answer to {self.name!r} is a list of texts.")
        if len(picks) != self.parts:
            raise PicksError(f"An answer to {self.name!r} has {self.parts} part(s), this one has {len(picks)}.")
        if "" in picks:
            raise PicksError(self.unpicked)
        for pick in picks:
            if pick not in self.ids:
                raise PicksError(f"{pick[:60]!r} was never offered as an option of {self.name!r}.")
        return tuple(picks)

    def right_ids(self, part: int) -> set[str]:
        """Return what is right in a part of the answer, counted from 0: the key, and what is accepted beside it."""
        self.demand(self.judged, "the key is held back, so nothing can be judged here")
        return {self.key[part], *self.also[part]}

    def why_wrong(self, picks: Picks) -> list[Mistake]:
        """Return what is wrong with these picks, part by part; [] where they are right."""
        wrong = [(part, pick) for part, pick in enumerate(picks) if pick not in self.right_ids(part)]
        return [Mistake(part + 1, self.mistake_text(pick), self.why_not[part].get(pick, "")) for part, pick in wrong]

    def mistake_text(self, pick: str) -> str:
        """Return how a wrong pick is named where the reason against it is given."""
        return self.text_of(pick)

    def every_answer(self) -> Iterable[tuple[str, ...]] | None:
        """Return every answer there is, None where there are too many to list."""
        few = len(self.ids) ** self.parts <= MOST_LISTED
        return itertools.product(self.ids, repeat=self.parts) if few else None

    def samples(self) -> Iterable[tuple[str, ...]]:
        """Return every answer; where these are too many, the key, what is wrong in one part, and one option in all."""
        if every := self.every_answer():
            return every
        key = tuple(self.key)
        near = [(*key[:part], pick, *key[part + 1 :]) for part in range(self.parts) for pick in self.ids]
        return dict.fromkeys([key, *near, *((pick,) * self.parts for pick in self.ids)])

    def unexplained(self) -> Iterator[str]:
        """Yield each wrong option of which nobody said why it is wrong."""
        for part in range(self.parts):
            where = f" in blank [{part + 1}]" if self.parts > 1 else ""
            for option in self.options:
                if option.id not in self.right_ids(part) and option.id not in self.why_not[part]:
                    yield f"{option.id!r} is wrong{where}"

    def wordings(self) -> dict[str, bool]:
        """Return each option's text, and whether it is right in some part."""
        right = set().union(*(self.right_ids(part) for part in range(self.parts))) if self.judged else set()
        return {option.text: option.id in right for option in self.options}

    def options_as_seen(self) -> Sequence[tuple[str, Option]]:
        """Return each option with the letter that it is shown with."""
        return [(letter(place), option) for place, option in enumerate(self.options)]
