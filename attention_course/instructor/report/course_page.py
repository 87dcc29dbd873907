"""The course page: students × lessons, who has not handed in, what is graded in parts only, and totals."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from attention_course.instructor import pages
from attention_course.instructor.formatting import number
from attention_course.instructor.totals.class_grades import ClassGrades, GradedLesson, Member, State, Work
from attention_course.instructor.totals.rules import Rules
from attention_course.instructor.totals.total import Total, in_words, totals

# What stands in a cell beside its points, or in their place; each is said in words, too.
SIGNS = {State.BY_HAND: "?", State.OLDER: "↻", State.FAILED: "✗", State.UNGRADED: "…", State.MISSING: "–"}


@dataclass(frozen=True)
class Cell:
    """One cell of the table: what is seen, what is heard beside it, and the number it is sorted by."""

    seen: str
    heard: str
    late: str
    value: float


def course_page(whole: ClassGrades, rules: Rules, folder: Path, made: datetime, utc: datetime, anonymous: bool) -> str:
    """Return the page; `folder` is where it will lie, so that it leads to the lessons' pages that lie beside it."""
    total_of = totals(whole, rules, utc)
    known = {member.id: member.name for member in whole.members}
    handed_in = [each for each in whole.lessons if len(whole.of(each.name, State.MISSING)) < len(whole.members)]
    return pages.render(
        "course.html.j2",
        whole=whole,
        anonymous=anonymous,
        made=f"{made.day} {made:%B %Y, %H:%M}",
        nothing=[member.name for member in whole.members if len(member.missing()) == len(whole.lessons)],
        missing=[
            (lesson.name, [member.name for member in whole.of(lesson.name, State.MISSING)]) for lesson in handed_in
        ],
        untouched=[lesson.name for lesson in whole.lessons if lesson not in handed_in],
        unfinished=[(words, [known.get(one, one) for one in students]) for words, students in whole.unfinished()],
        lessons=[_lesson(lesson, whole, rules, folder) for lesson in whole.lessons],
        rows=[_row(member, whole, total_of[member.id]) for member in most_missing_first(whole)],
        mean=_mean([float(one.percent) for one in total_of.values() if one.percent is not None]),
        how=[*in_words(whole, rules, utc)],
    )


def most_missing_first(whole: ClassGrades) -> list[Member]:
    """Return the students, first those who have not handed in most, then by name."""
    return sorted(whole.members, key=lambda member: -len(member.missing()))


def _lesson(lesson: GradedLesson, whole: ClassGrades, rules: Rules, folder: Path) -> dict[str, Any]:
    """Return a row of the table of lessons."""
    works = [member.works[lesson.name] for member in whole.members]
    points = [float(work.points) for work in works if work.points is not None]
    return {
        "name": lesson.name,
        "link": f"{lesson.name}.html" if (folder / f"{lesson.name}.html").is_file() else "",
        "points": number(float(lesson.points)),
        "weight": f"{number(float(100 * rules.share(lesson.name)))} %",
        "due": f"{lesson.due:%Y-%m-%d %H:%M} UTC" if lesson.due else "not said",
        "handed_in": sum(work.state is not State.MISSING for work in works),
        "graded": sum(work.state is State.GRADED for work in works),
        "late": sum(work.late for work in works),
        "mean": _mean(points),
    }


def _mean(values: list[float]) -> str:
    return number(fmean(values)) if values else "–"


def _row(member: Member, whole: ClassGrades, total: Total) -> dict[str, Any]:
    """Return a row of the table of students."""
    return {
        "name": member.name,
        "cells": [_cell(member.works[lesson.name], lesson.name in total.dropped) for lesson in whole.lessons],
        "missing": len(member.missing()),
        "total": f"{float(total.percent):.2f} %" if total.percent is not None else "–",
        "value": float(total.percent) if total.percent is not None else -1,
    }


def _cell(work: Work, dropped: bool) -> Cell:
    points = "" if work.points is None else number(float(work.points))
    late = f"late −{number(float(work.penalty))}" if work.penalty else "late" * work.late
    shown = f"({points})" if dropped else points
    heard = [str(work.state)] if work.state in SIGNS else []
    return Cell(
        f"{shown} {SIGNS.get(work.state, '')}".strip(),
        ", ".join([*heard, *(["dropped"] if dropped else [])]),
        late,
        -1 if work.points is None else float(work.points),
    )
