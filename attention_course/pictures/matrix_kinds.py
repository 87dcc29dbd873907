"""What a matrix of a heatmap may hold: weights, scores, or vectors of some role."""

from __future__ import annotations

from typing import NamedTuple


class MatrixKind(NamedTuple):
    """One kind of matrix: the role whose colour it has, what it is called, and what is said of a row of it."""

    role: str
    noun: str
    most: str  # of the row's largest cell
    alike: str  # of a row whose cells are all the same
    columns_are_keys: bool


def _vectors(role: str, noun: str) -> MatrixKind:
    return MatrixKind(role, noun, "is largest at", "is the same everywhere", columns_are_keys=False)


KINDS = {
    "weights": MatrixKind("weights", "attention weights", "looks most at", "looks at all alike", True),
    "scores": MatrixKind("scores", "scores", "scores highest with", "scores all alike", True),
    "queries": _vectors("query", "queries"),
    "keys": _vectors("key", "keys"),
    "values": _vectors("value", "values"),
    "output": _vectors("output", "output"),
}
