"""Measures: does a model say what is right, and does it look where one has to look?"""

from typing import Any

import torch
from torch import Tensor

from attention_course.training.maps import maps
from attention_course.training.tasks import Batch


def accuracy(logits: Tensor, batch: Batch) -> float:
    """Return which share of the targets that count has the largest logit."""
    return (logits.argmax(-1) == batch.targets)[batch.counts].float().mean().item()


def best_head(seen: Tensor, right: Tensor, rows: Tensor) -> float:
    """Return the weight on right keys, as a mean over the rows, of the head that has most of it.

    Of weights (B, H, T, T), right keys (B, T, T) and rows (B, T).
    """
    on_them = (seen * right[:, None]).sum(-1)  # (B, H, T)
    return (on_them * rows[:, None]).sum((0, 2)).max().item() / rows.sum().item()


def entropy(seen: Tensor, rows: Tensor) -> float:
    """Return the entropy of weights (B, H, T, T), in nats, as a mean over the rows (B, T) and all heads."""
    of_rows = torch.special.entr(seen).sum(-1).mean(1)  # (B, T)
    return of_rows[rows].mean().item()


@torch.no_grad()
def measures(model: Any, batch: Batch, heads: int = 1) -> dict[str, float]:
    """Return the accuracy, and of each layer how much of its best head's weight lies on the right keys.

    A model of one layer is measured by what the task's last layer has to look at.
    """
    seen = maps(model, batch.tokens, heads)
    found = {"accuracy": accuracy(model(batch.tokens), batch)}
    known = [*zip(batch.right, batch.rows, strict=True)][-len(seen) :]
    for number, (weights, (right, rows)) in enumerate(zip(seen, known, strict=True), 1):
        found[f"layer {number}"] = best_head(weights, right, rows)
    return found
