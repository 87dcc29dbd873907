"""Sat: the last complete sitting of the lesson `test`, and what in it was wrong, judged by the bank packed along."""

from collections.abc import Mapping

from attention_course.answers.record import Record
from attention_course.bank import sittings
from attention_course.bank.items import bank
from attention_course.bank.marking import marked
from attention_course.exercises.concepts import CONCEPTS


def wrong_in_last(records: Mapping[str, Record]) -> dict[str, Record]:
    """Return the records of what the last complete sitting had wrong, each as it was answered then.

    Of a sitting that goes on nothing is told before its end. Nothing of another notebook is run.
    """
    asked = {name: record for name, record in records.items() if name in CONCEPTS}
    told = marked(bank(), sittings.gathered(asked), CONCEPTS)
    wrong = {one.concept for one in told[-1].answers if not one.right} if told else set()
    return {name: record for name, record in sittings.counting(asked, CONCEPTS).items() if name in wrong}
