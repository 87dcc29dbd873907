"""Solves position: with tokens that are really shuffled, rotations written with sines, and causal attention."""

import re

import torch
from solvers.reading_prompts import attend, numbers, one

ORDINALS = ["first", "second", "third", "fourth", "fifth"]


def easy(question):
    """Attend with one-hot tokens, shuffle them, and see where each output went."""
    begin, _, rest = question.prompt.partition("Now ")
    names = re.findall(r"`(\w)`", begin)
    outputs = numbers(re.search(r"(?:outputs|and get) (.*?)\. ", begin)[1])
    x, chance = torch.randn(len(names), 6, generator=torch.Generator().manual_seed(1)).double(), [2, 0, 1, 4, 3]
    if "queries stay" in rest:
        order = [place for place in chance if place < len(names)]
        other = torch.randn(len(names), 6, generator=torch.Generator().manual_seed(2)).double()
        before, after = attend(x @ other.T, other), attend(x @ other[order].T, other[order])
        place = names.index(re.search(r"does `(\w)` get", rest)[1])
    else:
        order = [names.index(name) for name in re.findall(r"`(\w)`", rest)]
        before, after = attend(x @ x.T, x), attend(x[order] @ x[order].T, x[order])
        place = ORDINALS.index(re.search(r"\*\*(\w+)\*\*", rest)[1])
    return [outputs[(before - after[place]).abs().sum(dim=1).argmin()]]


def medium(question):
    """Find the distance of places at which a rotated score is the same for vectors of chance."""
    told, _, asked = (
        question.prompt.rpartition(". ") if "Where" not in question.prompt else question.prompt.partition(" Now ")
    )
    known = [tuple(numbers(found)) for found in re.findall(r"[-−]?[\d.]+ \(query at \d+, key at \d+\)", told)]
    if "Where" in asked:
        query, score = one(asked, "query is at N"), one(asked, "score N")
        [(_, i, j)] = [found for found in known if found[0] == score]
        return [next(place for place in range(100) if abs(_rotated(query, place) - _rotated(i, j)) < 1e-4)]
    query, key = numbers(asked)
    return [next(score for score, i, j in known if abs(_rotated(query, key) - _rotated(i, j)) < 1e-4)]


def _rotated(i, j):
    q, k = torch.randn(2, 6, generator=torch.Generator().manual_seed(7)).double()
    total = 0.0
    for pair, speed in enumerate((1, 0.3, 0.07)):
        vectors = []
        for vector, place in ((q, i), (k, j)):
            turn = torch.tensor(place * speed).double()
            a, b = vector[2 * pair], vector[2 * pair + 1]
            vectors.append((a * turn.cos() - b * turn.sin(), a * turn.sin() + b * turn.cos()))
        total += sum(x * y for x, y in zip(*vectors, strict=True))
    return float(total)


def hard(question):
    prompt = question.prompt
    value = one(prompt, "the value N")
    begin = int(one(prompt, "first N tokens")) if "first token has" not in prompt else 1
    T = int(one(prompt, "^N tokens")) if "**no** mask" in prompt else 40
    scores = torch.zeros(T, T)
    if "ln " in prompt:
        scores[:, 0] = torch.tensor(one(prompt, "ln N")).log()
    values = torch.zeros(T, 1)
    values[:begin] = value
    keep = torch.ones(T, T).bool() if "**no** mask" in prompt else torch.ones(T, T).tril().bool()
    outputs = attend(scores, values, keep)[:, 0].tolist()
    if "At which place" in prompt:
        wish = one(prompt, "output N")
        return [min(range(T), key=lambda place: abs(outputs[place] - wish))]
    return [outputs[int(one(prompt, "at place N"))]]
