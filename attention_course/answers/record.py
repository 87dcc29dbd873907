"""The record of a student's attempts: read from a notebook, merged, validated, written back.

In a notebook's metadata it is

    "attention_course": {"version": 1, "lesson": "practice", "id": "0d3f…", "answers": {
        "attention-scores": {"revision": 1, "attempts": [{"picks": ["key"], "at": "2026-03-01T09:41:00+01:00"}]}}}

(the page tells its notebook from others by the id; whoever only reads answers needs none). Each receipt, an output
under RECEIPT_MIME, carries its own question's part of it, and what was answered elsewhere when it was made; an answer
code that a student pasted into a cell carries all of it. Nothing in a notebook that a student hands in can be trusted:
what does not fit the schema is refused, at the cost of that question alone.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from attention_course.answers import answer_code, drawn, extra
from attention_course.answers.drawn import SURE, Drawn, Sat
from attention_course.errors import RecordError

METADATA_KEY = "attention_course"
RECEIPT_MIME = "application/vnd.attention-course.receipt+json"
VERSION = 1
MOST_BYTES = 40_000  # of one question's record; an honest one takes about 120 an attempt, or the code that was written
MOST_KEPT = 20  # attempts at a question that does not limit them: the newest ones, as far as there is room
MOST_RESULT = 400  # parts of what came of an attempt
MOST_ATTEMPTS = 100
MOST_SAT = 100  # answers of earlier sittings
LONGEST_IN_SHORT = 2_000  # bytes: choices that were made are never longer
LONGEST_PROBLEM = 300  # characters of a sentence on what is wrong with a record
MOST_ENTRIES = 1000  # of a notebook; an honest one has a few for each question
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class Attempt:
    """One press of Check: an option for each blank (or one letter, or a text of code), and when (ISO 8601).

    `result` is what came of it where nobody can tell that from the picks alone, because it was seen when code ran: for
    each example and each check whether it passed. `sure` is how sure the student was, where that is asked ("").
    """

    picks: tuple[str, ...]
    at: str
    result: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)
    sure: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the attempt as plain JSON values."""
        result = {"result": {what: list(passed) for what, passed in self.result.items()}} if self.result else {}
        return {"picks": list(self.picks), "at": self.at, **result, **({"sure": self.sure} if self.sure else {})}


@dataclass(frozen=True)
class Record:
    """All attempts at one question; the higher revision of two is the later one, and then the later last attempt.

    `order` has the ids of the options in the order in which the student saw them, () for the author's own. `earlier` is
    how many attempts there were before those that are kept, and `shown` when the student asked for the solution ("").
    Where the question was `drawn` from a bank, `sat` is what was answered in earlier sittings, the oldest first.
    `extra` is the code by which there are more attempts than the question allows.
    """

    attempts: tuple[Attempt, ...] = ()
    revision: int = 0
    order: tuple[str, ...] = ()
    earlier: int = 0
    shown: str = ""
    drawn: Drawn | None = None
    sat: tuple[Sat, ...] = ()
    extra: str = ""

    @property
    def tried(self) -> int:
        """How many attempts there were."""
        return self.earlier + len(self.attempts)

    @property
    def is_empty(self) -> bool:
        """Has the student done nothing?"""
        return not self.attempts and not self.shown and not self.sat

    def with_attempt(self, picks: tuple[str, ...], at: datetime, *, instead: bool = False, sure: str = "") -> "Record":
        """Return the record with one more attempt, or `instead` of the last one."""
        attempt, before = Attempt(picks, at.isoformat(timespec="seconds"), sure=sure), self.attempts
        return self._with((*(before[:-1] if instead else before), attempt))

    def with_text(self, text: str, at: datetime, result: Mapping[str, tuple[bool, ...]]) -> "Record":
        """Return the record with one more text and what came of it, or with what came of the last one, run again."""
        again = self.attempts and self.attempts[-1].picks == (text,)
        before = self.attempts[:-1] if again else self.attempts
        return self._with((*before, Attempt((text,), at.isoformat(timespec="seconds"), result)))

    def _with(self, attempts: tuple[Attempt, ...]) -> "Record":
        """Return the next revision: of attempts without a limit, the newest that there is room for."""
        kept = replace(self, attempts=attempts, revision=self.revision + 1)
        while len(kept.attempts) > MOST_KEPT or (len(kept.attempts) > 1 and _size(kept.to_json()) > MOST_BYTES):
            kept = replace(kept, attempts=kept.attempts[1:], earlier=kept.earlier + 1)
        return kept

    def with_shown(self, at: datetime) -> "Record":
        """Return the record with the time at which the student asked for the solution."""
        return replace(self, shown=at.isoformat(timespec="seconds"), revision=self.revision + 1)

    def sitting(self, drawn: Drawn) -> "Record":
        """Return the record with another item drawn, and what was answered before put aside."""
        aside = tuple(Sat(self.drawn, attempt) for attempt in self.attempts[-1:] if self.drawn)
        return Record(revision=self.revision + 1, drawn=drawn, sat=(*self.sat, *aside)[-MOST_SAT:])

    def in_short(self) -> "Record":
        """Return the record with its last attempt alone where all of them are long: copies are carried about."""
        if len(self.attempts) < 2 or _size(self.to_json()) <= LONGEST_IN_SHORT:
            return self
        return replace(self, attempts=self.attempts[-1:], earlier=self.tried - 1)

    def is_later_than(self, other: "Record") -> bool:
        """Is this the later one of two? Of two with the same revision it is the one that was answered last."""
        return (self.revision, self._answered_at()) > (other.revision, other._answered_at())

    def _answered_at(self) -> float:
        try:
            return datetime.fromisoformat(self.attempts[-1].at).timestamp() if self.attempts else 0.0
        except (OverflowError, OSError, ValueError):  # a year that no clock shows
            return 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain JSON values."""
        attempts = [attempt.to_json() for attempt in self.attempts]
        more = {
            "order": list(self.order),
            "earlier": self.earlier,
            "shown": self.shown,
            "drawn": self.drawn.to_json() if self.drawn else None,
            "sat": [one.to_json() for one in self.sat],
            "extra": self.extra,
        }
        return {"revision": self.revision, "attempts": attempts, **{name: more[name] for name in more if more[name]}}


def parse(name: str, value: Any) -> Record:
    """Return the record that a JSON value holds; raise RecordError when it is none of ours."""
    try:
        # Half a surrogate pair is refused by the encoding: no file could hold it.
        if _size(value) > MOST_BYTES:
            raise RecordError(f"The record of {name!r} is far too long to be one of ours.")
        revision, attempts, order = value["revision"], value["attempts"], value.get("order", [])
        earlier, shown = value.get("earlier", 0), value.get("shown", "")
        needed = set(value) - {"order", "earlier", "shown", "drawn", "sat", "extra"}
        if needed != {"revision", "attempts"} or not _is_count(revision) or not _is_count(earlier):
            raise RecordError(f"The record of {name!r} has a wrong form.")
        if not isinstance(attempts, list) or len(attempts) > MOST_ATTEMPTS:
            raise RecordError(f"The record of {name!r} has no list of attempts, or too many of them.")
        if shown:
            datetime.fromisoformat(shown)
        if len(attempts) > revision:
            raise RecordError(f"The record of {name!r} has {len(attempts)} attempts, but revision {revision}.")
        if not isinstance(order, list) or not all(isinstance(option, str) for option in order):
            raise RecordError(f"The record of {name!r} has a wrong order of options.")
        if (code := value.get("extra", "")) and not extra.CODE.fullmatch(code):
            raise RecordError(f"The record of {name!r} has a wrong code for extra attempts.")
        parsed = tuple(_parse_attempt(attempt) for attempt in attempts)
        asked = drawn.parse(value["drawn"]) if "drawn" in value else None
        return Record(parsed, revision, tuple(order), earlier, shown, asked, _parse_sat(value.get("sat", [])), code)
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError(f"The record of {name!r} is malformed.") from error


def _parse_attempt(value: Any) -> Attempt:
    picks, at, result, sure = value["picks"], value["at"], value.get("result", {}), value.get("sure", "")
    if set(value) - {"result", "sure"} != {"picks", "at"} or not isinstance(picks, list):
        raise ValueError("an attempt has picks and a time")
    if sure not in ("", *SURE):
        raise ValueError("nobody can be sure of an attempt in this way")
    if not all(isinstance(pick, str) for pick in picks):
        raise ValueError("an attempt has picks, a list of texts")
    datetime.fromisoformat(at)
    return Attempt(tuple(picks), at, _parse_result(result), sure)


def _parse_sat(value: Any) -> tuple[Sat, ...]:
    """Return what was answered in earlier sittings."""
    if not isinstance(value, list) or len(value) > MOST_SAT:
        raise ValueError("earlier sittings are a list, and not a long one")
    parts = ("seed", "sitting", "item")
    return tuple(
        Sat(
            drawn.parse({part: one[part] for part in parts}),
            _parse_attempt({part: one[part] for part in one if part not in parts}),
        )
        for one in value
    )


def _parse_result(value: Any) -> Mapping[str, tuple[bool, ...]]:
    """Return what came of an attempt; it says nothing that a grader believes."""
    parts = [*value.values()] if isinstance(value, dict) else [value]
    if not all(isinstance(part, list) and {*map(type, part)} <= {bool} for part in parts):
        raise ValueError("a result says of each example and check whether it passed")
    if len(parts) + sum(map(len, parts)) > MOST_RESULT:
        raise ValueError("a result has too many parts")
    return {what: tuple(passed) for what, passed in value.items()}


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 10**6


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def read(notebook: Any, lesson: str) -> tuple[dict[str, Record], dict[str, str]]:
    """Read the records of a lesson from a notebook's metadata, receipts and answer codes.

    Returns the records by question, of two the one with the higher revision, and for each question whose record
    cannot be used one sentence (under "" what concerns the record as a whole).
    """
    records: dict[str, Record] = {}
    problems: dict[str, str] = {}
    for number, (name, value) in enumerate(_carried(notebook, lesson, problems)):
        if number == MOST_ENTRIES:
            problems[""] = f"The notebook holds more than {MOST_ENTRIES} answers, so the rest of them is not read."
            break
        if not isinstance(name, str) or not NAME.fullmatch(name):
            problems[""] = "The notebook holds an answer to something that is no question of this lesson."
            continue
        try:
            record = parse(name, value)
        except RecordError as error:
            problems.setdefault(name, str(error))
            continue
        if not record.is_empty and (name not in records or record.is_later_than(records[name])):
            records[name] = record
    return records, {name: problems[name] for name in problems if name not in records}


def _carried(notebook: Any, lesson: str, problems: dict[str, str]) -> Iterator[tuple[Any, Any]]:
    """Yield every (question, value) that the notebook carries for this lesson, unchecked."""
    whole = _get(_get(notebook, "metadata"), METADATA_KEY)
    if whole is not None:
        answers = _get(whole, "answers")
        if not isinstance(answers, Mapping) or _get(whole, "version") != VERSION:
            problems[""] = "The notebook's record of answers is malformed, so only its receipts can be read."
        elif _get(whole, "lesson") != lesson:
            problems[""] = f"The notebook's record of answers belongs to another lesson than {lesson!r}."
        else:
            yield from answers.items()
    for receipt in receipts(notebook):
        if _get(receipt, "version") == VERSION and _get(receipt, "lesson") == lesson:
            answers = _get(receipt, "answers")
            yield from answers.items() if isinstance(answers, Mapping) else ()
            if _get(receipt, "question") is not None:
                yield _get(receipt, "question"), _get(receipt, "record")
    for held in answer_codes(notebook):
        if isinstance(held, RecordError):
            problems[""] = str(held)
        elif held.get("lesson") != lesson:
            problems[""] = f"The notebook holds an answer code of another lesson than {lesson!r}."
        else:
            yield from held["answers"].items()


def receipts(notebook: Any) -> Iterator[Any]:
    """Yield what each receipt in a notebook carries, unchecked."""
    for cell in _list(notebook, "cells"):
        for output in _list(cell, "outputs"):
            receipt = _get(_get(output, "data"), RECEIPT_MIME)
            if receipt is not None:
                yield receipt


def answer_codes(notebook: Any) -> Iterator[dict[str, Any] | RecordError]:
    """Yield what each answer code in a notebook holds ("lesson" and "answers", unchecked), or what is wrong with it."""
    texts = []
    for cell in _list(notebook, "cells"):
        source = _get(cell, "source")
        lines = source if isinstance(source, list) else [source]
        texts.append("".join(line for line in lines if isinstance(line, str)))
    return answer_code.found_in("\n".join(texts))


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _list(value: Any, key: str) -> list[Any]:
    found = _get(value, key)
    return found if isinstance(found, list) else []


def receipt(lesson: str, name: str, record: Record, answers: Mapping[str, Record] | None = None) -> dict[str, Any]:
    """Return what a question's receipt carries under RECEIPT_MIME: its record, and those of the other answers."""
    return {
        "version": VERSION,
        "lesson": lesson,
        "question": name,
        "record": record.to_json(),
        "answers": {
            other: kept.in_short().to_json() for other, kept in sorted((answers or {}).items()) if other != name
        },
    }


def lesson_receipt(lesson: str, answers: Mapping[str, Record]) -> dict[str, Any]:
    """Return what the receipt of a whole lesson carries under RECEIPT_MIME."""
    return {
        "version": VERSION,
        "lesson": lesson,
        "answers": {name: answers[name].in_short().to_json() for name in sorted(answers)},
    }


def write(
    notebook: dict[str, Any],
    lesson: str,
    records: Mapping[str, Record],
    problems: Mapping[str, str] | None = None,
) -> None:
    """Put the records (and what is wrong with those that are missing) into a notebook's metadata."""
    answers = {name: records[name].to_json() for name in sorted(records)}
    notebook["metadata"][METADATA_KEY] = {"version": VERSION, "lesson": lesson, "answers": answers}
    if problems:
        notebook["metadata"][METADATA_KEY]["problems"] = dict(problems)


def noted_problems(notebook: Any) -> dict[str, str]:
    """Return the problems that `write` left in a notebook's metadata, shortened to a sentence's length each."""
    noted = _get(_get(_get(notebook, "metadata"), METADATA_KEY), "problems")
    if not isinstance(noted, Mapping):
        return {}
    return {str(name): text[:LONGEST_PROBLEM] for name, text in noted.items() if isinstance(text, str)}
