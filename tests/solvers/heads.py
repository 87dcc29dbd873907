"""Solves heads: with nn.MultiheadAttention, with layers whose parameters are counted, and by tagging numbers."""

import re

from solvers.reading_prompts import numbers, one, run
from torch import nn


def easy(question):
    known = {name: int(one(question.prompt, f"{name} = N")) for name in "DHd" if f"{name} = " in question.prompt}
    if "d" not in known:
        return [nn.MultiheadAttention(known["D"], known["H"]).head_dim]
    tries = [(D, H) for D in range(1, 200) for H in range(1, 30) if D % H == 0 and known["d"] == D // H]
    return (
        [next(H for D, H in tries if known["D"] == D)]
        if "D" in known
        else [next(D for D, H in tries if known["H"] == H)]
    )


def medium(question):
    D = int(one(question.prompt, "D = N"))
    if "in place of" in question.prompt:
        count = lambda H: sum(p.numel() for p in nn.MultiheadAttention(D, H, bias=False).parameters())  # noqa: E731
        now, before = int(one(question.prompt, "H = N")), int(one(question.prompt, "in place of N"))
        return [count(now) - count(before)]
    bias = "with its bias" in question.prompt
    if "KV head" not in question.prompt:
        heads = int(one(question.prompt, "H = N"))
        return [sum(p.numel() for p in nn.MultiheadAttention(D, heads, bias=bias).parameters())]
    heads, kv = int(one(question.prompt, "N query heads")), int(one(question.prompt, "share N KV"))
    layers = [nn.Linear(D, out, bias=bias) for out in (D, D // heads * kv, D // heads * kv, D)]
    return [sum(p.numel() for layer in layers for p in layer.parameters())]


def hard(question):
    names = run(question.code)
    place = tuple(map(int, numbers(re.search(r"`\w+(\[.*?\])`", question.prompt)[1])))
    wanted = "heads" if "`heads[" in question.prompt else "joined"
    T, D = names["x"].shape
    flat = names["x"].flatten().tolist() if wanted == "heads" else names["heads"].flatten().tolist()
    if wanted == "joined":
        return [flat[place[0] * D + place[1]]]
    _, _, d = names["heads"].shape
    return [flat[(place[0] * T + place[1]) * d + place[2]]]
