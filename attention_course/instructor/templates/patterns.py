"""Patterns: what a head may do that has a name, maps of such heads, and what speaks against a name."""

from collections.abc import Callable, Sequence
from random import Random

CLEAR = 0.5  # a row with a target has more than this on it, an even one less
Target = Callable[[Sequence[str], int], int | None]  # the key that a query looks at, None where there is none


def _after_copy(tokens: Sequence[str], i: int) -> int | None:
    earlier = [j for j in range(i) if tokens[j] == tokens[i]]
    return earlier[-1] + 1 if earlier else None


PATTERNS: dict[str, tuple[str, Target]] = {
    "itself": ("each token looks at itself", lambda tokens, i: i),
    "before": ("each token looks at the one before it", lambda tokens, i: i - 1 if i else None),
    "after": ("each token looks at the one after it", lambda tokens, i: i + 1 if i + 1 < len(tokens) else None),
    "first": ("every token looks at the first one", lambda tokens, i: 0),
    "mirror": ("each token looks at the one in the mirrored place", lambda tokens, i: len(tokens) - 1 - i),
    "copy": ("each token looks at what followed its own earlier copy", _after_copy),
}


def row(length: int, target: int | None, chance: Random) -> list[float]:
    """Return a row of weights, in hundredths, most of which is on the target; without one it is nearly even."""
    raw = [chance.uniform(0.8, 1.2) for _ in range(length)]
    if target is not None:
        raw[target] = chance.uniform(2, 4) * length
    row = [round(one / sum(raw), 2) for one in raw]
    row[row.index(max(row))] += 1 - sum(row)
    return row


def against(tokens: str, pattern: str, rows: Sequence[Sequence[float]]) -> str:
    """Say in which row, a clear one where there is one, a map is not what a pattern would make of it."""
    largest = [row.index(max(row)) for row in rows]
    targets = [PATTERNS[pattern][1](tokens, i) for i in range(len(tokens))]
    if targets == [None] * len(tokens):
        return "No token is there twice, so none has an earlier copy."
    differ = [i for i, target in enumerate(targets) if target not in (None, largest[i])]
    wrong = next((i for i in differ if max(rows[i]) > CLEAR), differ[0])
    return (
        f"Row {wrong} (`{tokens[wrong]}`, counted from 0) would be largest in column {targets[wrong]} then; it is "
        f"largest in column {largest[wrong]}."
    )
