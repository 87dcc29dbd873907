"""What changed between two versions of a lesson: pure, a sentence for each change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from attention_course.exercises.credit import Credit
from attention_course.exercises.picking import PickingQuestion
from attention_course.exercises.question import Question
from attention_course.instructor.formatting import number
from attention_course.instructor.settling.asked import Asked

Version = Mapping[str, Asked]
KEY = "its key"
TESTS = "its hidden tests"
CREDIT = "what answers are worth"
LESSON = "the lesson"  # in the place of a question's name
WORDS = "its words"
# What a change of an argument is called; of all others: its words.
CALLED = {
    "key": KEY,
    "also": "what is accepted beside its key",
    "points": "its points",
    "attempts": "its attempts",
    "program": "its program",
    "code": "its program",
    "settled": "how it is settled",
    "lines": "its lines",
    "tolerance": "its tolerance",
    "difficulty": "its difficulty",
    "why_not": "the reasons against its wrong answers",
}
NEVER = {"name", "sealed", "asked_above", "formerly", "options"}  # said otherwise, or by the release itself


@dataclass(frozen=True)
class Change:
    """One change of one question: what changed (a word of CALLED, say), and a sentence."""

    name: str
    what: str
    said: str


def changes(old: Version, new: Version) -> list[Change]:
    """Return what changed between two versions, question by question; [] where nothing did."""
    was = pairs(old, new)
    gone = [Change(name, "removed", f"{name}: removed.") for name in old if name not in was.values()]
    found = []
    for name, asked in new.items():
        if name not in was:
            found.append(Change(name, "added", f"{name}: new."))
            continue
        if was[name] != name:
            found.append(Change(name, "renamed", f"{name}: renamed, it was {was[name]}."))
        found += [Change(name, what, f"{name}: {said}.") for what, said in _changed(old[was[name]], asked)]
    return [*gone, *found]


def of_credit(old: Credit, new: Credit) -> list[Change]:
    """Return what changed of a lesson's rule of credit; [] where nothing did."""
    if old == new:
        return []
    before, after = (str(rule) or "A right answer gives all of its points, at each attempt." for rule in (old, new))
    return [Change(LESSON, CREDIT, f"What answers are worth: it was “{before}”, and is “{after}”")]


def pairs(old: Version, new: Version) -> dict[str, str]:
    """Return for each question that both versions have its old name, by its new one."""
    formerly = {name: one.question.formerly for name, one in new.items() if one.question and one.question.formerly}
    found = {name: was for name, was in formerly.items() if was in old and was not in new}
    return found | {name: name for name in new if name in old}


def _changed(old: Asked, new: Asked) -> Iterator[tuple[str, str]]:
    before, after = old.question, new.question
    if old.kind != new.kind:
        yield "kind", f"it was a {old.kind}, and is a {new.kind}"
    elif before is None or after is None:
        if _plain(old.source) != _plain(new.source):
            yield "call", "its arguments changed (they are not written out, so they are not compared one by one)"
    else:
        yield from _arguments(before, after)
    if old.tests and new.tests and old.tests != new.tests:
        yield TESTS, "its hidden tests changed"


def _arguments(before: Question, after: Question) -> Iterator[tuple[str, str]]:
    yield from _options(before, after)
    differing = [each.name for each in fields(after) if _value(before, each.name) != _value(after, each.name)]
    named = dict.fromkeys(CALLED.get(name, WORDS) for name in differing if name not in NEVER)
    for what in named:
        told = _told(what, before, after)
        yield what, f"{what} changed{told}"


def _options(before: Question, after: Question) -> Iterator[tuple[str, str]]:
    if not isinstance(before, PickingQuestion) or not isinstance(after, PickingQuestion):
        return
    old, new = ({option.id: option.text for option in question.options} for question in (before, after))
    for what, ids in (("removed", old.keys() - new.keys()), ("added", new.keys() - old.keys())):
        if ids:
            yield f"options {what}", f"options {what}: {', '.join(sorted(ids))}"
    texts = sorted(name for name in old.keys() & new.keys() if old[name] != new[name])
    if texts:
        yield "options changed", f"the texts of options changed: {', '.join(texts)}"
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield "options reordered", "options changed places"


def _told(what: str, before: Question, after: Question) -> str:
    """Say from what to what, where that is short."""
    if what == "its points":
        return f" from {number(before.points)} to {number(after.points)}"
    if what == "its attempts":
        return f" from {before.attempts} to {after.attempts}"
    if what == KEY and isinstance(before, PickingQuestion) and isinstance(after, PickingQuestion):
        old, new = (", ".join(question.key or ()) for question in (before, after))
        return f" from {old} to {new}" if old and new else ""
    return ""


def _value(question: Question, name: str) -> Any:
    return getattr(question, name)


def _plain(source: str) -> str:
    return "".join(source.split())
