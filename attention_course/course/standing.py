"""Standing: how far somebody is in a mode, as far as can be told from here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from attention_course.answers.answer import Answer
from attention_course.course import modes, tested
from attention_course.course.facts import Facts
from attention_course.course.modes import Mode
from attention_course.course.neighbours import Found, Neighbour
from attention_course.exercises.question import Outcome
from attention_course.page import progress


@dataclass(frozen=True)
class Standing:
    """What is known of a mode.

    `asked` questions count, or are committed; of these so many are `answered`, of those that are `judged` so many are
    `right`, and they give `points` of `most`. `unsure` ones are judged in the lesson alone: here nothing of it is run.
    Where nothing but an answer code is there, `by_code` is true, and nothing is judged. `so_far` is true where hidden
    tests have yet to look at code; so many cards are `due` again. `next_title` is the first question without an answer,
    `again_title` the first wrong one.
    """

    mode: Mode
    file: Path | None = None
    by_code: bool = False
    asked: int = 0
    answered: int = 0
    judged: int = 0
    right: int = 0
    unsure: int = 0
    so_far: bool = False
    due: int = 0
    points: float = 0
    most: float = 0
    strength: str = ""
    next_title: str = ""
    again_title: str = ""

    @property
    def is_known(self) -> bool:
        """Is anything known of it?"""
        return self.file is not None or self.by_code

    @property
    def is_done(self) -> bool:
        """Is everything answered?"""
        return self.is_known and self.answered == self.asked > 0


def of_modes(facts: Mapping[str, Facts], found: Found) -> list[Standing]:
    """Return how far somebody is in each mode that there is."""
    return [_of_mode(mode, facts, found.neighbours.get(mode.lesson)) for mode in modes.there(facts)]


def _of_mode(mode: Mode, facts: Mapping[str, Facts], neighbour: Neighbour | None) -> Standing:
    if neighbour is None:
        return Standing(mode)
    if mode.lesson == tested.LESSON:
        return _of_test(mode, facts, neighbour)
    known = facts[mode.lesson].questions

    def is_own(name: str) -> bool:
        return modes.of_question(mode.lesson, name, facts) == mode.name

    if neighbour.file is None:
        asked = _that_matter({name: points for name, points in known.items() if is_own(name)})
        return Standing(mode, by_code=True, **_counts(asked, neighbour))
    answers = {name: one for name, one in neighbour.answers.items() if is_own(name) and one.question.counts}
    unread = {name: known.get(name, 0) for name in neighbour.unread if is_own(name)}
    matter = _that_matter({**{name: one.question.gives_at_most for name, one in answers.items()}, **unread})
    standing = _of_answers([answers[name] for name in matter if name in answers])
    of_unread = sum(neighbour.has_answer(name) for name in matter if name in unread)
    unsure, strength = standing.unsure + of_unread, "" if of_unread else standing.strength
    counts = _counts(matter, neighbour)
    return replace(standing, mode=mode, file=neighbour.file, unsure=unsure, strength=strength, **counts)


def _of_test(mode: Mode, facts: Mapping[str, Facts], neighbour: Neighbour) -> Standing:
    """Return what the sittings tell, also where an answer code is all there is: the page has the bank with the keys."""
    told, asked = tested.tested(neighbour.records), facts[mode.lesson].questions
    return Standing(
        mode,
        neighbour.file,
        by_code=neighbour.file is None,
        asked=len(asked),
        answered=told.answered,
        judged=len(asked) if told.strength else 0,
        right=told.right,
        points=told.right,
        most=sum(asked.values()),
        strength=told.strength,
    )


def _that_matter(points: dict[str, float]) -> dict[str, float]:
    """Return the questions that give points; where none does, as where all is practice, every one of them."""
    return {name: worth for name, worth in points.items() if worth} or points


def _counts(asked: Mapping[str, float], neighbour: Neighbour) -> dict[str, Any]:
    answered = sum(neighbour.has_answer(name) for name in asked)
    return {"asked": len(asked), "answered": answered, "most": sum(asked.values())}


def _of_answers(answers: list[Answer]) -> Standing:
    """Return what can be told of answers that can be judged."""
    sure = [answer for answer in answers if not is_unsure(answer)]
    judged = [answer for answer in sure if not answer.question.committed and answer.outcome is not Outcome.RECORDED]
    wrong = [answer for answer in judged if answer.outcome is Outcome.WRONG and not answer.done]
    is_begun = any(answer.picks is not None for answer in judged)
    results = [("", answer.outcome, progress.counted(answer)) for answer in judged]
    return Standing(
        modes.EVERY[0],
        judged=sum(not answer.question.committed for answer in answers),
        right=sum(answer.outcome is Outcome.RIGHT for answer in judged),
        unsure=len(answers) - len(sure),
        so_far=any(answer.so_far and answer.picks is not None for answer in answers),
        points=sum(answer.given for answer in sure),
        strength=progress.pattern("", results).strength if is_begun and len(sure) == len(answers) else "",
        due=sum(answer.is_due and answer.picks is not None for answer in answers),
        next_title=next((answer.question.title for answer in answers if answer.picks is None), ""),
        again_title=wrong[0].question.title if wrong else "",
    )


def is_unsure(answer: Answer) -> bool:
    """Would something have to be run to judge it? Here nothing of a neighbour is."""
    return answer.picks is not None and answer.question.needs_running(answer.picks)
