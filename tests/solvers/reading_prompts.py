"""What a solver needs: the numbers of a prompt, the shapes, the matrices and the names of its code."""

import ast
import re
from typing import Any

import torch
import torch.nn.functional as F

NUMBER = r"[-−]?\d+(?:\.\d+)?"


def numbers(text: str) -> list[float]:
    """Return all numbers of a text in their order."""
    return [float(found.replace("−", "-")) for found in re.findall(NUMBER, text)]


def after(text: str, words: str) -> list[float]:
    """Return the numbers that follow some words in a list such as "1, 2 and 3"."""
    found = re.search(rf"{words}\W*({NUMBER}(?:(?:, | and ){NUMBER})*)", text)
    assert found, (words, text)
    return numbers(found[1])


def one(text: str, pattern: str) -> float:
    """Return the number that `(…)` in a pattern takes."""
    found = re.search(pattern.replace("N", f"({NUMBER})"), text)
    assert found, (pattern, text)
    return float(found[1].replace("−", "-"))


def run(code: str) -> dict[str, Any]:
    """Run a question's code; return its names."""
    names: dict[str, Any] = {"torch": torch, "F": F}
    exec(code, names)
    return names


def literal(code: str, pattern: str) -> Any:
    """Return a list that stands in code, behind a pattern."""
    found = re.search(pattern + r"\s*(\[\[.*?\]\]|\[.*?\])", code)
    assert found, (pattern, code)
    return ast.literal_eval(found[1])


def attend(scores: torch.Tensor, values: torch.Tensor, keep: torch.Tensor | None = None) -> torch.Tensor:
    """Return softmax(scores) values by PyTorch's own attention: the scores are its mask, queries and keys are 0."""
    scores, values = scores.double(), values.double()
    if keep is not None:
        scores = scores.masked_fill(~keep, -torch.inf)
    q, k = torch.zeros(scores.shape[-2], 1).double(), torch.zeros(scores.shape[-1], 1).double()
    return F.scaled_dot_product_attention(q, k, values, attn_mask=scores)


def logs(text: str) -> list[float]:
    """Return the numbers of a list such as "0, ln 2 and −ln 4", as the powers of e that they are."""
    found = re.findall(r"([-−]?)ln (\d+)|(?<![\d.])0(?![\d.])", text)
    return [1.0 if not power else float(power) ** (-1 if sign else 1) for sign, power in found]
