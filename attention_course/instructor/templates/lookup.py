"""Lookup: shares add up to 1, the output is their average of the values, and so it stays within their hull."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import torch

from attention_course.instructor.templates.template import ORDINALS, Template, factor, listed, shown, slips


def shares(known: Sequence[float], others: int) -> dict[str, Any]:
    """Ask for the weight of each of some keys that share what the known weights leave."""
    keys, total = len(known) + others, round(sum(known), 10)
    key = round((1 - total) / others, 10)
    other = next(weight for weight in known if weight != 1 / keys)
    asked = "of the last key" if others == 1 else f"of **each** of the other {others} keys, which have equal weights"
    return {
        "kind": "Numeric",
        "prompt": f"A query gives weights to its {keys} keys; you know {listed(known)}. How large is the weight "
        f"{asked}?",
        "key": key,
        "why_not": slips(
            (total, "That is what the known weights add up to. The other keys get what is missing to 1."),
            (round(1 - total, 10) if others > 1 else None, f"That is left for all {others} of them together."),
            (1 / keys, f"All weights would be {shown(1 / keys)} then, and {shown(other)} is not."),
            (
                round((1 - total) / keys, 10) if others > 1 else None,
                "The keys whose weights you know have theirs already.",
            ),
            (0, "Softmax gives every key something, and what is missing to 1 has to be somewhere."),
        ),
        "solution": f"The weights of one query add up to 1. Known are {shown(total)}, so {shown(1 - total)} is left"
        + (f", and each of {others} keys gets {shown(key)}, a part in {others} of that." if others > 1 else "."),
    }


def average(powers: Sequence[int], values: Sequence[float], unknown: int | None = None) -> dict[str, Any]:
    """Ask for the output of a query whose scores are logarithms, or for the value that leads to that output."""
    weights = torch.softmax(torch.tensor(powers, dtype=torch.float64).log(), dim=0)
    output = round(float(weights @ torch.tensor(values, dtype=torch.float64)), 8)
    total, best = sum(powers), values[powers.index(max(powers))]
    scores = ["0" if power == 1 else f"ln {power}" for power in powers]
    parts = " + ".join(f"{power}/{total} · {factor(value)}" for power, value in zip(powers, values, strict=True))
    plain = sum(values) / len(values)
    begin = f"The scores of a query with three keys are {listed(scores)}, already scaled"
    note = "(e to the power of ln 6 is 6.)"
    solution = f"The powers of e are {listed(powers)}, together {total}. So the output is {parts} = {shown(output)}."
    if unknown is None:
        return {
            "kind": "Numeric",
            "prompt": f"{begin}; their values are {listed(values)}. Which number is the output? {note}",
            "key": output,
            "tolerance": 0.01,
            "why_not": slips(
                (best, "That is the value of the best key alone. The others have a share, too."),
                (plain, "That is the plain average, as if all scores were equal."),
                (output * total, f"Those are the values times the powers. Divide by the total of the powers, {total}."),
                (sum(values), "That adds up the values as they are. Each comes with its share only."),
            ),
            "solution": solution,
        }
    key, others = values[unknown], [value for place, value in enumerate(values) if place != unknown]
    said = [shown(value) if place != unknown else "v" for place, value in enumerate(values)]
    known = output * total - powers[unknown] * key
    return {
        "kind": "Numeric",
        "prompt": f"{begin}; their values are {listed(said)}. The output is {shown(output)}. Which number is v? {note}",
        "key": key,
        "tolerance": 0.01,
        "why_not": slips(
            (3 * output - sum(others), "That would be so with equal weights. Here the scores differ."),
            (output * total - known, f"That is v times its power of e, {powers[unknown]}: divide by that, too."),
            (output, "If v were that, the other two would have to average to it by themselves, and they do not."),
        ),
        "solution": f"{solution} There the {ORDINALS[unknown]} value is v: "
        f"({shown(output * total)} − {shown(known)}) / {powers[unknown]} = {shown(key)}.",
    }


def hull(corners: Sequence[tuple[int, int]], points: Sequence[tuple[float, float]], can: bool) -> dict[str, Any]:
    """Ask which of four points can, or cannot, be an output where three keys have these values."""
    found = [_shares_for(corners, point) for point in points]
    right = [place for place, weights in enumerate(found) if (min(weights) > 0) == can]
    if len(right) != 1 or any(0 in weights for weights in found):
        raise ValueError("One of the points is to be right, and none on an edge: softmax makes no weight 0.")
    ids = [_named(point) for point in points]
    reasons = {
        name: f"It can: the weights {listed(weights)} give it."
        if min(weights) > 0
        else f"Only the weights {listed(weights)}, which add up to 1, would give it, and no weight can be negative."
        for name, weights in zip(ids, found, strict=True)
    }
    key = ids[right[0]]
    return {
        "kind": "Choice",
        "prompt": f"Three keys have the values {listed([_point(corner) for corner in corners])}. Whatever query "
        f"and keys are: which of these points **{'can' if can else 'cannot'}** be the output?",
        "options": {name: _point(point) for name, point in zip(ids, points, strict=True)},
        "key": key,
        "why_not": {name: why for name, why in reasons.items() if name != key},
        "solution": {
            "steps": [
                "Weights are positive and add up to 1, so an output lies in the triangle between the three values.",
                reasons[key].replace("It can: the", "The") if can else reasons[key],
            ],
            "check": "Draw the three values and the four points: one of the points lies on the other side of an edge."
            if not can
            else "Draw the three values and the four points: three of the points lie on the other side of an edge.",
        },
    }


def _shares_for(corners: Sequence[tuple[int, int]], point: tuple[float, float]) -> list[float]:
    """Return the weights, three that add up to 1, with which the corners average to a point."""
    matrix = torch.tensor([[*corner, 1.0] for corner in corners], dtype=torch.float64).T
    weights = torch.linalg.solve(matrix, torch.tensor([*point, 1.0], dtype=torch.float64))
    return [float(Fraction(weight).limit_denominator(1000)) for weight in weights.tolist()]


def _point(point: Sequence[float]) -> str:
    return f"[{', '.join(map(shown, point))}]"


def _named(point: Sequence[float]) -> str:
    return "point-" + "-".join(shown(number).replace("−", "minus-").replace(".", "-") for number in point)


TEMPLATES = (
    Template(
        "lookup-easy",
        "easy",
        shares,
        [
            {"known": [0.4, 0.15, 0.25], "others": 1},
            {"known": [0.64], "others": 3},
            {"known": [0.06, 0.2, 0.31, 0.08], "others": 1},
            {"known": [0.35, 0.11], "others": 3},
            {"known": [0.3, 0.44, 0.1, 0.1], "others": 2},
        ],
    ),
    Template(
        "lookup-medium",
        "medium",
        average,
        [
            {"powers": [1, 2, 5], "values": [8, 4, 2]},
            {"powers": [3, 1, 1], "values": [2, 8, -1]},
            {"powers": [1, 4, 5], "values": [10, 5, 2], "unknown": 2},
            {"powers": [2, 7, 1], "values": [5, 0, 20]},
            {"powers": [2, 1, 3], "values": [9, 3, 1], "unknown": 0},
        ],
    ),
    Template(
        "lookup-hard",
        "hard",
        hull,
        [
            {"corners": [(0, 0), (4, 0), (0, 4)], "points": [(1, 1), (3, 2), (3, 0.5), (0.5, 3)], "can": False},
            {"corners": [(0, 0), (4, 4), (0, 8)], "points": [(3, 2), (1, 3), (2, 7), (3, 7)], "can": True},
            {"corners": [(-2, 0), (2, 0), (0, 4)], "points": [(0, 2), (-1.5, 3), (1, 1.5), (-1, 1)], "can": False},
            {"corners": [(6, 0), (6, 6), (0, 6)], "points": [(2, 2), (5, 0.5), (3, 4), (1, 4)], "can": True},
            {"corners": [(1, 1), (5, 1), (3, 5)], "points": [(3, 2), (4, 2), (2, 2.5), (1.5, 4)], "can": False},
        ],
    ),
)
