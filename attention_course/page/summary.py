"""The end of a lesson: points, result by difficulty, what to go on with, and is everything saved?"""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from attention_course.answers import answer_code
from attention_course.answers.answer import Answer
from attention_course.exercises.question import Outcome
from attention_course.page import progress
from attention_course.page.totals import Groups, badges, committed, points

SUMMARY_MIME = "application/vnd.attention-course.summary+json"  # by which the page finds the summary in its notebook
CODE_IS_FOR = (
    "It holds all your answers. You need it only where this file is handed in by a way that may lose them: copy it and "
    "paste it into the cell “Answer code” at the end. A newer file of the lesson takes your answers over from it: run "
    'lesson.take_over("the code") there, in a cell of your own.'
)


@dataclass(frozen=True)
class Entry:
    """A question to go on with: its name, its title, and why it is named ("" where it is simply open)."""

    question: str
    title: str
    why: str = ""


Lead = Callable[[Entry], str]  # makes HTML of an entry's title


class InWords(Protocol):
    """Says what a lesson's answers tell."""

    def as_html(self, answers: list[Answer], saved: str, lead: "Lead") -> str:
        """Return it as HTML."""

    def as_text(self, answers: list[Answer], saved: str) -> str:
        """Return it as plain text."""

    def sit_again(self) -> None:
        """Begin anew with other questions, where the lesson has others."""


class Usual:
    """Says what the answers of most lessons tell; `groups` are questions of which it says whether all are right."""

    def __init__(self, groups: Groups | None = None) -> None:
        self.groups = groups

    def as_html(self, answers: list[Answer], saved: str, lead: "Lead") -> str:
        """Return it as HTML."""
        return as_html(answers, saved, lead, self.groups)

    def as_text(self, answers: list[Answer], saved: str) -> str:
        """Return it as plain text."""
        return as_text(answers, saved, self.groups)

    def sit_again(self) -> None:
        """Do nothing: there are no other questions."""


USUAL = Usual()


def in_place(entry: Entry) -> str:
    """Return an entry's title as HTML that leads nowhere, for pages without a script."""
    return html.escape(entry.title)


def leading(entry: Entry) -> str:
    """Return an entry's title as a button; the page's script leads from it to the question."""
    return (
        f'<button type="button" class="ac-lead" data-question="{html.escape(entry.question)}">'
        f"{html.escape(entry.title)}</button>"
    )


def unanswered(answers: Iterable[Answer]) -> list[Entry]:
    """Return the questions that were never answered."""
    open_ones = [a.question for a in answers if a.outcome is Outcome.NOT_ATTEMPTED and a.question.is_asked_for]
    return [Entry(question.name, question.title) for question in open_ones]


def again(answers: Iterable[Answer]) -> list[Entry]:
    """Return the answered questions to look at again: wrong ones, and those that were not right at once."""
    entries = []
    for answer in answers:
        question, tried = answer.question, answer.record.tried
        if answer.outcome is Outcome.WRONG and answer.left is None:
            why = "does not pass all that was checked yet"
        elif answer.outcome is Outcome.WRONG:
            why = "out of attempts" if answer.done else f"wrong so far, {answer.left} left"
        elif answer.outcome is Outcome.RIGHT and tried > 1 and answer.left is not None:
            why = f"right at attempt {tried}; would you know it at once now?"
        else:
            continue
        entries.append(Entry(question.name, question.title, why))
    return entries


def bundle(lesson: str, answers: list[Answer], saved: str, words: InWords = USUAL) -> dict[str, Any]:
    """Return the summary as a notebook's output that needs no widget, with the answer code where there is one."""
    code, left_out = code_of(lesson, answers)
    said = words.as_html(answers, saved, in_place) + _code_html(code, left_out)
    code_in_text = [f"Answer code: {code}"] if code else []
    return {
        "text/html": f'<div class="attention-summary-saved">{said}</div>',
        "text/plain": "\n".join([words.as_text(answers, saved), *code_in_text, *left_out]),
        SUMMARY_MIME: {"lesson": lesson},
    }


def live_html(lesson: str, answers: list[Answer], saved: str, words: InWords = USUAL) -> str:
    """Return the summary as HTML whose entries lead to their questions."""
    return words.as_html(answers, saved, leading) + _code_html(*code_of(lesson, answers))


def code_of(lesson: str, answers: Iterable[Answer]) -> tuple[str, list[str]]:
    """Return the answer code of what is answered ("" where nothing is), and a sentence if something is too long for it.

    Of code it holds the last text alone.
    """
    answers = [answer for answer in answers if answer.record.attempts or answer.record.sat]
    records = {answer.question.name: answer.record.in_short().to_json() for answer in answers}
    held = answer_code.fitting(lesson, records)
    left_out = ", ".join(answer.question.title for answer in answers if answer.question.name not in held)
    said = [f"Too long for the answer code: {left_out}. Hand in the file itself."] if left_out else []
    return answer_code.encode(lesson, held) if held else "", said


def _code_html(code: str, left_out: Iterable[str] = ()) -> str:
    said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in left_out)
    if not code:
        return said
    return (
        f"<details><summary>Answer code</summary><p>{CODE_IS_FOR}</p>{said}"
        f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere; user-select: all">{code}</pre></details>'
    )


def _held_back(answers: Iterable[Answer]) -> int:
    return sum(answer.outcome is Outcome.RECORDED for answer in answers)


def _judged(answers: Iterable[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.question.counts and not answer.question.committed]


def _is_for_oneself(answers: list[Answer]) -> bool:
    """Is nothing of a lesson judged, nor worth any point?"""
    return bool(answers) and not _judged(answers) and not any(answer.question.points for answer in answers)


def _right(answers: Iterable[Answer]) -> str:
    """Say how many are right, of those that are judged: "3 of 5"."""
    judged = _judged(answers)
    return f"{sum(answer.outcome is Outcome.RIGHT for answer in judged)} of {len(judged)}"


def as_text(answers: list[Answer], saved: str, groups: Groups | None = None) -> str:
    """Return the summary as plain text."""
    if held_back := _held_back(answers):
        lines = [f"{held_back} of {len(_judged(answers))} recorded"]
    elif _is_for_oneself(answers):
        lines = []
    else:
        lines = [f"{_right(answers)} right{points(answers)}"]
        lines += [
            f"{p.difficulty}: {p.right} of {p.asked} right, {p.strength}" for p in progress.by_difficulty(answers)
        ]
    lines += filter(None, [badges(answers, groups), committed(answers)])
    if open_ones := unanswered(answers):
        lines.append(f"Not answered yet: {', '.join(entry.title for entry in open_ones)}")
    lines += [f"{entry.title}: {entry.why}" for entry in again(answers)]
    return "\n".join([*lines, saved])


def as_html(answers: list[Answer], saved: str, lead: Lead = in_place, groups: Groups | None = None) -> str:
    """Return the summary as HTML."""
    open_ones = ", ".join(map(lead, unanswered(answers)))
    todo = f"<p>Not answered yet: {open_ones}</p>" if open_ones else ""
    if held_back := _held_back(answers):
        result = (
            f"<p><strong>{held_back} of {len(_judged(answers))}</strong> answers recorded. "
            f"They will be graded after you have handed in.</p>"
        )
    elif _is_for_oneself(answers):
        result = ""
    else:
        result = f"<p><strong>{_right(answers)} right</strong>{html.escape(points(answers))}</p>"
        result += _table(answers)
        rows = "".join(f"<li>{lead(entry)}: {html.escape(entry.why)}</li>" for entry in again(answers))
        todo += f"<p>Look at these again:</p><ul>{rows}</ul>" if rows else ""
    result += f"<p>{html.escape(said)}</p>" if (said := badges(answers, groups)) else ""
    kept = f"<p>{said}.</p>" if (said := committed(answers)) else ""
    return f"{result}{kept}{todo}<p>{html.escape(saved)}</p>"


def _table(answers: list[Answer]) -> str:
    """Return the result by difficulty, and the rule by which a pattern is called strong."""
    rows = "".join(
        f"<tr><th scope='row'>{p.difficulty}</th><td>{p.right} of {p.asked}</td><td>{p.right_at_once}</td>"
        f"<td>{p.asked - p.attempted}</td><td>{p.strength}</td></tr>"
        for p in progress.by_difficulty(answers)
    )
    heads = "".join(
        f"<th scope='col'>{head}</th>" for head in ("Difficulty", "Right", "At once", "Not answered", "This pattern is")
    )
    rule = f"<p><small>{progress.rule(of_code=any(answer.so_far for answer in answers))}</small></p>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rule}"
