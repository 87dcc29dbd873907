"""Softmax: along which axis shares add up, which shifts change nothing, and where float32 overflows."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import torch

from attention_course.instructor.templates.template import Template, listed, shown, slips

ROWS = "scores.max(dim=-1, keepdim=True).values"


def total(axes: Sequence[str], sizes: Sequence[int], dim: int) -> dict[str, Any]:
    """Ask what all weights add up to, where softmax went along one axis."""
    every, along = math.prod(sizes), sizes[dim]
    key = every // along
    rest = [size for place, size in enumerate(sizes) if place != dim % len(sizes)]
    lines = " · ".join(map(str, rest))
    return {
        "kind": "Numeric",
        "prompt": "What do **all** numbers of `weights` add up to?",
        "code": f"import torch\n\nscores = torch.randn({', '.join(map(str, sizes))})  # {', '.join(axes)}\n"
        f"weights = scores.softmax(dim={dim})",
        "key": key,
        "why_not": slips(
            (1, f"Only those along one axis add up to 1, {along} at a time, and there are several such groups."),
            (along, f"That is how many numbers share a 1. Asked is how often they do so: {lines} times."),
            (every, "That is how many numbers there are. Each is a share, smaller than 1."),
        ),
        "solution": f"`dim={dim}` goes along the {axes[dim]}: {along} numbers add up to 1. There are "
        f"{lines}{f' = {key}' if len(rest) > 1 else ''} such groups, so all together make {key}.",
    }


def shift(
    weights: Sequence[Sequence[float]], powers: Sequence[str], per: str, dim: int, place: tuple[int, int]
) -> dict[str, Any]:
    """Ask for a weight after logarithms were added to the scores, one per row or one per column."""
    factors = torch.tensor([float(Fraction(power)) for power in powers], dtype=torch.float64)
    factors = factors[:, None] if per == "row" else factors[None]
    old = torch.tensor(weights, dtype=torch.float64)
    new = (old.log() + factors.log()).softmax(dim=dim)
    before, key, by = float(old[place]), float(new[place]), float(factors.expand(old.shape)[place])
    stays = (per == "row") == (dim == -1)
    along = "row" if dim == -1 else "column"
    numbers = ", ".join(f"math.log({power})" for power in powers)
    made = f"torch.tensor([{numbers}])" + ("[:, None]  # (2, 1)" if per == "row" else f"  # ({len(powers)},)")
    line = (place[0], slice(None)) if dim == -1 else (slice(None), place[1])
    terms = zip(old[line].tolist(), factors.expand(old.shape)[line].tolist(), strict=True)
    others = " + ".join(f"{shown(weight)} · {shown(times)}" for weight, times in terms)
    return {
        "kind": "Numeric",
        "prompt": "Two queries, three keys. You know `old`, not `scores`. Which number is "
        f"`new[{place[0]}, {place[1]}]`? Two decimals are enough.",
        "code": f"old = scores.softmax(dim={dim})  # {[list(row) for row in weights]}\nshift = {made}\n"
        f"new = (scores + shift).softmax(dim={dim})",
        "tolerance": 0.006,
        "key": f"{key:.4g}",
        "why_not": slips(
            (None if stays else before, f"That is as before. It stays only if a whole {along} is shifted alike."),
            (before * by, "The power of e is multiplied by that, but the total that it is divided by changes, too."),
            (
                before * by / (1 - before + before * by) if stays else None,
                f"That would be so if this score alone were shifted. The others of its {along} are, too.",
            ),
            (float((old.log() + factors.log()).softmax(dim=-1 - dim)[place]), "That shares along the other axis."),
        ),
        "solution": (
            f"The {along} shares a 1, and all of its scores are shifted alike: the powers of e and their total are "
            f"multiplied by the same number, and {shown(before)} stays."
            if stays
            else f"Within the {along} each power of e is multiplied by another number. The total becomes {others}, and "
            f"{shown(before)} · {shown(by)} has {shown(key, 2)} of it."
        ),
    }


def overflow(scores: Sequence[Sequence[float]], m: str) -> dict[str, Any]:
    """Ask how many weights are NaN if `m` is subtracted before powers are taken in float32."""
    numbers = torch.tensor(scores)
    key, bad = _count(numbers, m)
    columns = numbers.shape[1]
    largest = [shown(float(one)) for one in (numbers - _subtracted(numbers, m)).max(dim=-1).values]
    return {
        "kind": "Numeric",
        "prompt": "How many numbers of `weights` are NaN? In float32, e to a power above 89 is inf, and below −104 0; "
        "inf / inf and 0 / 0 are NaN.",
        "code": f"import torch\n\nscores = torch.tensor({[list(map(float, row)) for row in scores]})\n"
        + (f"m = {m}\n" if m != "0" else "")
        + f"powers = {'(scores - m)' if m != '0' else 'scores'}.exp()\n"
        "weights = powers / powers.sum(dim=-1, keepdim=True)",
        "key": key,
        "why_not": slips(
            (
                0 if key else None,
                "Look at each row: is the largest number that goes into `exp` far above 0, or far below?",
            ),
            (columns * bad if key != columns * bad else None, "A finite number divided by inf is 0, and no NaN."),
            (bad if bad not in (0, key) else None, "That is the number of rows. Asked is how many numbers are NaN."),
            (
                numbers.numel(),
                "Some row is in order: the largest number that goes into `exp` is neither too large nor too small.",
            ),
            (None if key else _count(numbers, "0")[0], "That would be so if nothing were subtracted."),
        ),
        "solution": f"The largest number that goes into `exp` is, row by row, {listed(largest)}. "
        + (f"So {bad} of the rows {'has' if bad == 1 else 'have'} NaN, {key} in all. " if key else "No row has NaN. ")
        + "The line that always works subtracts each row's own maximum: `scores.max(dim=-1, keepdim=True).values`.",
    }


def _subtracted(scores: torch.Tensor, m: str) -> torch.Tensor:
    return torch.as_tensor(eval(m, {"scores": scores}))  # one of the expressions below


def _count(scores: torch.Tensor, m: str) -> tuple[int, int]:
    """Return how many weights are NaN, and in how many rows."""
    powers = (scores - _subtracted(scores, m)).exp()
    nan = (powers / powers.sum(dim=-1, keepdim=True)).isnan()
    return int(nan.sum()), int(nan.any(dim=-1).sum())


TEMPLATES = (
    Template(
        "softmax-easy",
        "easy",
        total,
        [
            {"axes": ["queries", "keys"], "sizes": [3, 5], "dim": -1},
            {"axes": ["queries", "keys"], "sizes": [2, 4], "dim": 0},
            {"axes": ["heads", "queries", "keys"], "sizes": [2, 3, 7], "dim": -1},
            {"axes": ["heads", "queries", "keys"], "sizes": [2, 3, 5], "dim": 1},
            {"axes": ["sentences", "keys", "queries"], "sizes": [4, 5, 6], "dim": 1},
        ],
    ),
    Template(
        "softmax-medium",
        "medium",
        shift,
        [
            {
                "weights": [[0.5, 0.3, 0.2], [0.7, 0.1, 0.2]],
                "powers": ["2", "3"],
                "per": "row",
                "dim": -1,
                "place": (1, 0),
            },
            {
                "weights": [[0.6, 0.2, 0.2], [0.1, 0.4, 0.5]],
                "powers": ["1", "3", "1"],
                "per": "key",
                "dim": -1,
                "place": (0, 1),
            },
            {
                "weights": [[0.6, 0.9, 0.2], [0.4, 0.1, 0.8]],
                "powers": ["2", "1", "4"],
                "per": "key",
                "dim": 0,
                "place": (0, 0),
            },
            {
                "weights": [[0.5, 0.2, 0.75], [0.5, 0.8, 0.25]],
                "powers": ["4", "1"],
                "per": "row",
                "dim": 0,
                "place": (0, 0),
            },
            {
                "weights": [[0.25, 0.7, 0.05], [0.8, 0.1, 0.1]],
                "powers": ["2", "1", "4"],
                "per": "key",
                "dim": -1,
                "place": (1, 2),
            },
        ],
    ),
    Template(
        "softmax-hard",
        "hard",
        overflow,
        [
            {"scores": [[300, 200, 5], [3, 2, 1]], "m": "0"},
            {"scores": [[400, 399, 0], [-20, -21, -22]], "m": "scores.max()"},
            {"scores": [[300, 299, 40], [-300, -301, -302]], "m": ROWS},
            {"scores": [[1000, 900], [1, 2], [3, 4], [999, 5]], "m": "scores.max(dim=0).values"},
            {"scores": [[0, 50, 150], [-500, -499, -450]], "m": "scores.min(dim=-1, keepdim=True).values"},
        ],
    ),
)
