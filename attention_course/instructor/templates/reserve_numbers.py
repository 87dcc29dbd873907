"""Reserve, numbers: the angle of RoPE, and the rescaling of an online softmax."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attention_course.instructor.templates.template import Template, listed, shown, slips


def angle(d: int, base: int, pair: int, query: int, key: int | None = None, back: bool = False) -> dict[str, Any]:
    """Ask by which angle a pair is turned, or query and key against each other; or, back, for the place."""
    speed = base ** (-2 * pair / d)
    gap = query if key is None else query - key
    turned = gap * speed
    rule = f"RoPE with d = {d} and base {base} turns pair i (i = 0, 1, …) at place m by m · {base}^(−2i/{d}) radians."
    if back:
        question = f"At which place is pair {pair} turned by {shown(turned)} radians?"
    elif key is None:
        question = f"By which angle is pair {pair} turned at place {query}?"
    else:
        question = f"A query stands at {query}, a key at {key}. By which angle are their pairs {pair} turned apart?"
    other, half = base ** (-2 * (pair - 1) / d), base ** (-pair / d)
    wrong = (
        [
            (turned / other, "That counts the pairs from 1."),
            (turned / half, "In the exponent stands 2i, not i."),
            (turned * speed, "Divide the angle by that of one place."),
        ]
        if back
        else [
            (gap * other, "That counts the pairs from 1."),
            (gap * half, "In the exponent stands 2i, not i."),
            (speed, "That is the angle of one place."),
            (
                query * speed if key is not None else None,
                "That is how far the query is turned. The key is turned, too.",
            ),
            (
                (query + key) * speed if key is not None else None,
                "Both are turned the same way, so the angles are subtracted.",
            ),
        ]
    )
    return {
        "kind": "Numeric",
        "prompt": f"{rule} {question}",
        "key": query if back else round(turned, 10),
        "relative": 0.01,
        "why_not": slips(*wrong),
        "solution": f"{base}^(−{2 * pair}/{d}) = {shown(speed)} for one place. "
        + (f"{shown(turned)} / {shown(speed)} = {query}." if back else f"{gap} · {shown(speed)} = {shown(turned)}."),
    }


def rescale(
    total: float, powers: Sequence[str], most: int, output: float = 0, values: Sequence[float] = ()
) -> dict[str, Any]:
    """Ask for the running sum, or, with values, for the running output of an online softmax after one more block.

    `most` is the maximum so far; `powers` says by which factor e to the power of each new score is larger than that of
    the maximum.
    """
    by = [float(Fraction(power)) for power in powers]
    top = max(1.0, *by)
    scores = [
        shown(most)
        if power == "1"
        else f"{shown(most)} − ln {power[2:]}"
        if "/" in power
        else f"{shown(most)} + ln {power}"
        for power in powers
    ]
    old = output if values else total
    new = sum(b * v for b, v in zip(by, values, strict=True)) if values else sum(by)
    key = (old + new) / top
    what = "output (not yet divided by the sum)" if values else "sum"
    state = f"the maximum {shown(most)} and the sum {shown(total)} of e^(score − maximum)"
    told = f"{state}, and the output {shown(output)}, not yet divided by the sum" if values else state
    with_values = f", the values {listed(values)}" if values else ""
    return {
        "kind": "Numeric",
        "prompt": f"A softmax that goes block by block has, so far, {told}. The next block has the scores "
        f"{listed(scores)}{with_values}. What is the {what} then?",
        "tolerance": 0.01,
        "key": round(key, 10),
        "why_not": slips(
            (
                old + new / top if top > 1 else None,
                "There is a new maximum: what was summed up before has to be rescaled, too.",
            ),
            (
                old * top + new / top if top > 1 else None,
                "Rescaled the wrong way: against a larger maximum the old powers become smaller.",
            ),
            (new / top, "That is the new block alone."),
            (old / top + len(powers) if not values else None, "A power is 1 only for a score that equals the maximum."),
            (
                old + sum(values) if values else old / 2 + new if top == 1 else None,
                "Each value comes with its power." if values else "The maximum stays, so nothing is rescaled.",
            ),
        ),
        "solution": f"The maximum is {'now the largest new score' if top > 1 else 'the same as before'}"
        + (
            f", so what was there is divided by {shown(top)}: {shown(old / top)}. "
            if top > 1
            else ", so what was there stays. "
        )
        + f"The new block adds {shown(new / top)}. Together {shown(key)}.",
    }


TEMPLATES = (
    Template(
        "reserve-rope-angle",
        "hard",
        angle,
        [
            {"d": 8, "base": 10000, "pair": 1, "query": 25},
            {"d": 4, "base": 10000, "pair": 1, "query": 30, "key": 10},
            {"d": 8, "base": 10000, "pair": 3, "query": 500},
            {"d": 6, "base": 1000, "pair": 1, "query": 12, "key": 5},
            {"d": 16, "base": 10000, "pair": 4, "query": 400, "back": True},
        ],
    ),
    Template(
        "reserve-online-rescale",
        "hard",
        rescale,
        [
            {"total": 5, "powers": ["2", "1"], "most": 3},
            {"total": 4, "powers": ["1/2", "1/4"], "most": 1},
            {"total": 3, "powers": ["4", "2"], "most": 2, "output": 8, "values": [5, 2]},
            {"total": 6, "powers": ["1", "3", "3"], "most": -1},
            {"total": 2, "powers": ["1/2", "1"], "most": 4, "output": 7, "values": [6, 4]},
        ],
    ),
)
