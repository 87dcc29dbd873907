"""Solves softmax: by running the code, where scores are missing with such as have these weights."""

import math
import re

import torch
from solvers.reading_prompts import literal, numbers, run


def easy(question):
    return [round(run(question.code)["weights"].sum().item(), 3)]


def medium(question):
    old, places = torch.tensor(literal(question.code, "# ")), numbers(re.search(r"new(\[.*?\])", question.prompt)[1])
    scores = old.log() + 7  # any constant
    lines = question.code.splitlines()
    names = {"torch": torch, "math": math, "scores": scores}
    exec("\n".join(lines), names)
    assert torch.allclose(names["old"], old)
    return [names["new"][int(places[0]), int(places[1])].item()]


def hard(question):
    count = 0
    names = run(question.code)
    for row in names["powers"].tolist():
        total = sum(row)
        for power in row:
            count += (math.isinf(power) and math.isinf(total)) or (power == 0 and total == 0)
    return [count]
