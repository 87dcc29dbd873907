"""Surgery: what is left of a model when one of its heads is off, looks evenly, or stands in another layer."""

import copy
from typing import Any

import torch
from torch import Tensor

from attention_course.training.measures import accuracy
from attention_course.training.tasks import Batch


@torch.no_grad()
def surgery(model: Any, batch: Batch, heads: int = 1, head: int = 0) -> dict[str, float]:
    """Return the accuracy of a TinyLM as it is, and after each operation on a head, counted from 0, of each layer.

    *off*: what the head collects is not added. *uniform*: each query takes the plain average of what it may see.
    *swapped*: the heads of the first two layers change places, with all of their weights; the bias of `wo`, which is
    the layer's, stays. Copies are operated on, not the model.
    """
    left = {"whole": accuracy(model(batch.tokens), batch)}
    for layer in range(len(model.blocks)):
        for name, operate in (("off", _Head.turn_off), ("uniform", _Head.look_evenly)):
            changed, found = _opened(model, heads, head)
            operate(found[layer])
            left[f"layer {layer + 1} {name}"] = accuracy(changed(batch.tokens), batch)
    if len(model.blocks) > 1:
        changed, found = _opened(model, heads, head)
        found[0].swap(found[1])
        left["layers 1 and 2 swapped"] = accuracy(changed(batch.tokens), batch)
    return left


def _opened(model: Any, heads: int, head: int) -> tuple[Any, list["_Head"]]:
    """Return a copy of a model, and in it the head of each layer."""
    changed = copy.deepcopy(model)
    return changed, [_Head(block.attn, heads, head) for block in changed.blocks]


class _Head:
    """One head of an attention with the layers `wq`, `wk`, `wv` and `wo`: its part of their weights, as views."""

    def __init__(self, attn: Any, heads: int, head: int) -> None:
        d = len(attn.wq.weight) // heads
        own = slice(head * d, (head + 1) * d)
        self.query = _rows(attn.wq, own)
        self.gives = attn.wo.weight[:, own]  # (D, d)
        self.parts = [*self.query, *_rows(attn.wk, own), *_rows(attn.wv, own), self.gives]

    def turn_off(self) -> None:
        self.gives.zero_()

    def look_evenly(self) -> None:
        for part in self.query:  # queries of zeros: all scores are 0, and softmax shares out evenly
            part.zero_()

    def swap(self, other: "_Head") -> None:
        for mine, theirs in zip(self.parts, other.parts, strict=True):
            kept = mine.clone()
            mine.copy_(theirs)
            theirs.copy_(kept)


def _rows(linear: Any, own: slice) -> list[Tensor]:
    """Return a head's rows of the weight, and of the bias where there is one."""
    return [values[own] for values in (linear.weight, linear.bias) if values is not None]
