"""Solves scores: by running the code, by loops, and with real vectors in place of weights."""

import re

import torch
from solvers.reading_prompts import after, literal, logs, numbers, run


def easy(question):
    q, k = (run(question.program_text())[name] for name in "qk")
    first, second = ("...td,...te->...de" if "q.mT" in question.program else "...td,...sd->...ts"), (q, k)
    return [str(tuple(torch.einsum(first, *second).shape))]


def medium(question):
    q, k = (literal(question.code, rf"{name} = torch.tensor\(") for name in "qk")
    i, j = map(int, numbers(re.search(r"scores(\[\d+, \d+\])", question.prompt)[1]))
    row, column = (k[i], q[j]) if "k @ q.T" in question.code else (q[i], k[j])
    return [sum(a * b for a, b in zip(row, column, strict=True))]


def hard(question):
    prompt, words = question.prompt, ["first", "second", "third"]
    weights = after(prompt, "the weights")
    asked = words.index(re.search(r"weight of the \*\*(\w+)\*\*", prompt)[1])
    q, k = torch.eye(4).double()[0], torch.zeros(3, 4).double()
    k[:, 0] = torch.tensor(weights).double().log()  # q · k is the logarithm of the weight
    if "**query**" in prompt:
        powers = logs(re.search(r"b · k is (.*?) for", prompt)[1])
        k[:, 1] = torch.tensor(powers).double().log()
        q = q + torch.eye(4).double()[1]
    else:
        b = torch.tensor(logs(re.search(r"q · b = (.*?)\.", prompt)[1])).double().log() * torch.eye(4).double()[0]
        place = re.search(r"added to the \*\*(\w+)\*\* key", prompt)
        k = k + b if place is None else k + b * torch.eye(3).double()[words.index(place[1])][:, None]
    return [torch.softmax(k @ q, dim=0)[asked].item()]
