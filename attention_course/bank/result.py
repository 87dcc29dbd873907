"""What the sittings tell, in words: the verdict with its uncertainty, what to look at again, and what counts."""

import html
from collections.abc import Sequence
from datetime import datetime

from attention_course.bank import plot, verdict
from attention_course.bank.concepts import TAUGHT, notebook_of
from attention_course.bank.verdict import A_WEEK, Marked, Marks
from attention_course.exercises.concepts import CONCEPTS
from attention_course.page import summary
from attention_course.page.summary import Entry, Lead

OF = len(CONCEPTS)
FEW = (
    "Ten questions are few: somebody with this result may know anything between {low} and {high} of what could be "
    "asked (95 % interval by Wilson)."
)
RULE = (
    "Up to 5 of 10 are called weak, 6 to 8 growing, 9 and 10 probably strong. “Strong” is said only after another "
    "form, at least seven days later, with 18 of 20 right in both."
)
ONE_ITEM = "One question says nothing of a whole topic: look again, and see."
COUNTS = "What counts is your latest sitting that is complete; before there is one, what you have answered so far."
WHEN_ALL = "What came of them is told when all ten are answered."
SIT = (
    '<p><button type="button" class="ac-sit" data-sit="1">Sit another form</button> It asks other questions, in these '
    "same cells. What you have done is kept.</p>"
)
ABOUT_ASK_ON = (
    "Ask on: a sequential test, which tells 85 % from 60 %, errs in one of ten and takes twenty answers at most, goes "
    "through your answers in their order"
)
ASK_ON = {
    "strong": "{about}; it stops after {after} and says strong.",
    "not strong": "{about}; it stops after {after} and says not strong.",
    "undecided": "{about}; after {after} it stays undecided, which is not strong.",
    "open": "{about}; after {after} it cannot decide, so sit another form.",
}


def as_html(sat: Sequence[Marks], held_back: bool, open_ones: Sequence[Entry], saved: str, lead: Lead) -> str:
    """Return what the sittings tell as HTML.

    `open_ones` are the questions that are not answered in the sitting that goes on; with none it is the last of `sat`,
    unless its verdicts are `held_back` until the class is graded.
    """
    parts = [f"<p>{html.escape(COUNTS)}</p>", f"<p>{html.escape(saved)}</p>"]
    if open_ones or held_back:
        going_on = f"<p>{html.escape(_so_far(open_ones))}</p>"
        entries = ", ".join(map(lead, open_ones))
        todo = f"<p>Not answered yet: {entries}</p>" if entries else ""
        return "".join([going_on, todo, _table(sat), *parts])
    told = f'<div class="ac-strength">{"".join(map(_p, _verdict(sat)))}</div>'
    calibrated = plot.as_html(verdict.calibration(_all(sat)))
    button = SIT if lead is summary.leading else ""  # where no script is at work it would do nothing
    return "".join([told, _again(sat[-1].answers, lead), calibrated, _table(sat), button, *parts])


def as_text(sat: Sequence[Marks], held_back: bool, open_ones: Sequence[Entry], saved: str) -> str:
    """Return what the sittings tell as plain text."""
    if open_ones or held_back:
        lines = [_so_far(open_ones)]
    else:
        lines = [*_verdict(sat), *(_look_again(one) for one in verdict.look_again(sat[-1].answers))]
        lines += [plot.in_words(group) for group in verdict.calibration(_all(sat))]
    return "\n".join([*lines, *(_row(one) for one in sat), COUNTS, saved])


def _so_far(open_ones: Sequence[Entry]) -> str:
    if not open_ones:
        return f"{OF} of {OF} answered. They will be graded after you have handed in."
    return f"{OF - len(open_ones)} of {OF} answered. {WHEN_ALL}"


def in_words(right: int) -> str:
    """Return what ten answers tell, so many of them right, and how sure that is."""
    return f"{_headline(right, verdict.strength(right))} {_few(right)}"


def _headline(right: int, said: str) -> str:
    return f"{right} of {OF} right: this pattern is {said}."


def _few(right: int) -> str:
    low, high = verdict.interval(right, OF)
    return FEW.format(low=_percent(low), high=_percent(high))


def _verdict(sat: Sequence[Marks]) -> list[str]:
    """Return the verdict, how sure it is, the rule behind it, and what the sequential test says."""
    right = sat[-1].right
    return [_headline(right, verdict.said(sat)), _few(right) + _next(sat), RULE, _ask_on(sat)]


def _next(sat: Sequence[Marks]) -> str:
    """Say what would make the pattern strong, "" where it is, or is not near to it."""
    if verdict.confirmed(sat) or verdict.strength(sat[-1].right) != "probably strong":
        return ""
    day = sat[-1].at + A_WEEK
    return f" Whether it lasts, another form tells, from {_date(day)} on."


def _ask_on(sat: Sequence[Marks]) -> str:
    """Say what the sequential test makes of the answers."""
    stopped = verdict.ask_on(sat)
    return ASK_ON[stopped.verdict].format(about=ABOUT_ASK_ON, after=stopped.after)


# ---- what to look at again


def _again(answers: Sequence[Marked], lead: Lead) -> str:
    wrong = verdict.look_again(answers)
    groups = {
        "Sure, and wrong. Look at these first:": [one for one in wrong if one.sure == "sure"],
        "Look again at:": [one for one in wrong if one.sure != "sure"],
    }
    said = "".join(
        f"<p><strong>{heading}</strong></p><ul>{''.join(_entry(one, lead) for one in group)}</ul>"
        for heading, group in groups.items()
        if group
    )
    return f"{said}<p>{ONE_ITEM}</p>" if said else ""


def _entry(one: Marked, lead: Lead) -> str:
    taught, title = TAUGHT[one.concept], f"Question {CONCEPTS.index(one.concept) + 1}"
    way, name = notebook_of(taught.lesson), f"<code>{taught.lesson}</code>"
    lesson = f'<a href="{way}" target="_blank" rel="noopener">{name}</a>' if way else name
    where = f"{html.escape(taught.name)}: {lesson}, “{html.escape(taught.heading)}”"
    return f"<li>{lead(Entry(one.concept, title))}, {where}</li>"


def _look_again(one: Marked) -> str:
    taught = TAUGHT[one.concept]
    sure = "sure, and wrong: look first" if one.sure == "sure" else "look again"
    return f"Question {CONCEPTS.index(one.concept) + 1}, {sure} at {taught.name} ({taught.lesson}, “{taught.heading}”)"


# ---- all sittings


def _table(sat: Sequence[Marks]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{_date(one.at)}</th><td>{'ABC'[one.form]}</td><td>{one.right} of {OF}</td>"
        f"<td>{_sure_and_wrong(one)}</td></tr>"
        for one in sat
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Sitting of", "Form", "Right", "Sure and wrong"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _row(one: Marks) -> str:
    return f"{_date(one.at)}, form {'ABC'[one.form]}: {one.right} of {OF} right, {_sure_and_wrong(one)} sure and wrong"


def _sure_and_wrong(one: Marks) -> int:
    return sum(each.sure == "sure" and not each.right for each in one.answers)


def _all(sat: Sequence[Marks]) -> list[Marked]:
    return [one for each in sat for one in each.answers]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _date(day: datetime) -> str:
    return f"{day.day} {day:%B %Y}"


def _p(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
