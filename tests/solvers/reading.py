"""Solves heads read: by comparing maps, by changing a real model's layer, and by hiding a key."""

import re

import torch
from solvers.reading_prompts import after, attend, numbers, one


def easy(question):
    """Read the printed map; for each pattern, add up the weights where it looks."""
    head, *rows = (line.removeprefix("# ") for line in question.code.splitlines())
    tokens, weights = head.split(), [numbers(row) for row in rows]
    n = len(tokens)
    copies = {(i, j + 1) for i in range(n) for j in range(i) if tokens[i] == tokens[j]}
    looks = {
        "looks at itself": {(i, i) for i in range(n)},
        "the one before it": {(i, i - 1) for i in range(1, n)},
        "the one after it": {(i, i + 1) for i in range(n - 1)},
        "the first one": {(i, 0) for i in range(n)},
        "mirrored": {(i, n - 1 - i) for i in range(n)},
        "earlier copy": copies,
    }
    means = {words: sum(weights[i][j] for i, j in cells) / len(cells) for words, cells in looks.items() if cells}
    best, second = sorted(means, key=means.get)[:-3:-1]
    assert means[best] > means[second] + 0.2
    return [next(option.id for option in question.options if best in option.text)]


def medium(question):
    """Change each layer of a model of chance in turn, and see which maps change."""
    layers, off = int(one(question.prompt, "has N layers")), "switched **off**" in question.prompt
    plain = _maps(layers, None, off)
    moved = {
        layer: [n + 1 for n in range(layers) if not torch.allclose(plain[n], maps[n])]
        for layer in range(1, layers + 1)
        for maps in [_maps(layers, layer, off)]
    }
    if "How many" in question.prompt:
        return [len(moved[int(one(question.prompt, "Layer N"))])]
    told = [] if "no attention map" in question.prompt else [int(n) for n in after(question.prompt, "maps of layers")]
    return [next(layer for layer, changed in moved.items() if changed == told)]


def _maps(layers, changed, off):
    chance = torch.Generator().manual_seed(3)
    x, maps = torch.randn(4, 6, generator=chance).double(), []
    for layer in range(1, layers + 1):
        wq, wk, wv = torch.randn(3, 6, 6, generator=chance).double() / 3
        weights = ((x @ wq) @ (x @ wk).T).softmax(dim=-1)
        if layer == changed and not off:
            weights = torch.full_like(weights, 0.25)
        maps.append(weights)
        x = torch.tanh(x + (0 if layer == changed and off else 1) * weights @ x @ wv)
    return maps


def hard(question):
    weights = torch.tensor(after(question.prompt, "the weights"))
    said = re.search(r"values are (.*?)\. ", question.prompt)[1].replace(" and ", ", ").split(", ")
    keep = torch.tensor([[False, True, True]])

    def change(first):
        values = torch.tensor([[first], *([numbers(text)[0]] for text in said[1:])])
        return (attend(weights.log()[None], values, keep) - attend(weights.log()[None], values)).item()

    if said[0] != "v":
        return [change(numbers(said[0])[0])]
    low, high = -100.0, 100.0  # the change falls as v grows
    for _half in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if change(middle) > 0 else (low, middle)
    return [round(low, 6)]
