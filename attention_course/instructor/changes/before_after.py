"""Before and after a regrade: whose grade changed, by how much, by which cause; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from attention_course.instructor import pages
from attention_course.instructor.changes.read_work import Score, Scores
from attention_course.instructor.changes.story import Override, Row
from attention_course.instructor.formatting import number
from attention_course.instructor.spreadsheet import csv_text

OF_TESTS = "graded anew"
TAKEN_OUT = "the question gives nothing"
Causes = Mapping[tuple[str, str], str]  # by student and question


@dataclass(frozen=True)
class Regraded:
    """What a regrade did; `failed` are those who could not be graded, with the reason: theirs is as it was."""

    lesson: str
    rows: list[Row]
    overrides: list[Override]
    failed: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of students, by their ids
    comments: int = 0  # given by hand, all kept

    @property
    def totals(self) -> dict[str, tuple[float, float]]:
        """What each student's points for the changed questions were, and are."""
        found: dict[str, tuple[float, float]] = {}
        for row in self.rows:
            before, after = found.get(row.student, (0.0, 0.0))
            found[row.student] = before + row.before, after + row.after
        return found

    def name_of(self, student: str) -> str:
        """Return a student's name, or the id."""
        return self.names.get(student, student)


def compared(
    before: Scores, after: Scores, causes: Causes, was: Mapping[str, str] = {}, changed: Collection[str] = ()
) -> tuple[list[Row], list[Override]]:
    """Return the scores that a regrade has changed, and those by hand that stay where the automatic one is another.

    `was` has the old names of renamed questions, `changed` the names of those that are otherwise than before.
    """
    rows, overrides = [], []
    for (student, name), score in sorted(after.items()):
        earlier = before.get((student, name)) or before.get((student, was.get(name, ""))) or Score((None, None))
        auto, by_hand = score
        if by_hand is not None and by_hand != auto and (auto != earlier[0] or name in changed):
            overrides.append(Override(student, name, by_hand, earlier[0], auto or 0.0))
        if score.counts != earlier.counts:
            rows.append(Row(student, name, earlier.counts, score.counts, causes.get((student, name), OF_TESTS)))
    return rows, overrides


def table(regraded: Regraded) -> str:
    """Return the changes as CSV: a row for each score that changed, for each override, for each who was not graded."""
    rows = [["student", "name", "question", "before", "after", "difference", "cause"]]
    for row in regraded.rows:
        change = row.after - row.before
        told = [number(row.before), number(row.after), f"{'+' if change > 0 else '−'}{number(abs(change))}", row.cause]
        rows.append([row.student, regraded.name_of(row.student), row.question, *told])
    for one in regraded.overrides:
        kept = number(one.by_hand)
        cause = f"given by hand, and kept; automatically it is {number(one.after)} now"
        rows.append([one.student, regraded.name_of(one.student), one.question, kept, kept, "0", cause])
    for student, reason in regraded.failed.items():
        rows.append([student, regraded.name_of(student), "", "", "", "", f"not graded anew: {reason}"])
    return csv_text(rows)


def page(regraded: Regraded, made: datetime) -> str:
    """Return the same as a page."""
    return pages.render(
        "changes.html.j2", whole=regraded, made=f"{made.day} {made:%B %Y, %H:%M}", totals=regraded.totals
    )
