"""Groups: the different answers to one question, and who gave each."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attention_course.errors import MarksError
from attention_course.exercises.explain import Explain
from attention_course.exercises.question import Picks, Question
from attention_course.instructor.marks.marks import Mark
from attention_course.instructor.report.results import Standing
from attention_course.instructor.report.same_code import bare

SHORTEST = 6  # characters of an id
VERDICTS = {
    Standing.FIRST: "right",
    Standing.LATER: "right",
    Standing.WRONG: "wrong",
    Standing.COMMITTED: "committed",
    Standing.UNGRADED: "could not be graded",
}


@dataclass(frozen=True)
class Given:
    """One student's answer to the question: the last attempt, which is the one that counts."""

    student: str
    name: str
    question: Question  # as it was asked: the item that was drawn for this student, where it is drawn
    picks: tuple[str, ...]
    verdict: str  # one of VERDICTS
    mark: Mark
    fails: tuple[str, ...] = ()  # hidden tests that code did not pass


@dataclass(frozen=True)
class Group:
    """All who gave one answer. Its id is made of the answer alone, so it is the same at every look."""

    id: str
    members: tuple[Given, ...]

    @property
    def first(self) -> Given:
        """One of them, to show what they answered."""
        return self.members[0]

    @property
    def item(self) -> str:
        """Which item was asked, "" where everybody is asked the same."""
        return item_of(self.first.question)

    @property
    def verdicts(self) -> list[tuple[str, int]]:
        """What was said of the answer: one verdict for all, as a rule."""
        return Counter(given.verdict for given in self.members).most_common()

    @property
    def scores(self) -> list[tuple[float, int]]:
        """The points that the answer has, by how many have them: an earlier attempt may have cost some."""
        return sorted(Counter(given.mark.points for given in self.members).items(), reverse=True)

    @property
    def by_hand(self) -> int:
        """How many of them have points that somebody gave by hand."""
        return sum(given.mark.score is not None for given in self.members)

    @property
    def comments(self) -> list[tuple[str, int]]:
        """The comments that somebody wrote, by how many have them."""
        return Counter(given.mark.comment for given in self.members if given.mark.comment).most_common()


def grouped(answers: Iterable[Given]) -> list[Group]:
    """Return the groups: item by item where the question is drawn, in each the largest first."""
    same: dict[str, list[Given]] = {}
    for given in answers:
        same.setdefault(digest(given.question, given.picks), []).append(given)
    length = _unique_length(same)
    groups = [Group(each[:length], tuple(members)) for each, members in same.items()]
    return sorted(groups, key=lambda group: (group.item, -len(group.members), group.id))


def digest(question: Question, picks: Picks) -> str:
    """Return a digest of what an answer means: other ways to write it, and to lay out code, have the same."""
    return hashlib.sha256(
        json.dumps([question.name, item_of(question), *meaning(question, picks)]).encode()
    ).hexdigest()


def meaning(question: Question, picks: Picks) -> tuple[str, ...]:
    """Return an answer in the one way in which it is compared with others."""
    if question.written:
        return (bare(picks[0]),)
    if isinstance(question, Explain):  # what somebody ticked beside a text makes no other text of it
        return (" ".join(picks[0].split()),)
    return question.gathered(picks)


def item_of(question: Question) -> str:
    """Return which item of the bank is asked, "" for a question that is not drawn."""
    return str(question.drawn.item) if question.drawn else ""


def found(groups: Sequence[Group], wanted: str) -> Group:
    """Return the group with this id, or with the one id that begins so; raise MarksError where there is none."""
    fitting = [group for group in groups if wanted and group.id.startswith(wanted.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise MarksError(f"{wanted} is the beginning of {', '.join(group.id for group in fitting)}: write more of it.")
    raise MarksError(
        f"No answer has the id {wanted!r} (any more). There is: {', '.join(group.id for group in groups) or 'none'}."
    )


def _unique_length(digests: Iterable[str]) -> int:
    """Return how many characters tell these digests apart."""
    known = list(digests)
    return next(length for length in range(SHORTEST, 65) if len({one[:length] for one in known}) == len(known))
