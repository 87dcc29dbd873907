"""Position: shuffled tokens, RoPE under a common shift, and what a causal mask tells of the order."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import torch

from attention_course.instructor.templates.template import ORDINALS, Slip, Template, listed, shown, slips

NAMES = "abcde"


def shuffled(outputs: Sequence[float], order: Sequence[int], place: int, context: bool = False) -> dict[str, Any]:
    """Ask for an output after the tokens were shuffled, or, in cross-attention, after the context was."""
    names = [f"`{NAMES[token]}`" for token in range(len(outputs))]
    new = [names[token] for token in order]
    key = outputs[place] if context else outputs[order[place]]
    if context:
        told = (
            f"Cross-attention without positions and without a mask: the queries {listed(names)} look at {len(order)} "
        )
        told += f"other tokens and get {listed(outputs)}. Now these other tokens, with their keys and values, come in "
        told += f"another order: {listed([f'the {ORDINALS[token]}' for token in order])}. The queries stay. "
        question = f"What does {names[place]} get?"
        wrong = [(outputs[order[place]], "The queries did not move. Keys and values change places together.")]
        solution = "A query gives a key the same weight wherever it stands, and the value moves along."
    else:
        told = f"Self-attention without positions and without a mask gives the tokens {listed(names)} the outputs "
        told += f"{listed(outputs)}. Now the same tokens come in the order {listed(new)}. "
        question = f"What is the output at the **{ORDINALS[place]}** place?"
        wrong = [
            (outputs[place], "An output belongs to a token, and moves with it."),
            (
                outputs[order.index(place)],
                f"The other direction: at the {ORDINALS[place]} place stands {new[place]} now.",
            ),
        ]
        solution = f"At the {ORDINALS[place]} place stands {new[place]}. It sees the same tokens as before."
    average = sum(outputs) / len(outputs)
    return {
        "kind": "Numeric",
        "prompt": told + question,
        "key": key,
        "why_not": slips(*wrong, (average, "Nothing is averaged over the queries: each has an output of its own.")),
        "solution": f"{solution} So it is {shown(key)}.",
    }


def shifted(seed: int, pairs: Sequence[tuple[int, int]], asked: tuple[int, int], back: bool = False) -> dict[str, Any]:
    """Ask for a score with RoPE, or, back, where the key stands, from scores at other (query, key) places."""
    q, k = torch.randn(2, 8, generator=torch.Generator().manual_seed(seed))
    scores = {pair: round(float(turned(q, pair[0]) @ turned(k, pair[1])), 2) for pair in [*pairs, asked]}
    key, gap = scores[asked], asked[0] - asked[1]
    same = next(pair for pair in pairs if pair[0] - pair[1] == gap)
    told = listed([f"{shown(scores[pair])} (query at {pair[0]}, key at {pair[1]})" for pair in pairs])
    why = f"With RoPE only the distance counts, and which of the two comes first: as at {same[0]} and {same[1]}"
    others = {pair: pair[0] - pair[1] for pair in pairs if pair != same}
    turned_round = "As far apart, but the key is on the other side of the query: it is turned the other way."
    wrong: list[Slip]
    if back:
        asks = (
            f"Now the query is at {asked[0]}, and the score {shown(key)}, at one of these distances. Where is the key?"
        )
        wrong = [
            (same[1], "That is where it was; the query has moved, so the key has to move along."),
            *[
                (
                    asked[0] - other,
                    turned_round if other == -gap else f"At that distance the score is {shown(scores[pair])}.",
                )
                for pair, other in others.items()
            ],
        ]
    else:
        asks = f"What is the score with the query at {asked[0]} and the key at {asked[1]}?"
        wrong = [
            (
                scores[pair],
                turned_round if other == -gap else f"There they are {abs(other)} places apart, not {abs(gap)}.",
            )
            for pair, other in others.items()
        ]
    return {
        "kind": "Numeric",
        "prompt": f"A query vector and a key vector are put at several places. With RoPE their scores are {told}. "
        f"{asks}",
        "tolerance": 0.02,
        "key": asked[1] if back else key,
        "why_not": slips(*wrong),
        "solution": f"{why}. So {f'the key is at {asked[1]}' if back else f'it is {shown(key)}'}.",
    }


def turned(vector: torch.Tensor, place: int, base: float = 10_000) -> torch.Tensor:
    """Return a vector of d numbers, d even, whose pairs (0, 1), (2, 3), … are turned as RoPE turns them at a place."""
    d = len(vector)
    angles = place * base ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    pairs = torch.view_as_complex(vector.double().view(-1, 2)) * torch.polar(torch.ones_like(angles), angles)
    return torch.view_as_real(pairs).flatten()


def leak(value: int, asked: str, at: int, begin: int = 1, power: int = 1, T: int = 0) -> dict[str, Any]:
    """Ask for an output, or for its place, where only the first tokens have a value; with T there is no mask.

    The first `begin` tokens have the value, and their powers of e are `power`; all the others 0, and 1.
    """
    seen = T or at + 1
    first = min(begin, seen)
    total = first * power + seen - first
    output = Fraction(value * first * power, total)
    exact = shown(float(output), 3)
    who = "The first token has" if begin == 1 else f"The first {begin} tokens have"
    scores = (
        f"The first token's score is ln {power} for every query, all other scores are 0"
        if power > 1
        else "All scores are 0"
    )
    where = f"{T} tokens, **no** mask" if T else "A causal mask"
    question = f"What is the output at place {at}?" if asked == "output" else f"At which place is the output {exact}?"
    wrong: dict[str, list[Slip]] = {
        "place": [
            (at + 1, "At place t there are t + 1 tokens to see: places count from 0, and a token sees itself."),
            (total - 1 if power > 1 else None, f"The total, too, has {power} for the first token, in place of 1."),
            (total if power > 1 else None, "That is the total of the powers of e. At which place is it so large?"),
        ],
        "output": [
            (value, "Other tokens are seen as well, so the share of the first is smaller than 1."),
            (0, "That is the token's own value; it also collects from the first."),
            (
                value * begin / (at + 1) if T else value * first * power / (total - 1),
                "Without a mask every token sees all, the later ones, too." if T else "A token sees itself, too.",
            ),
        ],
    }
    return {
        "kind": "Numeric",
        "prompt": f"{where}, and no positions. {scores}. {who} the value {value}, all others 0. {question} (Places "
        "count from 0.)",
        "tolerance": 0.02,
        "key": at if asked == "place" else f"{float(output):.4g}",
        "why_not": slips(*wrong[asked]),
        "solution": f"At place {at}, {seen} tokens are seen, and the powers of e add up to {total}. So the output is "
        f"{value} · {first * power}/{total} = {exact}. "
        + (
            "It is the same at every place."
            if T
            else "It falls from place to place: with a causal mask, order leaks in."
        ),
    }


TEMPLATES = (
    Template(
        "position-easy",
        "easy",
        shuffled,
        [
            {"outputs": [5, 1, 3, 8], "order": [2, 0, 3, 1], "place": 1},
            {"outputs": [4, 9, 2, 6], "order": [3, 2, 0, 1], "place": 1, "context": True},
            {"outputs": [7, 2, 6, 4, 3], "order": [1, 4, 0, 2, 3], "place": 3},
            {"outputs": [1, 8, 4, 3], "order": [3, 0, 1, 2], "place": 0},
            {"outputs": [2, 5, 7, 1, 9], "order": [4, 3, 1, 0, 2], "place": 2, "context": True},
        ],
    ),
    Template(
        "position-medium",
        "medium",
        shifted,
        [
            {"seed": 0, "pairs": [(9, 4), (4, 9), (7, 4)], "asked": (20, 15)},
            {"seed": 1, "pairs": [(3, 1), (6, 2), (2, 5)], "asked": (30, 26), "back": True},
            {"seed": 2, "pairs": [(8, 2), (5, 1), (2, 8)], "asked": (11, 17)},
            {"seed": 5, "pairs": [(1, 8), (9, 5), (8, 1)], "asked": (40, 47), "back": True},
            {"seed": 4, "pairs": [(12, 10), (6, 3), (10, 12)], "asked": (3, 0)},
        ],
    ),
    Template(
        "position-hard",
        "hard",
        leak,
        [
            {"value": 1, "asked": "place", "at": 7},
            {"value": 12, "asked": "output", "at": 5},
            {"value": 1, "asked": "place", "at": 6, "power": 4},
            {"value": 24, "asked": "output", "at": 3, "T": 8},
            {"value": 6, "asked": "output", "at": 7, "begin": 2},
        ],
    ),
)
