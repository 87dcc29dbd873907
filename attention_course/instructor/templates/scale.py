"""Scale: by what scores are divided, how far they spread with d, and the gradient of a saturated row."""

import math
from collections.abc import Sequence
from typing import Any

import torch

from attention_course.instructor.templates.template import ORDINALS, Template, listed, shown, slips

DIVIDED = {"": 0.0, "√d": 0.5, "d": 1.0}  # by which power of d a dot product is divided


def scaled(D: int, H: int, number: int, back: bool = False) -> dict[str, Any]:
    """Ask what goes into softmax, given a dot product; or, back, for the dot product."""
    d = D // H
    root = math.isqrt(d)
    by = [d, math.sqrt(D)]
    key, all_d, all_D = (number * one if back else number / one for one in (root, *by))
    given = f"{shown(number)} goes into softmax" if back else f"the dot product is {shown(number)}"
    asked = "Which number was their dot product" if back else "Which number goes into softmax"
    return {
        "kind": "Numeric",
        "prompt": f"A model of width D = {D} has H = {H} heads. For one query and one key of a head {given}. {asked}?",
        "key": key,
        "tolerance": 0.01,
        "why_not": slips(
            (all_d, f"That takes d = {d} itself. The dot product is divided by its root."),
            (all_D, f"That takes the root of D = {D}. What counts is how many numbers one head's query has."),
            (number, "The same number would mean that nothing is scaled."),
            (
                number / root if back else number * root,
                "That is the wrong way: what goes into softmax is closer to 0.",
            ),
        ),
        "solution": f"A head's query has d = {D} / {H} = {d} numbers, so the dot product is divided by √{d} = {root}: "
        + (f"{shown(key)} / {root} = {shown(number)}." if back else f"{shown(number)} / {root} = {shown(key)}."),
    }


def spread(d: int, q: float, k: float, by: str = "") -> dict[str, Any]:
    """Ask for the standard deviation of q · k, perhaps divided, from those of the numbers in q and k."""
    plain = q * k * math.sqrt(d)
    divisor = d ** DIVIDED[by]
    key = plain / divisor
    each = "1" if q == k == 1 else f"{shown(q)} in q and {shown(k)} in k"
    what = f"q · k / {by}" if by else "q · k"
    return {
        "kind": "Numeric",
        "prompt": f"q and k have d = {d} numbers each, all independent, with mean 0 and standard deviation {each}. "
        f"What is the standard deviation of {what}?",
        "key": key,
        "tolerance": 0.01,
        "why_not": slips(
            (plain**2 if not by else None, "That is the variance. The standard deviation is its root."),
            (
                q * k * d if not by and q * k != 1 else None,
                "It is variances that are added up, so the sum grows with √d only.",
            ),
            (q * k / divisor if by != "√d" else None, "That is one of the d products, and not yet their sum."),
            (
                math.sqrt(d) / divisor if q * k != 1 else None,
                "That would be so if all numbers had standard deviation 1.",
            ),
            (plain if by else None, f"That is before dividing by {by}."),
        ),
        "solution": f"One product has standard deviation {shown(q)} · {shown(k)}, variance {shown((q * k) ** 2)}. "
        f"The sum of {d} has {d} times the variance, so √{d} = {shown(math.sqrt(d))} times the standard deviation: "
        f"{shown(plain)}." + (f" Divided by {shown(divisor)} that is {shown(key)}." if by else ""),
    }


def slope(weights: Sequence[float], of: int, by: int) -> dict[str, Any]:
    """Ask for the derivative of one weight of a row with respect to one of its scores."""
    scores = torch.tensor(weights, dtype=torch.float64).log()
    key = round(float(torch.autograd.functional.jacobian(lambda row: row.softmax(dim=0), scores)[of, by]), 10)
    p, other, own = weights[of], weights[by], of == by
    whose = "its own score" if own else f"the **{ORDINALS[by]}** score"
    return {
        "kind": "Numeric",
        "prompt": f"Softmax gives a query the weights {listed(weights)}. What is the derivative of the "
        f"**{ORDINALS[of]}** weight with respect to {whose}? Give all decimals.",
        "key": key,
        "relative": 0.02,
        "why_not": slips(
            (
                p if own else None,
                "That leaves out the total that e to the power of the score is divided by; it grows, too.",
            ),
            (None if own else -key, "The sign: if another score grows, it takes from this weight."),
            (None if own else 0, "The weights of a row share a total: if one grows, each of the others gets less."),
            (None if own else p * (1 - p), "That is the derivative with respect to its own score."),
            (
                1 - p if own else None,
                "That is what is left for the others; it is still to be multiplied by the weight.",
            ),
            (
                -p * p if own else None,
                "A minus belongs to another score: with its own score a weight grows.",
            ),
        ),
        "solution": (
            f"p(1 − p) = {shown(p)} · {shown(1 - p)} = {shown(key)}."
            if own
            else f"−p · p′ = −{shown(p)} · {shown(other)} = {shown(key)}."
        )
        + " Where one weight is nearly 1, all derivatives of its row are nearly 0: so large scores learn slowly.",
    }


TEMPLATES = (
    Template(
        "scale-easy",
        "easy",
        scaled,
        [
            {"D": 64, "H": 4, "number": 24},
            {"D": 100, "H": 4, "number": 2, "back": True},
            {"D": 36, "H": 4, "number": 12},
            {"D": 144, "H": 16, "number": 7, "back": True},
            {"D": 256, "H": 4, "number": -40},
        ],
    ),
    Template(
        "scale-medium",
        "medium",
        spread,
        [
            {"d": 256, "q": 1, "k": 1},
            {"d": 100, "q": 2, "k": 3, "by": "√d"},
            {"d": 64, "q": 1, "k": 3},
            {"d": 36, "q": 4, "k": 3, "by": "d"},
            {"d": 400, "q": 0.5, "k": 1},
        ],
    ),
    Template(
        "scale-hard",
        "hard",
        slope,
        [
            {"weights": [0.98, 0.01, 0.01], "of": 0, "by": 0},
            {"weights": [0.9, 0.06, 0.04], "of": 0, "by": 1},
            {"weights": [0.6, 0.3, 0.1], "of": 1, "by": 1},
            {"weights": [0.5, 0.3, 0.2], "of": 2, "by": 0},
            {"weights": [0.05, 0.94, 0.01], "of": 1, "by": 1},
        ],
    ),
)
