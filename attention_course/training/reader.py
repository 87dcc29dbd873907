"""Reader: a small attention model with switches, for experiments. It has no MLP: all that moves is attention."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Reader(nn.Module):
    """Tokens (B, T) -> logits (B, T, V). What its heads looked at stays in `seen`: for each layer (B, H, T, T).

    Each layer adds to the tokens' vectors what attention collects from the normed ones. `causal`: nobody sees what
    comes later. `positions` are "learned" (added once), "turned" (RoPE, in every layer) or "none". `scaled`: scores are
    divided by the root of d.
    """

    def __init__(
        self, V: int, D: int, H: int, layers: int, *, T: int = 24, causal: bool = True, positions: str = "turned",
        scaled: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.H, self.causal, self.turned, self.scaled = H, causal, positions == "turned", scaled
        self.tokens = nn.Embedding(V, D)
        self.places = nn.Parameter(0.02 * torch.randn(T, D)) if positions == "learned" else None
        self.asking = nn.ModuleList(nn.Linear(D, 3 * D, bias=False) for _ in range(layers))  # q, k and v in one
        self.giving = nn.ModuleList(nn.Linear(D, D, bias=False) for _ in range(layers))
        self.norms = nn.ModuleList(nn.LayerNorm(D) for _ in range(layers + 1))
        self.guess = nn.Linear(D, V, bias=False)
        self.seen: list[Tensor] = []

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens (B, T) -> logits (B, T, V)."""
        B, T = tokens.shape
        x = self.tokens(tokens)  # (B, T, D)
        if self.places is not None:
            x = x + self.places[:T]
        self.seen = []
        for asking, giving, norm in zip(self.asking, self.giving, self.norms, strict=False):
            q, k, v = asking(norm(x)).view(B, T, 3, self.H, -1).permute(2, 0, 3, 1, 4)  # (B, H, T, d) each
            weights = self.weights(q, k)  # (B, H, T, T)
            self.seen.append(weights.detach())
            x = x + giving((weights @ v).transpose(1, 2).reshape(x.shape))  # (B, T, D)
        return self.guess(self.norms[-1](x))

    def weights(self, q: Tensor, k: Tensor) -> Tensor:
        """Share out each query's attention: (B, H, T, d) twice -> (B, H, T, T)."""
        if self.turned:
            q, k = turn(q), turn(k)
        scores = q @ k.mT / (q.shape[-1] ** 0.5 if self.scaled else 1)
        if self.causal:
            scores = scores.masked_fill(torch.ones_like(scores).triu(1) > 0, -torch.inf)
        return F.softmax(scores, dim=-1)


def turn(x: Tensor, base: float = 1e4) -> Tensor:
    """Turn columns 2i and 2i + 1 by place · base^(-2i/d), which is RoPE: (..., T, d) -> (..., T, d)."""
    T, d = x.shape[-2:]
    angles = torch.arange(T)[:, None] * base ** (-torch.arange(0, d, 2) / d)  # (T, d/2)
    a, b = x[..., 0::2], x[..., 1::2]
    cos, sin = angles.cos(), angles.sin()
    return torch.stack([a * cos - b * sin, a * sin + b * cos], dim=-1).flatten(-2)
