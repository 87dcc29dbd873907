"""Maps: what a model's heads look at, computed from its weights, so that a model need not tell, and cannot lie."""

from typing import Any

import torch
from torch import Tensor

from attention_course.training.reader import Reader, turn


@torch.no_grad()
def maps(model: Any, tokens: Tensor, heads: int = 1) -> list[Tensor]:
    """Return the attention weights of each layer, (B, H, T, T), for tokens (B, T).

    The model is a `Reader`, or a TinyLM with the parts `blocks`, each with `norm` and `attn`, that with `wq`, `wk`.
    """
    if isinstance(model, Reader):
        model(tokens)
        return model.seen
    found: list[Tensor] = []
    hooks = [block.attn.register_forward_pre_hook(_looking(found, heads)) for block in model.blocks]
    try:
        model(tokens)
    finally:
        for hook in hooks:
            hook.remove()
    return found


def _looking(found: list[Tensor], heads: int) -> Any:
    """Return a hook that computes the weights from what goes into a causal attention with RoPE."""

    def look(attn: Any, given: tuple[Tensor, ...]) -> None:
        q, k = (turn(w(given[0]).unflatten(-1, (heads, -1)).transpose(1, 2)) for w in (attn.wq, attn.wk))
        scores = q @ k.mT / q.shape[-1] ** 0.5  # (B, H, T, T)
        found.append(scores.masked_fill(torch.ones_like(scores).triu(1) > 0, -torch.inf).softmax(dim=-1))

    return look
