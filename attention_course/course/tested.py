"""Tested: what the sittings of the lesson `test` tell, by its own bank and its own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from attention_course.answers.record import Record
from attention_course.bank import sittings, verdict
from attention_course.bank.items import bank
from attention_course.bank.marking import marked
from attention_course.exercises.concepts import CONCEPTS

LESSON = "test"


@dataclass(frozen=True)
class Tested:
    """How much of a sitting is `answered`; once one is complete, how many answers are `right`, and what that says."""

    answered: int
    right: int = 0
    strength: str = ""


def tested(records: Mapping[str, Record]) -> Tested:
    """Return what the last complete sitting tells, or how much of the one begun is answered.

    Items come from the bank that this page brings along, so nothing of another notebook is run.
    """
    sat = sittings.gathered({name: record for name, record in records.items() if name in CONCEPTS})
    told = marked(bank(), sat, CONCEPTS)
    if told:
        return Tested(len(CONCEPTS), told[-1].right, verdict.said(told))
    return Tested(len(sat[-1].answers) if sat else 0)
