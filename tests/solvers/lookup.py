"""Solves lookup: weights that add up to 1, an output, a triangle."""

import re

import torch
from solvers.reading_prompts import after, attend, logs, numbers, one


def easy(question):
    keys = int(one(question.prompt, "its N keys;"))
    known = after(question.prompt, "you know")
    left = keys - len(known)
    return [next(w / 1000 for w in range(1001) if abs(sum(known) + left * w / 1000 - 1) < 1e-9)]


def medium(question):
    scores = torch.tensor(logs(re.search(r"keys are (.*?), already", question.prompt)[1])).log()[None]
    said = re.search(r"values are (.*?)\. ", question.prompt)[1].replace(" and ", ", ").split(", ")
    place = said.index("v") if "v" in said else None
    values = torch.tensor([[0.0 if one == "v" else numbers(one)[0]] for one in said])
    output = attend(scores, values).item()
    if place is None:
        return [output]
    wish, share = one(question.prompt, "output is N"), attend(scores, torch.eye(3))[0, place].item()
    return [(wish - output) / share]


def hard(question):
    corners = torch.tensor([numbers(found) for found in re.findall(r"\[.*?\]", question.prompt)])
    can = "**can**" in question.prompt

    def side(a, b, point):
        return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])

    def inside(point):
        turns = [side(corners[i], corners[(i + 1) % 3], point).item() for i in range(3)]
        return all(turn > 0 for turn in turns) or all(turn < 0 for turn in turns)

    fitting = [option.id for option in question.options if inside(torch.tensor(numbers(option.text))) == can]
    assert len(fitting) == 1
    return fitting
