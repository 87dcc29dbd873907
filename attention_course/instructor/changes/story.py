"""The story of a regrade, before anything is written: who changes from what to what, and why. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from attention_course.answers.record import Record
from attention_course.exercises.credit import Credit, points
from attention_course.instructor.changes.compare import Version
from attention_course.instructor.changes.costs import HandedIn
from attention_course.instructor.changes.read_work import Score, Scores
from attention_course.instructor.formatting import counted, number
from attention_course.instructor.settling.asked import Asked
from attention_course.instructor.settling.former import Former
from attention_course.instructor.settling.settle import CAUSES, PROMISED, TOLD, judged, settle, verdicts


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


@dataclass
class Story:
    """What a regrade would do: scores that change, those by hand that stay, and what has to be run to know.

    `kept` are those who keep what they were told, by question, `promised` those who keep what it was worth, and
    `earlier` those whose earlier attempt is right now, but was told to be wrong, and who get nothing for it.
    """

    rows: list[Row] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    to_run: dict[str, None] = field(default_factory=dict)  # questions, a set that keeps the order
    kept: dict[str, list[str]] = field(default_factory=dict)
    promised: dict[str, list[str]] = field(default_factory=dict)
    earlier: dict[str, list[str]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return the story, a line each."""
        said = [f"{counted(len(self.rows), 'score')} would change:" if self.rows else "No score would change."]
        said += [f"  {row.said}" for row in self.rows]
        for name, students in self.kept.items():
            said.append(f"  {name}: told that it is right, and kept: {', '.join(students)}")
        for name, students in self.promised.items():
            said.append(f"  {name}: what was promised for it, and kept: {', '.join(students)}")
        for name, students in self.earlier.items():
            said.append(
                f"  {name}: right at an earlier attempt, told that it is wrong, and given nothing: "
                f'{", ".join(students)}; settled={{"any": "why"}} would count it'
            )
        if self.overrides:
            said += ["Given by hand:", *(f"  {one.said}" for one in self.overrides)]
        if self.to_run:
            said.append(f"What answers to {', '.join(self.to_run)} give is known when their tests have run.")
        return said


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

    `was` has the old names of those that were renamed, `changed` the names of those that are otherwise than before.
    """
    told = Story()
    for one in work:
        for name, asked in questions.items():
            cell = one.asked_as.get(name, name)
            score = scores.get((one.student, cell)) or scores.get((one.student, was.get(cell, "")))
            if score is not None and asked.question is not None:
                then = former.held(name, one.marks.get(name, ""), asked.mark)
                rules = rule, former.promised(one.rule, rule)
                _tell(told, one, asked, then, score, rules, name in changed)
    return told


def _tell(
    told: Story,
    one: HandedIn,
    asked: Asked,
    then: Asked | None,
    score: Score,
    rules: tuple[Credit, Credit | None],
    is_changed: bool,
) -> None:
    """Add what becomes of one answer."""
    question, record, (auto, by_hand) = asked.question, one.now.get(asked.name, Record()), score
    assert question is not None
    kind = question.settled.kind if question.settled else ""
    rule, promised = rules
    got = judged(question, record, rule)
    if got is None and kind not in ("full", "nothing"):
        told.to_run |= {asked.name: None} if is_changed else {}
        return
    outcome = settle(question, then.question if then else None, record, rule, got or 0.0, promised)
    after = points(outcome.share, question.points)
    if outcome.cause == PROMISED:
        told.promised.setdefault(asked.name, []).append(one.student)
    if outcome.cause == TOLD:
        told.kept.setdefault(asked.name, []).append(one.student)
    elif not outcome.share and not kind and True in verdicts(question, record):
        told.earlier.setdefault(asked.name, []).append(one.student)
    if by_hand is not None:
        if by_hand != after and (auto != after or is_changed):
            told.overrides.append(Override(one.student, asked.name, by_hand, auto, after))
    elif (auto or 0.0) != after:
        told.rows.append(Row(one.student, asked.name, auto or 0.0, after, CAUSES[outcome.cause]))
