"""The page of the different answers to one question, in one self-contained file."""

import itertools
from datetime import datetime
from typing import Any

from markupsafe import Markup

from attention_course.exercises import text_html
from attention_course.exercises.runner import TRUSTED_ONLY
from attention_course.instructor import pages
from attention_course.instructor.formatting import counted, day_and_hour
from attention_course.instructor.report.page import asked
from attention_course.instructor.same_answers.groups import Group
from attention_course.instructor.same_answers.look import Answers, Course, without_names
from attention_course.instructor.same_answers.what_it_did import shown
from attention_course.page.static_html import STYLE

DRAWN = 40  # answers, the commonest of each item: what they did is shown
SIGNS = {"right": "✓", "wrong": "✗", "committed": "●", "could not be graded": "?"}


def page(answers: Answers, course: Course, made: datetime, *, anonymous: bool = False) -> str:
    """Return the page."""
    did = {
        group.id: shown(group.first, course)
        for _, groups in itertools.groupby(answers.groups, lambda group: group.item)
        for group in itertools.islice(groups, DRAWN)
    }
    if anonymous:
        answers = without_names(answers)
    question = answers.question
    return pages.render(
        "answers.html.j2",
        lesson=course.coursedir.assignment_id,
        question=question,
        answers=answers,
        anonymous=anonymous,
        made=day_and_hour(made),
        asked=None if question.bank else Markup(asked(question)),
        together=Markup(_together(answers)),
        items=[
            {
                "item": item,
                "asked": Markup(asked(of_item[0].first.question)),
                "groups": [_shown(g, did) for g in of_item],
            }
            for item, of_item in _items(answers)
        ],
        undrawn=sum(group.id not in did for group in answers.groups),
        drawn=DRAWN,
        style=Markup(STYLE),
    )


def verdict(group: Group) -> str:
    """Return what was said of an answer: "✓ right", and by how many where not all of them were told the same."""
    if len(group.verdicts) == 1:
        return _word(group.verdicts[0][0])
    return ", ".join(f"{_word(said)} ({count})" for said, count in group.verdicts)


def _word(said: str) -> str:
    return f"{SIGNS[said]} {said}"


def scores(group: Group) -> str:
    """Return the points of those who gave an answer: "1 point", "1 point (3), 0.5 points (2)"."""
    if len(group.scores) == 1:
        return counted(group.scores[0][0], "point")
    return ", ".join(f"{counted(points, 'point')} ({count})" for points, count in group.scores)


def _items(answers: Answers) -> list[tuple[str, list[Group]]]:
    return [(item, list(groups)) for item, groups in itertools.groupby(answers.groups, lambda group: group.item)]


def _together(answers: Answers) -> str:
    """Return what the class committed, drawn together, "" where the question is judged."""
    picks = [given.picks for group in answers.groups for given in group.members]
    return answers.question.class_html(picks, TRUSTED_ONLY) if picks and answers.question.committed else ""


def _shown(group: Group, did: dict[str, Markup]) -> dict[str, Any]:
    question, picks = group.first.question, group.first.picks
    wrong = question.why_wrong(picks) if question.judged and not question.written and not question.committed else []
    return {
        "group": group,
        "picked": Markup(question.picked_html(picks)),
        "css": {"right": "right", "wrong": "wrong"}.get(group.verdicts[0][0], ""),
        "verdict": verdict(group),
        "reasons": [Markup(text_html.inline(sentence)) for _, _, sentence in wrong if sentence],
        "fails": [Markup(text_html.inline(test)) for test in group.first.fails],
        "scores": scores(group),
        "did": did.get(group.id, Markup("")),
    }
