"""What a handed-in answer means: its picks as the ids of the options that the lesson knows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from attention_course.answers.record import Record
from attention_course.exercises.kinds import KINDS
from attention_course.exercises.options import IdOf, Options, meant, numbered, written_in
from attention_course.exercises.picking import PickingQuestion
from attention_course.instructor.settling.asked import Asked

ASKED = re.compile(rf"""\b({"|".join(KINDS)})\(\s*["']([a-z0-9-]+)["']""")  # Blanks("scaled-weights"


class KnownOptions:
    """The options of a lesson's questions, as the instructor's cells and as a student's own notebook have them."""

    def __init__(
        self, instructors: Iterable[str], students: Iterable[str], former: Mapping[str, Sequence[Asked]] = {}
    ) -> None:
        self._known = {name: numbered(options, id_of) for name, options, id_of in _options_in(instructors)}
        self._handed_in: dict[str, Options] = {}
        for name, options, _ in _options_in(students):
            self._handed_in.setdefault(name, options)
        self._former = former

    def translated(self, records: Mapping[str, Record]) -> tuple[dict[str, Record], list[str]]:
        """Return the records with each pick as an id, and a sentence on each pick that means no option that is known.

        Such a pick stays as it is: whoever judges the answer refuses it.
        """
        said: dict[str, None] = {}  # a set that keeps the order
        translated = {}
        for name, record in records.items():
            attempts = [
                replace(attempt, picks=tuple(self._meant(name, pick, said) for pick in attempt.picks))
                for attempt in record.attempts
            ]
            translated[name] = replace(record, attempts=tuple(attempts))
        return translated, list(said)

    def _meant(self, name: str, pick: str, said: dict[str, None]) -> str:
        if name not in self._known:
            return pick
        option = meant(pick, self._handed_in.get(name), self._known[name])
        if option is None and self._was_offered(name, pick):
            said[f"The answer to {name!r} names {pick[:60]!r}, which is no longer offered."] = None
        elif option is None:
            said[f"The answer to {name!r} names {pick[:60]!r}, which was never offered: it counts as no answer."] = None
        return pick if option is None else option

    def _was_offered(self, name: str, pick: str) -> bool:
        """Was this an option of the question before it was changed?"""
        questions = [each.question for each in self._former.get(name, [])]
        return any(isinstance(each, PickingQuestion) and pick in each.ids for each in questions)


def _options_in(sources: Iterable[str]) -> Iterator[tuple[str, Options, IdOf]]:
    """Yield the name, the options and what makes ids of a mere list, for each question that these cells ask."""
    yield from filter(None, map(_asked_in, sources))


@lru_cache(maxsize=200)  # a class hands in the same cells, hardly ever another one
def _asked_in(source: str) -> tuple[str, Options, IdOf] | None:
    """Return the same of one cell, None where it asks no question with options."""
    asked = ASKED.search(source)
    kind = KINDS[asked[1]] if asked else None
    options = written_in(source) if asked else None
    return (asked[2], options, kind.id_of) if asked and options and kind and issubclass(kind, PickingQuestion) else None
