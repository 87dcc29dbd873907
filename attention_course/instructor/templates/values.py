"""Values and cross-attention: who gives queries, keys and values, which shapes follow, what additive scores cost."""

from collections.abc import Mapping
from typing import Any

from attention_course.instructor.templates.template import Template, slips

SCENES = (
    "A translator has written {asking} German tokens; in cross-attention they look at {seen} English ones.",
    "A picture of {asking} patches and its title of {seen} words: each patch looks at the words.",
    "A translator reads {other} English tokens and has written {asking} German ones. Take its layer of "
    "**self**-attention over the German tokens.",
    "{asking} learned vectors sum up a text: in cross-attention they collect from its {seen} tokens.",
    "A model hears {seen} frames of sound and has written {asking} letters. Each letter looks at the frames to find "
    "out what comes next.",
)


def roles(scene: int, asking: int, seen: int, other: int = 0) -> dict[str, Any]:
    """Ask how many queries, keys and values there are; `other` is how many do neither, and may be mixed up."""
    other = other or seen
    mixed = other if asking == seen else asking
    return {
        "kind": "Numeric",
        "prompt": SCENES[scene].format(asking=asking, seen=seen, other=other)
        + " How many queries, keys and values are there?",
        "labels": ["queries", "keys", "values"],
        "key": [str(asking), str(seen), str(seen)],
        "why_not": [
            slips(
                (other, "There is a query for each token that looks for something."),
                (asking + other, "They are not thrown together: some only answer."),
            ),
            slips(
                (mixed, "Keys belong to what is looked at."),
                (asking * seen, "That is how many weights there are: a key is made once, for all queries."),
            ),
            slips(
                (mixed, "A weight says how much of a key's value is taken: a value for each key."),
                (1, "Each key has a value of its own; the output is their mixture."),
            ),
        ],
        "solution": f"{asking} look for something: {asking} queries. {seen} are looked at: {seen} keys, {seen} values.",
    }


def shapes(sizes: Mapping[str, int], asks: str, answers: str) -> dict[str, Any]:
    """Ask for the shapes of weights and output of attention from `asks`, x or context, to `answers`."""
    lead = ["B"] if "B" in sizes else []
    of = lambda *last: f"({', '.join([*lead, *last])})"  # noqa: E731
    tokens, width = {"x": "T", "context": "S"}, {"x": "D", "context": "C"}
    T, S, inner = tokens[asks], tokens[answers], width[answers]
    other = "S" if T == "T" else "T"
    return {
        "kind": "Shapes",
        "prompt": "Which shapes do `weights` and `out` have? You may answer in letters or in numbers.",
        "sizes": dict(sizes),
        "program": "import torch\n\n"
        f"x = torch.randn{of('T', 'D')}\ncontext = torch.randn{of('S', 'C')}\n"
        f"q = {asks} @ torch.randn({width[asks]}, d)\n"
        f"k = {answers} @ torch.randn({inner}, d)\n"
        f"v = {answers} @ torch.randn({inner}, e)\n"
        "weights = (q @ k.mT / d**0.5).softmax(dim=-1)\nout = weights @ v",
        "tensors": ["weights", "out"],
        "key": {"weights": of(T, S), "out": of(T, "e")},
        "why_not": {
            "weights": slips(
                (of(S, T) if S != T else of(T, other), f"A row for each query, {T}; a column for each key, {S}."),
                (of(other, other), f"The queries come from `{asks}`, and there are {T} of them."),
                (of(T, "d"), "That is `q`. In the product d vanishes, and a number for each key stays."),
                (of(S, S) if S not in (T, other) else None, f"The left factor is `q`, with {T} rows."),
            ),
            "out": slips(
                (of(other, "e"), f"There is an output for each query, and of these there are {T}."),
                (of(T, "d"), "Values are added up, not keys, and a value has e numbers."),
                (of(T, inner), f"`v` is made of `{answers}`, but a value has e numbers, not {inner}."),
                (of(T, S), f"That is `weights`. Times `v` the {S} vanishes, and the e numbers of a value stay."),
            ),
        },
        "solution": f"`q` is made of `{asks}`, so there are {T} queries; `k` and `v` of `{answers}`, so there are {S} "
        f"keys. ({T}, d) times (d, {S}) is ({T}, {S}), and times ({S}, e) that is ({T}, e)."
        + (" B is carried along." if lead else ""),
    }


COUNTED = {
    "tanh": "How often is **tanh of one number** computed?",
    "project": "How many **multiplications** do the products W_q q and W_k k take?",
    "w": "How many **multiplications** take place with the numbers of **w**?",
    "dot": "Compare with dot products, q · k, in place of this: how many **multiplications** would those take?",
}


def additive(T: int, S: int, d: int, h: int, asked: str) -> dict[str, Any]:
    """Ask how many operations additive scores take."""
    pairs, tokens = T * S, T + S
    key = {"tanh": pairs * h, "project": tokens * d * h, "w": pairs * h, "dot": pairs * d}[asked]
    per_pair = [
        (tokens * h, "That is a vector for each token. Only the **sum** of two goes into tanh, so for each pair anew."),
        (pairs, "That is one for each pair. For each pair there is a vector of h numbers."),
        (pairs * d, f"The vectors have h = {h} numbers once they are projected, not d."),
    ]
    wrong = {
        "tanh": per_pair,
        "w": per_pair,
        "project": [
            (pairs * d * h, "A token is projected once, and its vector is used for all pairs that it belongs to."),
            (tokens * h, "Each of the h numbers is a dot product, of d multiplications."),
            (T * d * h, "The keys are projected, too."),
        ],
        "dot": [
            (pairs * h, "A dot product needs no hidden vector: it multiplies the d numbers of q and k."),
            (pairs, "Each of the scores takes d multiplications."),
            (tokens * d, "Each query meets each key: that makes T · S dot products, not T + S."),
        ],
    }[asked]
    sums = {
        "tanh": f"T · S · h = {T} · {S} · {h}: for each query and each key a vector of {h} numbers, w · tanh(…) of it",
        "w": f"T · S · h = {T} · {S} · {h}: each query with each key makes a vector of {h} numbers, and w weighs each",
        "project": f"(T + S) · d · h = {tokens} · {d} · {h}: each token is projected once",
        "dot": f"T · S · d = {T} · {S} · {d}: each query with each key, number by number",
    }[asked]
    return {
        "kind": "Numeric",
        "prompt": f"Additive scores w · tanh(W_q q + W_k k) of T = {T} queries with S = {S} keys. q and k have d = {d} "
        f"numbers; W_q and W_k make h = {h} of them, **once** for each query and each key. {COUNTED[asked]}",
        "key": key,
        "why_not": slips(*wrong),
        "solution": f"{sums}. That makes {key}.",
    }


TEMPLATES = (
    Template(
        "values-easy",
        "easy",
        roles,
        [
            {"scene": 0, "asking": 3, "seen": 7},
            {"scene": 1, "asking": 16, "seen": 6},
            {"scene": 2, "asking": 4, "seen": 4, "other": 11},
            {"scene": 3, "asking": 8, "seen": 100},
            {"scene": 4, "asking": 9, "seen": 50},
        ],
    ),
    Template(
        "values-medium",
        "medium",
        shapes,
        [
            {"sizes": {"B": 2, "T": 3, "D": 8, "S": 7, "C": 10, "d": 4, "e": 5}, "asks": "x", "answers": "context"},
            {"sizes": {"T": 4, "D": 12, "S": 9, "C": 6, "d": 3, "e": 8}, "asks": "context", "answers": "x"},
            {
                "sizes": {"B": 3, "T": 5, "D": 9, "S": 6, "C": 7, "d": 2, "e": 4},
                "asks": "context",
                "answers": "context",
            },
            {"sizes": {"B": 4, "T": 6, "D": 5, "S": 3, "C": 9, "d": 2, "e": 7}, "asks": "context", "answers": "x"},
            {"sizes": {"T": 8, "D": 6, "S": 2, "C": 4, "d": 5, "e": 3}, "asks": "x", "answers": "context"},
        ],
    ),
    Template(
        "values-hard",
        "hard",
        additive,
        [
            {"T": 4, "S": 5, "d": 6, "h": 3, "asked": "tanh"},
            {"T": 2, "S": 8, "d": 4, "h": 5, "asked": "project"},
            {"T": 6, "S": 10, "d": 5, "h": 2, "asked": "dot"},
            {"T": 3, "S": 7, "d": 8, "h": 4, "asked": "w"},
            {"T": 5, "S": 4, "d": 3, "h": 10, "asked": "project"},
        ],
    ),
)
