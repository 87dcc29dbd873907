"""Tried: what came of one Check of a student's code, for those who show it."""

from dataclasses import dataclass
from typing import Any

from attention_course.exercises.comparing import difference
from attention_course.exercises.examples import Came, Example
from attention_course.exercises.suite import Tested


@dataclass(frozen=True)
class Seen:
    """An example: what came of it with the student's code and, where the key is known, with the key's."""

    example: Example
    came: Came
    right: Came | None = None

    @property
    def passed(self) -> bool | None:
        """Did the right thing come? None where nobody can tell."""
        return None if self.right is None else not self.differs and self.came.error is None

    @property
    def differs(self) -> str:
        """In what the value differs from the right one, "" where in nothing, or where one of them is missing."""
        if self.came.call is None or self.right is None or self.right.call is None:
            return ""
        return difference(self.came.call.value, self.right.call.value, self.example.within)

    def panels(self) -> dict[str, Any]:
        """Return the matrices that are drawn by their titles: the student's, the right one, and what lies between.

        Each has two axes, the first of any others; what has no such part, or no matrix's form, is left out. Where they
        differ too little to count, the same is drawn: a picture would show rounding in full colour.
        """
        found = {"yours": _matrix(self.example, self.came), "expected": _matrix(self.example, self.right)}
        panels = {title: matrix for title, matrix in found.items() if matrix is not None}
        if len(panels) == 2 and panels["yours"].shape == panels["expected"].shape:
            panels["yours"], panels["difference"] = self._apart(**panels)
        return panels

    def _apart(self, yours: Any, expected: Any) -> tuple[Any, Any]:
        """Return the student's matrix, and what lies between the two, both without what is too little to count."""
        import numpy as np

        with np.errstate(invalid="ignore"):  # ∞ − ∞
            counts = ~np.isclose(yours, expected, atol=max(1e-5, self.example.within), equal_nan=True)
            return np.where(counts, yours, expected), np.where(counts, yours - expected, 0)


def _matrix(example: Example, came: Came | None) -> Any:
    if came is None or came.call is None:
        return None
    try:
        import torch

        part = torch.as_tensor(example.drawn_part(came.call.value)).detach().double()
        matrix = part if part.dim() > 1 else part[None]
        while matrix.dim() > 2:
            matrix = matrix[0]
        return matrix.numpy() if matrix.numel() else None
    except Exception:  # it is no matrix, which the comparison says
        return None


@dataclass(frozen=True)
class Trouble:
    """Why nothing could be looked at: a sentence, and where it arose in the student's cell."""

    sentence: str
    line: int | None = None
    code: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Tried:
    """One Check: the text that was judged, and which that is where it was not simply the cell's.

    `borrowed` says whose code of earlier questions ran before it.
    """

    text: str
    remark: str = ""
    borrowed: tuple[str, ...] = ()
    trouble: Trouble | None = None
    seen: tuple[Seen, ...] = ()
    checks: tuple[Tested, ...] = ()

    @property
    def passed(self) -> dict[str, tuple[bool, ...]]:
        """For each example and each check whether it passed; {} where nothing ran or nobody can tell."""
        examples = tuple(each.passed for each in self.seen if each.passed is not None)
        checks = tuple(check.passed for check in self.checks)
        return {what: each for what, each in (("examples", examples), ("checks", checks)) if each}
