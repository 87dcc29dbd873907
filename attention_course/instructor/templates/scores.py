"""Scores: the shape of QKᵀ, one of its numbers, and what a vector added to keys or query changes."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import torch

from attention_course.instructor.templates.template import ORDINALS, Template, factor, listed, shown, slips


def shape(sizes: Mapping[str, int], axes: str, turned: bool = False) -> dict[str, Any]:
    """Ask for the shape of q @ k.mT, or turned, of q.mT @ k; the last of the axes is d."""
    *lead, tokens, d = list(axes)
    inner, outer = (tokens, d) if turned else (d, tokens)
    of = lambda *last: f"({', '.join([*lead, *last])})"  # noqa: E731
    here = ", ".join(axes)
    return {
        "kind": "Shapes",
        "prompt": "Which shape does `scores` have? You may answer in letters or in numbers. (`.mT` swaps the last two "
        "axes.)",
        "sizes": dict(sizes),
        "program": f"import torch\n\nq = torch.randn({here})\nk = torch.randn({here})\n"
        f"scores = {'q.mT @ k' if turned else 'q @ k.mT'}",
        "tensors": ["scores"],
        "key": of(outer, outer),
        "why_not": slips(
            (of(tokens, d), "That is the shape of `q`. In the product the inner size vanishes."),
            (of(inner, inner), f"{inner} is the size that meets inside the product, and that one vanishes."),
            (of(outer, outer, inner), f"The {inner} products of a pair are added up: no axis is left of them."),
            (of(outer), "A product of two matrices is a matrix: each row of the one meets each column of the other."),
            *(
                [(f"({outer}, {outer})", f"`@` carries {listed(lead)} along, before the last two axes.")]
                if lead
                else []
            ),
        ),
        "solution": f"The last two axes are ({outer}, {inner}) times ({inner}, {outer}): {inner} vanishes, and "
        f"({outer}, {outer}) stays." + (f" `@` carries {listed(lead)} along." if lead else ""),
    }


def one_number(
    q: Sequence[Sequence[int]], k: Sequence[Sequence[int]], i: int, j: int, turned: bool = False
) -> dict[str, Any]:
    """Ask for scores[i, j] of q @ k.T, or turned, of k @ q.T, where the rows belong to the keys."""
    rows, columns = (k, q) if turned else (q, k)
    scores = (torch.tensor(rows) @ torch.tensor(columns).T).tolist()
    a, b, key = rows[i], columns[j], scores[i][j]
    products = a[0] * b[0], a[1] * b[1]
    one, other = ("key", "query") if turned else ("query", "key")
    return {
        "kind": "Numeric",
        "prompt": f"{len(q)} queries and {len(k)} keys, one in each row. Which number is `scores[{i}, {j}]`? (Indices "
        "count from 0.)",
        "code": f"import torch\n\nq = torch.tensor({q})\nk = torch.tensor({k})\n"
        f"scores = {'k @ q.T' if turned else 'q @ k.T'}",
        "key": key,
        "why_not": slips(
            (scores[j][i], f"That is `scores[{j}, {i}]`. A row of `scores` belongs to a {one}, a column to a {other}."),
            (scores[i - 1][j - 1], "That counts from 1. Python counts rows and columns from 0."),
            (products[0], "That is the first product alone: add the second one to it."),
            (products[1], "That is the second product alone: add the first one to it."),
            (sum(a) + sum(b), "Numbers in the same place are multiplied, not added."),
            (
                abs(products[0]) + abs(products[1]) if min(products) < 0 else None,
                "Mind the signs: one of the products is negative.",
            ),
        ),
        "solution": f"Row {i} of `scores` belongs to {one} {i}, {_vector(a)}, column {j} to {other} {j}, {_vector(b)}. "
        f"{factor(a[0])} · {factor(b[0])} + {factor(a[1])} · {factor(b[1])} = {shown(key)}.",
    }


def _vector(numbers: Sequence[int]) -> str:
    return f"[{', '.join(map(shown, numbers))}]"


def added(weights: Sequence[float], powers: Sequence[str], to: str, asked: int) -> dict[str, Any]:
    """Ask for a weight after a vector b is added to every key, to one of them, or to the query.

    `powers` says for each key by what its power of e is multiplied then: "3", or "1/2" for a score that falls by ln 2.
    """
    factors = [float(Fraction(power)) for power in powers]
    after = torch.softmax(
        torch.tensor(weights, dtype=torch.float64).log() + torch.tensor(factors).log(), dim=0
    ).tolist()
    key, before, factor = after[asked], weights[asked], factors[asked]
    place = next(place for place, power in enumerate(powers) if power != "1")
    changes, changed = [_logarithm(power) for power in powers], _logarithm(powers[place])
    if to == "query":
        done = f"a vector b is added to the **query**; b · k is {listed(changes)} for the three keys, in this order"
        why = f"each score changes by its own b · k, so the powers of e are multiplied by {listed(powers)}"
    elif to == "every":
        done = f"the same vector b is added to **every** key; q · b = {changed}"
        why = (
            f"every score changes by the same q · b, every power of e is multiplied by {powers[0]}, and the shares stay"
        )
    else:
        done = f"a vector b is added to the **{ORDINALS[place]}** key alone; q · b = {changed}"
        why = f"one score changes by q · b, so that its power of e is multiplied by {powers[place]}"
    stay = (before, "That is the weight as it was. It stays only if every score changes by the same amount.")
    alone = before * factor / (1 - before + before * factor)
    return {
        "kind": "Numeric",
        "prompt": f"A query gives three keys the weights {listed(weights)}. Now {done}. Nothing is scaled. How large "
        f"is the weight of the **{ORDINALS[asked]}** key then? Two decimals are enough. (e to the power of ln 7 is 7.)",
        "tolerance": 0.006,
        "key": f"{key:.4g}",
        "why_not": slips(
            *([] if to == "every" else [stay]),
            *(
                []
                if factor == 1
                else [
                    (
                        before * factor,
                        "Not yet a share: the total of the powers has changed, too. Divide by the new one.",
                    )
                ]
            ),
            *([(alone, "That would be so if b were added to this key alone.")] if to == "every" else []),
            (1 / 3, "Equal weights come of equal scores, and these still differ."),
        ),
        "solution": f"Softmax takes powers of e, and {why}. In proportion they are "
        f"{listed([weight * by for weight, by in zip(weights, factors, strict=True)])}; the {ORDINALS[asked]} has "
        f"{shown(key, 2)} of the total.",
    }


def _logarithm(power: str) -> str:
    return "0" if power == "1" else f"−ln {power[2:]}" if power.startswith("1/") else f"ln {power}"


TEMPLATES = (
    Template(
        "scores-easy",
        "easy",
        shape,
        [
            {"sizes": {"T": 5, "d": 3}, "axes": "Td"},
            {"sizes": {"B": 2, "T": 7, "d": 4}, "axes": "BTd"},
            {"sizes": {"B": 3, "H": 2, "T": 6, "d": 8}, "axes": "BHTd"},
            {"sizes": {"B": 4, "T": 9, "d": 5}, "axes": "BTd", "turned": True},
            {"sizes": {"H": 4, "T": 3, "d": 16}, "axes": "HTd"},
        ],
    ),
    Template(
        "scores-medium",
        "medium",
        one_number,
        [
            {"q": [[0, 5], [4, 1], [1, 4]], "k": [[2, 3], [-1, 4], [1, 2], [3, 5]], "i": 1, "j": 2},
            {"q": [[3, 1], [5, 2], [-1, 3], [4, 0]], "k": [[2, -1], [0, 2], [2, 4]], "i": 2, "j": 1, "turned": True},
            {"q": [[5, 0], [5, 4], [0, 3], [-2, 2]], "k": [[5, 2], [1, 1], [4, 1]], "i": 1, "j": 2},
            {"q": [[0, 1], [1, 1], [5, 5]], "k": [[3, 1], [4, 1], [0, -1], [1, 3]], "i": 1, "j": 2, "turned": True},
            {"q": [[2, 1], [-1, 4], [2, 4]], "k": [[3, 2], [-2, 2], [1, 3], [5, 5], [4, 5]], "i": 2, "j": 1},
        ],
    ),
    Template(
        "scores-hard",
        "hard",
        added,
        [
            {"weights": [0.5, 0.3, 0.2], "powers": ["3", "3", "3"], "to": "every", "asked": 1},
            {"weights": [0.6, 0.3, 0.1], "powers": ["2", "1", "1"], "to": "one", "asked": 0},
            {"weights": [0.4, 0.4, 0.2], "powers": ["1", "2", "4"], "to": "query", "asked": 0},
            {"weights": [0.1, 0.65, 0.25], "powers": ["1/4", "1/4", "1/4"], "to": "every", "asked": 1},
            {"weights": [0.5, 0.4, 0.1], "powers": ["1", "1", "6"], "to": "one", "asked": 1},
        ],
    ),
)
