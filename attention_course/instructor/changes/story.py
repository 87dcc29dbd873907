"""The story of a regrade, before anything is written: who changes from what to what, and why. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit, points
from attention_course.instructor.changes.compare import Version
from attention_course.instructor.changes.costs import HandedIn
from attention_course.instructor.changes.read_work import Score, Scores
from attention_course.instructor.formatting import counted, number
from attention_course.instructor.settling.former import Former
from attention_course.instructor.settling.settle import CAUSES, judged, settle


@dataclass(frozen=True)
class Row:
    """One answer whose score changes: what it gave, what it gives, and by which cause."""

    student: str
    question: str
    before: float
    after: float
    cause: str

    @property
    def said(self) -> str:
        """One line."""
        return f"{self.student}, {self.question}: {number(self.before)} → {number(self.after)} ({self.cause})"


@dataclass(frozen=True)
class Override:
    """A score that was given by hand, and stays, where the automatic one is another now."""

    student: str
    question: str
    by_hand: float
    before: float | None
    after: float

    @property
    def said(self) -> str:
        """One line."""
        was = "nothing" if self.before is None else number(self.before)
        return (
            f"{self.student}, {self.question}: {number(self.by_hand)}, given by hand, stays; "
            f"automatically it was {was}, and is {number(self.after)}"
        )


@dataclass(frozen=True)
class Story:
    """What a regrade would do: scores that change, overrides that stay, and questions whose tests have to be run."""

    rows: list[Row]
    overrides: list[Override]
    to_run: list[str]
    ungraded: int = 0

    def lines(self) -> list[str]:
        """Return the story, a line each."""
        said = [f"  {row.said}" for row in self.rows]
        heading = f"{counted(len(self.rows), 'score')} would change:" if self.rows else "No score would change."
        by_hand = ["Given by hand:", *(f"  {one.said}" for one in self.overrides)] if self.overrides else []
        tests = [f"Only running them tells what {', '.join(self.to_run)} gives."] if self.to_run else []
        return [heading, *said, *by_hand, *tests]


def story(
    questions: Version,
    former: Former,
    rule: Credit,
    work: Iterable[HandedIn],
    scores: Scores,
    was: Mapping[str, str] = {},
    changed: Collection[str] = (),
) -> Story:
    """Return what becomes of the scores by these questions.

    `was` has the old names of those that were renamed, `changed` the names of those whose tests, say, were changed.
    """
    rows: list[Row] = []
    overrides: list[Override] = []
    to_run: dict[str, None] = {}
    for one in work:
        for name, asked in questions.items():
            score = scores.get((one.student, name)) or scores.get((one.student, was.get(name, "")))
            question, record = asked.question, one.now.get(name, Record())
            if score is None or question is None:
                continue
            kind = question.settled.kind if question.settled else ""
            got = judged(question, record, rule)
            if got is None and kind not in ("full", "nothing"):
                to_run.update({name: None} if name in changed else {})
                continue
            then = former.held(name, one.marks.get(name, ""), asked.mark)
            outcome = settle(question, then.question if then else None, record, rule, got or 0.0)
            after = points(outcome.share, question.points)
            _note(score, one.student, name, after, CAUSES[outcome.cause], rows, overrides)
    return Story(rows, overrides, list(to_run))


def _note(
    score: Score, student: str, name: str, after: float, cause: str, rows: list[Row], overrides: list[Override]
) -> None:
    auto, by_hand = score
    if by_hand is not None:
        if auto != after:
            overrides.append(Override(student, name, by_hand, auto, after))
    elif (auto or 0.0) != after:
        rows.append(Row(student, name, auto or 0.0, after, cause))
