"""Sitting: ten questions that belong together, drawn from the bank, and what they tell once all are answered."""

from typing import Any

from attention_course.answers.answer import Answer
from attention_course.answers.drawn import MOST_SITTINGS
from attention_course.bank import draw, result, sittings
from attention_course.bank.drawn_answer import DrawnAnswer
from attention_course.bank.items import Items, bank
from attention_course.bank.marking import marked
from attention_course.bank.verdict import Marks
from attention_course.exercises.concepts import CONCEPTS
from attention_course.page import summary
from attention_course.page.summary import Entry


class Sitting:
    """A lesson whose questions are drawn from a bank: `sitting.ask("scores")` asks one on that concept.

    All ten are of one sitting, told by a seed and a number, which stand in each question's record: a reload goes on
    with the same ten, and grading asks what was asked. Answers that turn out to be of another sitting are put aside.
    """

    def __init__(self, lesson: Any, items: Items | None = None) -> None:
        self.lesson, self.items = lesson, items or bank()
        self._asked: dict[str, DrawnAnswer] = {}
        self._settling = self._was_complete = False
        self._of = (draw.new_seed(), 0)  # until the records of somebody who sat before say otherwise
        lesson.take(lambda records: sittings.counting(records, CONCEPTS))
        lesson.summed_up_by(self)

    def ask(self, concept: str) -> Answer:
        """Show the sitting's question on a concept, and return the answer to it."""
        self._of = sittings.leading(self.lesson.records().values()) or self._of
        drawn = self.items.drawn(concept, self._of)
        answer = self.lesson.ask(self.items.question(concept, drawn, CONCEPTS.index(concept) + 1))
        if answer is not self._asked.get(concept):
            self._asked[concept] = answer
            if not self.lesson.is_graded:
                answer.revealed = self.is_complete
            answer.watch(self._settle)
        self._settle()
        return answer

    # ---- which sitting this is

    def is_complete(self) -> bool:
        """Are all ten answered, in one sitting?"""
        answered = [answer.drawn.of for answer in self._asked.values() if answer.picks is not None]
        return len(answered) == len(CONCEPTS) and len(set(answered)) == 1

    def _settle(self) -> None:
        """See to it that all questions are of one sitting, and that all are told when it is complete."""
        if self._settling:
            return
        self._settling = True
        try:
            self._join()
            if (complete := self.is_complete()) != self._was_complete:
                self._was_complete = complete
                for answer in self._asked.values():
                    answer.tell_again()
        finally:
            self._settling = False

    def _join(self) -> None:
        """Draw anew what is of another sitting than the one that goes on."""
        self._of = sittings.leading(answer.record for answer in self._asked.values()) or self._of
        for concept, answer in self._asked.items():
            if answer.record.drawn is None or answer.drawn.of != self._of:
                answer.draw(self.items.drawn(concept, self._of))

    # ---- the end of a sitting

    def sit_again(self) -> None:
        """Begin another sitting, the next form, where this one is complete; this one is kept."""
        seed, number = self._of
        if not self.is_complete() or number + 1 == MOST_SITTINGS:
            return
        self._settling = True
        try:
            self._of, self._was_complete = (seed, number + 1), False
            for concept, answer in self._asked.items():
                if answer.drawn.of != self._of:
                    answer.draw(self.items.drawn(concept, self._of))
            for answer in self._asked.values():
                answer.tell_again()
        finally:
            self._settling = False

    def as_html(self, answers: list[Answer], saved: str, lead: summary.Lead = summary.in_place) -> str:
        """Return what the sittings tell as HTML; see `summary.as_html`."""
        return result.as_html(*self._told(answers), saved, lead)

    def as_text(self, answers: list[Answer], saved: str) -> str:
        """Return what the sittings tell as plain text."""
        return result.as_text(*self._told(answers), saved)

    def _told(self, answers: list[Answer]) -> tuple[list[Marks], bool, list[Entry]]:
        """Return the sittings that are judged, whether this one's verdicts are held back, and what is open in it."""
        sat = sittings.gathered({name: answer.record for name, answer in self._asked.items()})
        held_back = self.is_complete() and not all(answer.judged for answer in answers)
        return marked(self.items, sat, CONCEPTS), held_back, summary.unanswered(answers)
