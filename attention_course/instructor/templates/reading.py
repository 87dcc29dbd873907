"""Reading heads: name a map, tell which layer was changed, and why a large weight may have no effect."""

from collections.abc import Sequence
from random import Random
from typing import Any

from attention_course.instructor.templates.patterns import CLEAR, PATTERNS, against, row
from attention_course.instructor.templates.template import Slip, Template, listed, shown, slips


def named(tokens: str, pattern: str, seed: int) -> dict[str, Any]:
    """Ask what a head does, whose map is printed."""
    text, target = PATTERNS[pattern]
    rows = [row(len(tokens), target(tokens, i), Random(seed + i)) for i in range(len(tokens))]
    numbers = ["  ".join(f"{weight:.2f}" for weight in row) for row in rows]
    lines = ["     " + "     ".join(tokens), *(f"{token}  {row}" for token, row in zip(tokens, numbers, strict=True))]
    largest = [str(row.index(max(row))) if max(row) > CLEAR else "none" for row in rows]
    return {
        "kind": "Choice",
        "prompt": "A row for each query, a column for each key, no mask. What does this head do, as far as it can?",
        "code": "\n".join(f"# {line}" for line in lines),
        "options": {name: said for name, (said, _) in PATTERNS.items()},
        "key": pattern,
        "why_not": {name: against(tokens, name, rows) for name in PATTERNS if name != pattern},
        "solution": {
            "steps": [
                "Look for the largest number of each row. Row by row it is in column "
                f"{listed(largest)}, counted from 0.",
                f"So {text}." + (" Where there is no such token, the row is nearly even." if "none" in largest else ""),
            ],
            "check": "A name says where a head looks, and not yet what the model makes of it.",
        },
    }


def changed(layers: int, layer: int, off: bool, count: bool = False) -> dict[str, Any]:
    """Ask which layer was changed, given which maps are others since; or how many maps can be others."""
    who = f"Layer {layer}" if count else "One layer"
    what = "attention is switched **off**: its output is 0" if off else "attention weights are all made **equal**"
    after = [str(one) for one in range(layer + 1 if off else layer, layers + 1)]
    maps = (
        f"only the attention maps of layers {listed(after)} have changed" if after else "no attention map has changed"
    )
    rule = "A map is made of what comes into its layer, so later maps can change" + (
        "." if off else ", and its own does."
    )
    wrong: list[Slip]
    if count:
        question = f"How many of the {layers} attention maps can change?"
        wrong = [
            (layers, "The layers before it have done their work by then: nothing goes back to them."),
            (1, "It hands on something else now, and all later maps are computed from that."),
            (
                len(after) + 1 if off else len(after) - 1,
                "Its own map is computed before its output becomes 0." if off else "Its own map changes, too.",
            ),
        ]
    else:
        question = f"Given the same text, {maps}{'' if after else ', but the predictions have'}. Which layer was it?"
        wrong = [
            (
                layer + 1 if after else None,
                "Its own map is computed before its output becomes 0."
                if off
                else f"The map of layer {layer} has changed, too, and nothing goes back to an earlier layer.",
            ),
            (
                layer - 1,
                f"It would hand something else on to layer {layer}, whose map has not changed."
                if off
                else "Its own weights would be equal then, but its map has not changed.",
            ),
            (layers if layers not in (layer, layer + 1) else None, "A change in the last layer reaches no other map."),
        ]
    return {
        "kind": "Numeric",
        "prompt": f"A model has {layers} layers, counted from 1. {who}'s {what}. All else stays. {question}",
        "key": len(after) if count else layer,
        "why_not": slips(*wrong),
        "solution": f"{rule} Earlier ones cannot. Here layer {layer} was changed, and "
        + (f"{len(after)} maps can change." if after else "there is no later map."),
    }


def hidden(weights: Sequence[float], values: Sequence[float], same: bool = False) -> dict[str, Any]:
    """Ask by how much an output changes if the first key is hidden; or for its value if the output stays the same."""
    rest = 1 - weights[0]
    others = sum(weight * value for weight, value in zip(weights[1:], values[1:], strict=True))
    before, after = weights[0] * values[0] + others, others / rest
    change = round(after - before, 8)
    plain = sum(values[1:]) / (len(values) - 1)
    wrong: list[Slip]
    key: float
    if same:
        question = (
            "Now the first key is hidden, with −∞, and the output stays **exactly** as it was. Which number is v?"
        )
        key, wrong = (
            values[0],
            [
                (
                    0,
                    "With 0 it adds nothing; but hidden it leaves its weight to the others, who then give more.",
                ),
                (plain, "The others have different weights, so it is no plain average of their values."),
                (others, "Once the first is hidden, the others share the whole weight: divide by what they had."),
            ],
        )
    else:
        question = "Now the first key is hidden, with −∞. By how much does the output change (new minus old)? "
        question += "Two decimals are enough."
        key, wrong = (
            change,
            [
                (-weights[0] * values[0], "Its part goes, but softmax shares anew: the others take over its weight."),
                (after, "That is the output then. Asked is the change."),
                (-change if change else None, "The sign: what it is then, minus what it was."),
                (0 if change else None, "It would be 0 if its value were the average of the others, by their weights."),
            ],
        )
    return {
        "kind": "Numeric",
        "prompt": f"A query gives {len(weights)} keys the weights {listed(weights)}. Their values are "
        f"{listed(['v' if same else shown(values[0]), *map(shown, values[1:])])}. {question}",
        "tolerance": 0.01,
        "key": float(f"{key:.4g}"),
        "why_not": slips(*wrong),
        "solution": f"The others then share the whole weight: {shown(others)} / {shown(rest)} = {shown(after)}. "
        + ("If v is just that, nothing changes. " if same else f"It was {shown(before)}: a change of {shown(change)}. ")
        + "What a weight does depends on the values, too: to know what matters, take it away and look.",
    }


TEMPLATES = (
    Template(
        "reading-easy",
        "easy",
        named,
        [
            {"tokens": "abcde", "pattern": "before", "seed": 1},
            {"tokens": "abcabc", "pattern": "copy", "seed": 20},
            {"tokens": "abcdef", "pattern": "mirror", "seed": 40},
            {"tokens": "abcd", "pattern": "first", "seed": 60},
            {"tokens": "abcde", "pattern": "after", "seed": 80},
            {"tokens": "abab", "pattern": "itself", "seed": 90},
        ],
    ),
    Template(
        "reading-medium",
        "medium",
        changed,
        [
            {"layers": 5, "layer": 3, "off": True},
            {"layers": 6, "layer": 2, "off": True, "count": True},
            {"layers": 4, "layer": 2, "off": False},
            {"layers": 7, "layer": 3, "off": False, "count": True},
            {"layers": 6, "layer": 6, "off": True},
        ],
    ),
    Template(
        "reading-hard",
        "hard",
        hidden,
        [
            {"weights": [0.6, 0.3, 0.1], "values": [5, 4, 8]},
            {"weights": [0.8, 0.12, 0.08], "values": [5, 3, 8], "same": True},
            {"weights": [0.5, 0.3, 0.2], "values": [3, 6, 1]},
            {"weights": [0.75, 0.05, 0.2], "values": [2, 10, 0], "same": True},
            {"weights": [0.1, 0.6, 0.3], "values": [30, 2, 4]},
        ],
    ),
)
