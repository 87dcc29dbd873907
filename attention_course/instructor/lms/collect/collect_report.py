"""What a run of `attention-course collect` did, for the instructor."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class CollectReport:
    """Who was collected, and one sentence for everything that was decided or could not be collected."""

    collected: list[str] = field(default_factory=list)  # ids of students who had nothing in submitted/
    updated: list[str] = field(default_factory=list)  # ids of students who handed in something newer
    unchanged: list[str] = field(default_factory=list)  # ids of students who handed in nothing new
    missing: list[str] = field(default_factory=list)  # ids on the roster of whom nothing was ever collected
    notes: list[str] = field(
        default_factory=list
    )  # where there was a choice, what was taken; and what else is doubtful
    late: list[str] = field(default_factory=list)  # ids of students whose submission the system itself calls late
    problems: list[str] = field(default_factory=list)  # what was not collected, and why

    @property
    def is_empty(self) -> bool:
        """Was nothing found that could be said anything of?"""
        return not (self.collected or self.updated or self.unchanged or self.notes or self.problems)

    def lines(self) -> Iterator[str]:
        """Yield the report line by line: what needs doing last, where it is seen."""
        yield (
            f"{len(self.collected)} collected, {len(self.updated)} updated, {len(self.unchanged)} unchanged, "
            f"{len(self.problems)} not collected."
        )
        if self.updated:
            yield f"Updated: {', '.join(self.updated)}."
        if self.late:
            yield f"Late, as Canvas says: {', '.join(self.late)}."
        if self.missing:
            yield f"On the roster, but nothing collected so far: {', '.join(self.missing)}."
        if self.notes:
            yield from ("", "To know:", *(f"  {note}" for note in self.notes))
        if self.problems:
            yield from ("", "Not collected:", *(f"  {problem}" for problem in self.problems))
