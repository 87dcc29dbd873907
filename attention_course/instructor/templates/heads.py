"""Heads: how wide each is, how many parameters they take, and what is mixed where a transpose is forgotten."""

from typing import Any

import torch

from attention_course.instructor.templates.template import Slip, Template, slips


def width(asked: str, D: int, H: int) -> dict[str, Any]:
    """Ask for one of the model's width, the number of heads, and a head's width, given the two others."""
    d = D // H
    known = {"D": f"a width of D = {D}", "H": f"H = {H} heads", "d": f"d = {d} numbers in each head"}
    question = {
        "d": "How many numbers does a query have in one head?",
        "D": "How wide is the model?",
        "H": "How many heads are there?",
    }
    wrong: dict[str, list[Slip]] = {
        "d": [
            (D * H, f"The {H} heads share the {D} numbers: divide."),
            (D, "That would be one head. The heads share the width, they do not repeat it."),
            (H, "That is how many heads there are."),
        ],
        "D": [
            (d / H, "The heads stand side by side in a token's vector: multiply."),
            (d + H, "Each head adds its own d numbers: multiply."),
            (d, "That is one head. Side by side they make the whole width."),
        ],
        "H": [
            (D * d, "The heads share the width: divide."),
            (D, "That would be heads of a single number."),
            (D - d, f"How many times do {d} numbers go into {D}?"),
        ],
    }
    two = [text for name, text in known.items() if name != asked]
    return {
        "kind": "Numeric",
        "prompt": f"Ordinary multi-head attention has {two[0]} and {two[1]}. {question[asked]}",
        "key": {"d": d, "D": D, "H": H}[asked],
        "why_not": slips(*wrong[asked]),
        "solution": f"D = H · d: {D} = {H} · {d}.",
    }


def parameters(D: int, H: int, kv: int = 0, bias: bool = False, before: int = 0) -> dict[str, Any]:
    """Ask for the parameters of multi-head attention, or, with `before` heads once, for how many more there are now.

    `kv` is the number of KV heads, 0 for as many as there are heads.
    """
    d, square = D // H, D * D
    narrow = d * kv or D  # how many numbers W_K and W_V make
    key = 2 * square + 2 * D * narrow + (2 * D + 2 * narrow if bias else 0)
    matrices = "W_Q, W_K, W_V and W_O"
    wrong: list[Slip]
    if before:
        prompt = (
            f"Attention of width D = {D} with {matrices}, no biases, gets H = {H} heads in place of {before}; D stays. "
        )
        prompt += "How many **more** parameters does it have then?"
        wrong = [
            (key * (H - before), "The heads share the width: each is narrower in turn."),
            (key, "That is how many there are, before and after. Asked is by how many more."),
            (key // before * (H - before), "So many belong to that many heads of before. The new heads are narrower."),
        ]
    elif kv:
        prompt = (
            f"Attention of width D = {D} has {H} query heads that share {kv} KV head{'s' if kv > 1 else ''}. How many "
        )
        prompt += f"parameters do {matrices} have together? There are no biases."
        wrong = [
            (4 * square, "W_K and W_V are narrower here: they make keys and values for the KV heads only."),
            (2 * square + D * narrow, "Keys **and** values: there are two narrow matrices."),
            (4 * D * narrow, "W_Q and W_O stay as they are: there are as many query heads as ever."),
        ]
    else:
        prompt = f"Attention of width D = {D} has H = {H} heads. How many parameters do {matrices} have, "
        prompt += f"all heads together, {'each with its bias' if bias else 'without biases'}?"
        wrong = [
            (key * H, "The heads share the width: W_Q holds the columns of all of them, side by side."),
            (key // H, f"That is divided by H = {H}. Asked are all heads together."),
            (key * 3 // 4, "That leaves out W_O."),
            (4 * square if bias else None, "That leaves out the biases, one number for each column."),
        ]
    return {
        "kind": "Numeric",
        "prompt": prompt,
        "key": 0 if before else key,
        "why_not": slips(*wrong),
        "solution": f"W_Q and W_O are {D} × {D}, W_K and W_V {D} × {narrow}{', and biases' if bias else ''}: "
        f"{key} numbers together." + (" H only says how columns are grouped, so nothing is added." if before else ""),
    }


def mixed(T: int, H: int, d: int, place: tuple[int, ...]) -> dict[str, Any]:
    """Ask which token's number stands at a place, where heads are split, or joined, without `transpose`.

    A place of three numbers is one in heads (H, T, d), a place of two is one in joined (T, H·d).
    """
    x = torch.arange(T)[:, None].expand(T, H * d)
    split = len(place) == 3
    heads = x.reshape(H, T, d) if split else x.view(T, H, d).transpose(0, 1)
    made = heads if split else heads.reshape(T, H * d)
    token, key = place[-2], int(made[place])
    name = f"{'heads' if split else 'joined'}[{', '.join(map(str, place))}]"
    start = f"import torch\n\nx = torch.arange({T})[:, None].expand({T}, {H * d})  # row t is full of the number t\n"
    head = place[0] if split else place[1] // d
    piece = place[0] * T + place[1] if split else place[0] * H + place[1] // d
    return {
        "kind": "Numeric",
        "prompt": f"{T} tokens, {H} heads of {d} numbers. Somebody forgot a `transpose` where the heads are "
        f"{'split' if split else 'joined'}. Which number is `{name}`?",
        "code": start
        + (
            f"heads = x.reshape({H}, {T}, {d})"
            if split
            else f"heads = x.view({T}, {H}, {d}).transpose(0, 1)  # as it should be\n"
            f"joined = heads.reshape({T}, {H * d})"
        ),
        "key": key,
        "why_not": slips(
            (token, "That would be so with `transpose`. `reshape` alone reads on, row by row, and swaps nothing."),
            (
                None if piece in (token, key) else piece,
                "That is which piece it is, counted from the beginning. Which token does this piece belong to?",
            ),
            (None if head in (token, key) else head, "That counts heads. The numbers in `x` count tokens."),
        ),
        "solution": f"`reshape` reads pieces of {d} numbers one after the other, and this is piece {piece}, from 0. "
        + (
            f"In `x` each token has {H} pieces, one behind the other: {piece} // {H} = {key}."
            if split
            else f"In `heads` the {T} tokens of head 0 come first, then those of head 1: {piece} % {T} = {key}."
        ),
    }


TEMPLATES = (
    Template(
        "heads-easy",
        "easy",
        width,
        [
            {"asked": "d", "D": 96, "H": 8},
            {"asked": "D", "D": 48, "H": 6},
            {"asked": "H", "D": 80, "H": 5},
            {"asked": "d", "D": 60, "H": 4},
            {"asked": "D", "D": 72, "H": 3},
        ],
    ),
    Template(
        "heads-medium",
        "medium",
        parameters,
        [
            {"D": 12, "H": 3},
            {"D": 20, "H": 5, "before": 2},
            {"D": 8, "H": 4, "kv": 1},
            {"D": 10, "H": 2, "bias": True},
            {"D": 30, "H": 6, "kv": 2},
        ],
    ),
    Template(
        "heads-hard",
        "hard",
        mixed,
        [
            {"T": 4, "H": 2, "d": 3, "place": (1, 2, 0)},
            {"T": 6, "H": 2, "d": 3, "place": (2, 5)},
            {"T": 6, "H": 3, "d": 2, "place": (0, 4, 1)},
            {"T": 8, "H": 4, "d": 2, "place": (1, 5)},
            {"T": 5, "H": 2, "d": 4, "place": (1, 0, 3)},
        ],
    ),
)
