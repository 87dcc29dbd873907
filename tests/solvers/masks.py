"""Solves masks: by counting in loops, and by running what is asked."""

import torch
import torch.nn.functional as F
from solvers.reading_prompts import numbers, one, run


def easy(question):
    keep = run(question.code)["keep"]
    T, S = keep.shape
    sees = [[j <= i + S - T for j in range(S)] for i in range(T)]  # a causal mask, aligned at the end
    if "does query" in question.prompt:
        return [sum(sees[int(one(question.prompt, "does query N"))])]
    if "see key" in question.prompt:
        return [sum(row[int(one(question.prompt, "see key N"))] for row in sees)]
    return [sum(map(sum, sees))]


def medium(question):
    T, padding = int(one(question.prompt, "Of N tokens")), int(one(question.prompt, "(?:first|last) N are"))
    filled = range(padding) if "first" in question.prompt else range(T - padding, T)
    sees = [[j <= i and j not in filled for j in range(T)] for i in range(T)]
    if "see **no** key" in question.prompt:
        return [sum(not any(row) for row in sees)]
    return [
        sum(sees[int(one(question.prompt, "does query N"))]) if "does query" in question.prompt else sum(map(sum, sees))
    ]


def hard(question):
    values = torch.tensor(numbers(question.prompt.partition("values of ")[2].partition(". ")[0])[1:])[:, None]
    keep = run(question.code.splitlines()[0])["keep"]
    query = int(one(question.prompt, "for query N"))
    names = {"torch": torch, "F": F, "v": values, "scores": torch.zeros(keep.shape)}
    names |= {"q": torch.zeros(len(keep), 3), "k": torch.randn(len(values), 3)}
    exec(question.code, names)
    return [names["a"][query].item(), names["b"][query].item(), sum(1 for row in names["c"] if row.isnan().any())]
