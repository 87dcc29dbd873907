"""Masks: read a triangle, a causal mask with padding, and what becomes of a row that sees nothing."""

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F

from attention_course.instructor.templates.template import Template, listed, shown, slips

NOTE = "In `keep`, True = may be seen; rows are queries and columns keys, counted from 0."


def triangle(T: int, S: int, made: str, asked: str, place: int = 0) -> dict[str, Any]:
    """Ask how many keys a query sees, or by how many queries a key is seen, or how many pairs there are."""
    keep = eval(made, {"torch": torch, "T": T, "S": S})
    counts = {"row": int(keep[place].sum()), "column": int(keep[:, place].sum()), "all": int(keep.sum())}
    key = counts[asked]
    question = {
        "row": f"How many keys does query {place} see?",
        "column": f"How many queries see key {place}?",
        "all": "How many numbers of `keep` are True?",
    }[asked]
    other = {"row": counts["column"], "column": counts["row"]} if T == S else {}
    every = {"row": S, "column": T, "all": T * S}[asked]
    return {
        "kind": "Numeric",
        "prompt": f"{question} {NOTE}",
        "code": f"import torch\n\nT, S = {T}, {S}\nkeep = {made}",
        "key": key,
        "why_not": slips(
            (every - key, "That counts those that are hidden."),
            (key - 1 if asked != "all" else None, "The diagonal belongs to it: a token sees itself."),
            (other.get(asked), "Rows are queries, columns are keys: you went along the other."),
            (every, "Then nothing would be hidden."),
        ),
        "solution": {
            "row": f"Row {place} of `keep`, with 1 for True: {_bits(keep[place])}. That is {key}.",
            "column": f"Column {place} of `keep`, downwards, with 1 for True: {_bits(keep[:, place])}. That is {key}.",
            "all": f"Row by row {' + '.join(str(int(row.sum())) for row in keep)} = {key}.",
        }[asked],
    }


def _bits(cells: torch.Tensor) -> str:
    return " ".join(str(int(cell)) for cell in cells)


def padded(T: int, length: int, left: bool, asked: str, place: int = 0) -> dict[str, Any]:
    """Ask about the causal mask of a padded sentence: what a query sees, all pairs, or the queries without a key."""
    first = T - length if left else 0
    keep = torch.ones(T, T).tril().bool() & torch.tensor([first <= key < first + length for key in range(T)])
    seen = keep.sum(dim=1).tolist()
    key = {"row": seen[place], "all": sum(seen), "dead": seen.count(0)}[asked]
    question = {
        "row": f"How many keys does query {place} see?",
        "all": "How many numbers of `keep` are True?",
        "dead": "How many queries see **no** key?",
    }[asked]
    wrong = {
        "row": [
            (place + 1, "That is the causal mask alone: some of these keys are padding."),
            (length, "That is the padding mask alone: some of these keys come later."),
            (key - 1, "A query sees itself, too: the diagonal belongs to the causal mask."),
        ],
        "all": [
            (T * (T + 1) // 2, "That is the causal mask alone; padding is hidden, too."),
            (T * length, "That is the padding mask alone; later keys are hidden, too."),
            (length * (length + 1) // 2, "The queries at padding see keys, too: `real` hides keys, not queries."),
        ],
        "dead": [
            (0 if left else None, "The first query sees itself only, and it is padding."),
            (None if left else T - length, "`real` hides keys. A query at padding still sees the real ones before it."),
            (first + 1 if left else None, f"Query {first} sees itself, and it is no padding."),
            (T, "The last query sees at least one key that is no padding."),
        ],
    }[asked]
    return {
        "kind": "Numeric",
        "prompt": f"Of {T} tokens the {f'first {first}' if left else f'last {T - length}'} are padding. {question} "
        f"{NOTE}",
        "code": f"import torch\n\ncausal = torch.ones({T}, {T}).tril().bool()\n"
        f"real = torch.arange({T}) {f'>= {first}' if left else f'< {length}'}  # which keys are no padding\n"
        "keep = causal & real",
        "key": key,
        "why_not": slips(*wrong),
        "solution": "A key is seen if it is no padding and does not come later than the query. Query by query: "
        f"{listed(seen)}. So the answer is {key}.",
    }


def dead(values: Sequence[float], keep: Sequence[Sequence[int]], query: int) -> dict[str, Any]:
    """Ask what becomes of one query in two ways to mask, and how many are NaN in a third; all scores are 0."""
    mask, v = torch.tensor(keep).bool(), torch.tensor(values, dtype=torch.float32)[:, None]
    T, S = mask.shape
    scores = torch.zeros(T, S)
    large = float((scores.masked_fill(~mask, -1e9).softmax(dim=-1) @ v)[query])
    fused = float(F.scaled_dot_product_attention(torch.zeros(T, 1), torch.zeros(S, 1), v, attn_mask=mask)[query])
    nan = int((scores.masked_fill(~mask, -torch.inf).softmax(dim=-1) @ v).isnan().sum())
    seen = [value for value, kept in zip(values, keep[query], strict=True) if kept]
    plain, total = sum(values) / S, sum(seen or values)
    share = "how many are seen" if seen else f"{S}, since all keys have equal shares"
    sums = (total if len(seen) != 1 else None, f"A value comes with its share only: divide by {share}.")
    happens = (
        f"{listed(seen)}, and with equal scores both ways give the average, {shown(large)}."
        if seen
        else f"nothing. Filled with −10⁹ its scores are equal, so the average of all values comes out, {shown(plain)}; "
        "PyTorch's function gives 0."
    )
    return {
        "kind": "Numeric",
        "prompt": f"The values of {S} keys are {listed(values)}. All scores are 0; True = may be seen. What comes "
        f"out for query {query} (counted from 0) if −10⁹ is filled in, and what from PyTorch's own function? And how "
        f"many of the {T} outputs are NaN if −∞ is filled in?",
        "code": f"keep = torch.tensor({[[bool(cell) for cell in row] for row in keep]})\n"
        "a = scores.masked_fill(~keep, -1e9).softmax(dim=-1) @ v\n"
        "b = F.scaled_dot_product_attention(q, k, v, attn_mask=keep)  # q is 0\n"
        "c = scores.masked_fill(~keep, -torch.inf).softmax(dim=-1) @ v",
        "labels": [f"`a[{query}]`", f"`b[{query}]`", "NaN in `c`"],
        "tolerance": 0.01,
        "key": [f"{large:.6g}", f"{fused:.6g}", str(nan)],
        "why_not": [
            slips(
                (None if seen else 0, "Equal numbers, be they −10⁹, have equal shares: hidden values come through."),
                (plain if seen else None, "That is the average of all values; this query sees some of them only."),
                sums,
            ),
            slips(
                (plain, "PyTorch's function hides with −∞: no hidden value comes through."), *([sums] if seen else [])
            ),
            slips(
                (T - nan, "Only a row without any key becomes NaN: there softmax divides 0 by 0."),
                (S * nan, "A query has one output here, a single number."),
                (0, "A row of nothing but −∞ is 0 / 0 in softmax, and that is NaN."),
            ),
        ],
        "solution": f"Query {query} sees {happens} With −∞ each row without a key is NaN: {nan}.",
    }


TEMPLATES = (
    Template(
        "masks-easy",
        "easy",
        triangle,
        [
            {"T": 6, "S": 6, "made": "torch.ones(T, S).tril().bool()", "asked": "row", "place": 4},
            {"T": 7, "S": 7, "made": "torch.ones(T, S).tril().bool()", "asked": "column", "place": 4},
            {"T": 5, "S": 5, "made": "~torch.ones(T, S).triu(diagonal=1).bool()", "asked": "all"},
            {"T": 9, "S": 9, "made": "~torch.ones(T, S).triu(diagonal=1).bool()", "asked": "row", "place": 6},
            {"T": 3, "S": 8, "made": "torch.ones(T, S).tril(diagonal=S - T).bool()", "asked": "row", "place": 0},
        ],
    ),
    Template(
        "masks-medium",
        "medium",
        padded,
        [
            {"T": 8, "length": 5, "left": True, "asked": "row", "place": 5},
            {"T": 6, "length": 3, "left": False, "asked": "all"},
            {"T": 7, "length": 3, "left": True, "asked": "dead"},
            {"T": 9, "length": 6, "left": True, "asked": "row", "place": 7},
            {"T": 6, "length": 2, "left": False, "asked": "dead"},
        ],
    ),
    Template(
        "masks-hard",
        "hard",
        dead,
        [
            {"values": [2, 4, 9], "keep": [[0, 0, 0], [1, 1, 0], [1, 1, 1]], "query": 0},
            {
                "values": [1, 7, 2, 6],
                "keep": [[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 1, 0], [0, 0, 0, 0], [1, 0, 0, 1]],
                "query": 1,
            },
            {"values": [8, 2, 8], "keep": [[0, 0, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0]], "query": 1},
            {"values": [-3, 9, 0], "keep": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [0, 0, 0], [0, 0, 0]], "query": 3},
            {"values": [10, -2, 3, 5], "keep": [[0, 0, 0, 0], [1, 0, 0, 1], [0, 1, 0, 0]], "query": 0},
        ],
    ),
)
