"""Solves scale: with PyTorch's own attention, by an exact distribution, and by finite differences."""

import math
import re

import torch
import torch.nn.functional as F
from solvers.reading_prompts import after, numbers, one


def easy(question):
    d = int(one(question.prompt, "D = N") / one(question.prompt, "H = N"))
    ratio = _inside(torch.tensor(1.0), d)  # what becomes of a dot product of 1
    if "goes into softmax. " in question.prompt:
        return [one(question.prompt, "N goes into") / ratio]
    return [one(question.prompt, "product is N") * ratio]


def _inside(dot, d):
    """Return what PyTorch's attention makes of a dot product before its softmax, read off its weights."""
    q, k = torch.zeros(1, d), torch.zeros(2, d)
    q[0, 0], k[0, 0] = 1, dot
    weights = F.scaled_dot_product_attention(q, k, torch.eye(2))[0]
    return (weights[0] / weights[1]).log().item()


def medium(question):
    d = int(one(question.prompt, "d = N"))
    sizes = numbers(re.search(r"deviation (.*)\. What", question.prompt)[1])
    a, b = sizes if len(sizes) == 2 else sizes * 2
    divisor = {"√d": d**0.5, "d": d}.get(question.prompt.partition("q · k / ")[2].rstrip("?"), 1)
    chances = [
        math.comb(d, ups) / 2**d for ups in range(d + 1)
    ]  # each number is ±a or ±b, and `ups` products are positive
    variance = sum(chance * (a * b * (2 * ups - d)) ** 2 for ups, chance in enumerate(chances))
    return [variance**0.5 / divisor]


def hard(question):
    weights, words = torch.tensor(after(question.prompt, "the weights")).double(), ["first", "second", "third"]
    found = [words.index(word) for word in re.findall(r"\*\*(\w+)\*\*", question.prompt)]
    of, by = found[0], found[-1]
    nudge = torch.eye(3).double()[by] * 1e-6
    return [((weights.log() + nudge).softmax(0) - (weights.log() - nudge).softmax(0))[of].item() / 2e-6]
