"""The class report as one self-contained page."""

import statistics
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from attention_course.exercises import text_html
from attention_course.exercises.question import Question
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.instructor import pages
from attention_course.instructor.extensions.late import due_in_words, how_long
from attention_course.instructor.formatting import day_and_hour, short_title
from attention_course.instructor.report import pictures
from attention_course.instructor.report.in_words import HOW, difficulty_in_words, discrimination_in_words
from attention_course.instructor.report.items import ENOUGH_FOR_DISCRIMINATION, Filling, Item, analyse
from attention_course.instructor.report.results import ClassResults
from attention_course.instructor.signals.all_signals import INTRODUCTION
from attention_course.page.static_html import STYLE
from attention_course.page.verdicts import STATIC

COMMONEST = 3  # of the wrong answers are shown with what they did
LISTED = 40  # fillings, at most: two blanks with ten options each have a hundred


@dataclass(frozen=True)
class Tried:
    """One filling as the page shows it."""

    filling: Filling
    picked: Markup
    reasons: list[Markup]


def page(whole: ClassResults, made: datetime) -> str:
    """Return the page."""
    items = analyse(whole) if whole.students else []
    totals = [student.total for student in whole.students]
    most = sum(whole.most)
    return pages.render(
        "report.html.j2",
        whole=whole,
        made=day_and_hour(made),
        most=most,
        mean=statistics.fmean(totals) if totals else None,
        median=statistics.median(totals) if totals else None,
        roster=len(whole.students) + len(whole.ungraded) + len(whole.missing) + whole.left_out,
        in_parts=any(total % 1 for total in totals),
        answered=any(result.attempts for student in whole.students for result in student.results),
        class_svg=_svg(pictures.class_picture(whole)) if totals else "",
        questions_svg=_svg(pictures.questions_picture(items)) if totals else "",
        scores_svg=_svg(pictures.scores_picture(totals, most)) if totals else "",
        by_points=sorted(whole.students, key=lambda student: -student.total),
        headings=[short_title(question) for question in whole.questions],
        standings=whole.standings,
        late=[(one.name, how_long(one.times.late)) for one in whole.students if one.times.late],
        names={one.id: one.name for one in whole.students},
        introduction=INTRODUCTION,
        extended=[(one.name, due_in_words(one.times)) for one in whole.students if one.times.extension],
        items=[_shown(item) for item in items],
        how=[Markup(text_html.inline(sentence)) for sentence in HOW],
        style=Markup(STYLE),
    )


def _svg(picture: Any) -> Markup:
    return Markup(picture.svg())


def _shown(item: Item) -> dict[str, Any]:
    question = item.question
    wrong = [filling for filling in item.fillings if not filling.right][:COMMONEST]
    return {
        "item": item,
        "question": question,
        "asked": Markup(asked(question)),
        "tried": [_tried(question, filling) for filling in item.fillings[:LISTED]],
        "more": max(len(item.fillings) - LISTED, 0),
        "did": [_did(question, filling) for filling in wrong] if question.performs and question.trusted else [],
        "committed": Markup(_committed(item)),
        "difficulty": difficulty_in_words(item),
        "discrimination": discrimination_in_words(item),
        "variants": [{**_shown(variant), "discrimination": _of_variant(variant)} for variant in item.variants],
        "enough": ENOUGH_FOR_DISCRIMINATION,
    }


def _of_variant(item: Item) -> str:
    """Return what a row of a long table says: why most have too few students stands above it, once."""
    return "too few" if item.count < ENOUGH_FOR_DISCRIMINATION else discrimination_in_words(item)


def _committed(item: Item) -> str:
    """Return what the class committed, "" where there is nothing, or the question is judged."""
    answers = [filling.picks for filling in item.fillings for _ in range(filling.students)]
    return item.question.class_html(answers, TRUSTED_ONLY) if answers else ""


def asked(question: Question) -> str:
    """Return what is asked, as HTML."""
    code = question.code_html()
    return (
        f"{text_html.paragraphs(question.prompt)}{f'<pre><code>{code}</code></pre>' if code else ''}"
        f"{question.options_html()}"
    )


def _tried(question: Question, filling: Filling) -> Tried:
    if question.written:
        code = Markup(
            f"<details><summary>{question.picked_text(filling.picks)}</summary>{question.picked_html(filling.picks)}</details>"
        )
        fails = "; ".join(text_html.inline(test) for test in filling.fails)
        return Tried(filling, code, [Markup(f"fails: {fails}")] if fails else [])
    reasons = [Markup(text_html.inline(sentence)) for _, _, sentence in question.why_wrong(filling.picks) if sentence]
    return Tried(filling, Markup(question.picked_html(filling.picks)), [] if filling.right else reasons)


def _did(question: Question, filling: Filling) -> dict[str, Any]:
    """Run one of the commonest wrong answers, and return what it did."""
    return {
        "picked": Markup(question.picked_html(filling.picks)),
        "students": filling.students,
        "result": Markup(TRUSTED_ONLY.perform(question, filling.picks, STATIC.result)),
    }
