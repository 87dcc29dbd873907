"""Position: how the score of a query and a key depends on their places, where these are put in in three ways.

The vectors have eight numbers, which stand below, and the score is q·k/√d. Sinusoids are added to both vectors (with
sine and cosine side by side); RoPE turns the pairs of columns 2i and 2i + 1; ALiBi lowers the score by a slope times
the distance, 2^(−8i/H) in head i of H, from 1. The same numbers as in `page/js/explorers/position.js`.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attention_course.exercises.explorers.checking import check_names, check_one_of, check_whole
from attention_course.exercises.explorers.explorer import State

if TYPE_CHECKING:
    from attention_course.pictures.picture import Picture

Vector = Sequence[float]
Q = (1.0, 0.4, 0.8, -0.2, 0.6, 0.5, -0.4, 0.9)
K = (0.9, 0.6, 0.7, 0.1, 0.5, 0.2, -0.6, 0.8)
BASE, HEADS, LAST, FARTHEST = 10_000, 8, 32, 100
SCHEMES = {"sinusoid": "Sinusoids added", "rope": "RoPE", "alibi": "ALiBi"}


class Position:
    """A state has a `scheme`, the places of `query` and `key`, a `shift` of both, and a `head`, for ALiBi's slope."""

    def check(self, state: State) -> None:
        """Raise ValueError where this is no state."""
        check_names(state, "scheme", "query", "key", "shift", "head")
        check_one_of(state, "scheme", tuple(SCHEMES))
        check_whole(state, "query", 0, LAST)
        check_whole(state, "key", 0, LAST)
        check_whole(state, "shift", 0, FARTHEST)
        check_whole(state, "head", 1, HEADS)

    def words(self, state: State) -> str:
        """Say the score here, and whether it is the same when both are shifted."""
        query, key, shift = state["query"], state["key"], state["shift"]
        here, there = (score(state["scheme"], query + by, key + by, state["head"]) for by in (0, shift))
        head = f", head {state['head']} of {HEADS}, slope 1/{2 ** state['head']}" if state["scheme"] == "alibi" else ""
        said = f"{SCHEMES[state['scheme']]}{head}. Query at {query}, key at {key}: distance {signed(query - key, 0)}, "
        said += f"score {signed(here)}. "
        said += "The key stands after the query: a causal mask hides it. " if key > query else ""
        if not shift:
            return said + "Shift both to see whether the score stays."
        said += f"Both shifted by {shift}, to {query + shift} and {key + shift}: score {signed(there)}, "
        if abs(here - there) < 1e-9:
            return said + "the same."
        own = signed(dot(waves(query), waves(key)) / math.sqrt(len(Q)))
        return said + f"not the same: {apart(here, there)}. What the sinusoids give by themselves, {own}, stays."

    def picture(self, state: State) -> "Picture":
        """Return the curves of the scores against the distance, here and shifted, with a dot where the key stands."""
        from attention_course.pictures.curves import curves

        here, there = curve(state, 0), curve(state, state["shift"])
        limit = limit_of([*here, *there])
        xs = [(state["query"] - key + LAST) / (2 * LAST) for key in range(LAST + 1)]

        def points(scores: Sequence[float]) -> list[tuple[float, float]]:
            return [(x, (one / limit + 1) / 2) for x, one in zip(xs, scores, strict=True)]

        drawn = {f"shifted by {state['shift']}": points(there), "not shifted": points(here)}
        stands = points(there)[state["key"]]
        ends = (f"−{LAST}", "distance from key to query", f"{LAST}"), (f"−{limit}", "score", f"{limit}")
        return curves(drawn, ends, [stands], in_words(here, there, state["shift"]))

    def samples(self) -> Sequence[State]:
        """Return states to try."""
        start = {"scheme": "rope", "query": 12, "key": 5, "shift": 0, "head": 3}
        shifted = [{**start, "scheme": scheme, "shift": 20} for scheme in SCHEMES]
        return [start, *shifted, {**start, "key": 32, "shift": 1}]


def score(scheme: str, query: int, key: int, head: int) -> float:
    """Return the score of a query and a key at their places."""
    if scheme == "rope":
        return dot(turned(Q, query), turned(K, key)) / math.sqrt(len(Q))
    if scheme == "sinusoid":
        return dot(added(Q, query), added(K, key)) / math.sqrt(len(Q))
    return dot(Q, K) / math.sqrt(len(Q)) - 2 ** (-8 * head / HEADS) * (query - key)


def curve(state: State, shift: int) -> list[float]:
    """Return the scores of the query with a key at each place from 0 to 32, all of them shifted."""
    return [score(state["scheme"], state["query"] + shift, key + shift, state["head"]) for key in range(LAST + 1)]


def in_words(here: Sequence[float], there: Sequence[float], shift: int) -> str:
    """Say the scores with some of the keys."""
    told = [", ".join(signed(one) for one in scores[:: LAST // 4]) for scores in (here, there)]
    return f"Scores with keys at 0, 8, 16, 24 and 32: {told[0]}; both shifted by {shift}: {told[1]}."


def limit_of(scores: Sequence[float]) -> int:
    """Return how far up and down the picture goes: a whole number, 2 at least."""
    return max(2, math.ceil(max(map(abs, scores))))


def angles(place: int) -> list[float]:
    """Return the angle of each pair of columns."""
    return [place * BASE ** (-2 * i / len(Q)) for i in range(len(Q) // 2)]


def turned(vector: Vector, place: int) -> list[float]:
    """Return a vector whose pairs of neighbours are turned by their angles."""
    pairs = [
        (a * math.cos(angle) - b * math.sin(angle), a * math.sin(angle) + b * math.cos(angle))
        for angle, a, b in zip(angles(place), vector[0::2], vector[1::2], strict=True)
    ]
    return [number for pair in pairs for number in pair]


def added(vector: Vector, place: int) -> list[float]:
    """Return a vector to which the sinusoids of a place were added."""
    return [number + wave for number, wave in zip(vector, waves(place), strict=True)]


def waves(place: int) -> list[float]:
    """Return the sinusoids of a place."""
    return [wave for angle in angles(place) for wave in (math.sin(angle), math.cos(angle))]


def dot(one: Vector, other: Vector) -> float:
    """Return a dot product."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def signed(number: float, decimals: int = 2) -> str:
    """Return a number with a real minus, and none before 0."""
    text = f"{abs(number):.{decimals}f}"
    return f"−{text}" if number < 0 and float(text) else text


def apart(one: float, other: float) -> str:
    """Say by how much two scores differ."""
    return f"they differ by {abs(one - other):.2f}" if abs(one - other) >= 0.005 else "they differ by less than 0.01"
