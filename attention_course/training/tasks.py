"""Tasks that a small model learns in seconds, and of which one knows beforehand where attention has to look."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

V = 16  # different tokens


@dataclass(frozen=True)
class Batch:
    """Sequences, and what is known about them.

    `tokens` (B, T) are read, and row t of the logits is to guess `targets` (B, T) wherever `counts` (B, T) is True.
    `where` (B, T) says the same of next-token tasks by *token*: does token t count as one to be guessed? For each layer
    `right` has the keys to look at, (B, T, T), bool, and `rows` the queries over which that is measured, (B, T).
    """

    tokens: Tensor
    targets: Tensor
    counts: Tensor
    where: Tensor
    right: Sequence[Tensor]
    rows: Sequence[Tensor]


def reverse(n: int, draw: torch.Generator, T: int = 12) -> Batch:
    """Say the tokens backwards: n sequences of T random tokens; the target at place t is the token at T - 1 - t."""
    tokens = torch.randint(V, (n, T), generator=draw)
    return _from_place(tokens, torch.eye(T).flip(1) > 0)


def copy(n: int, draw: torch.Generator, T: int = 12) -> Batch:
    """Say the tokens as they are: the target at place t is the token at t."""
    tokens = torch.randint(V, (n, T), generator=draw)
    return _from_place(tokens, torch.eye(T) > 0)


def _from_place(tokens: Tensor, right: Tensor) -> Batch:
    """Return the batch in which each place is to say the token at the one place that is right for it, (T, T)."""
    everywhere = torch.ones_like(tokens) > 0
    keys = right.expand(len(tokens), -1, -1)  # (B, T, T)
    return Batch(tokens, tokens[:, right.int().argmax(1)], everywhere, everywhere, [keys], [everywhere])


def induction(n: int, draw: torch.Generator, T: int = 24, periods: Sequence[int] = (4, 5, 6, 7, 8)) -> Batch:
    """Go on with what repeats: n sequences, each a segment of different tokens, again and again up to T tokens.

    How long the segment is varies, so that no fixed distance helps. What comes next can be known from the first
    token on that has an earlier copy: it is what came after that copy.
    """
    period = torch.tensor(periods)[torch.randint(len(periods), (n, 1), generator=draw)]  # (B, 1)
    segment = torch.rand(n, V, generator=draw).argsort(1)  # (B, V): all different
    place = torch.arange(T)  # (T,)
    tokens = segment.gather(1, place % period)  # (B, T)
    where = place > period  # (B, T): by token
    counts = where.roll(-1, 1) & (place < T - 1)  # (B, T): by row
    before = (place == place[:, None] - 1).expand(n, -1, -1)  # (B, T, T)
    copies = tokens[:, :, None] == tokens.roll(1, 1)[:, None]  # key s: what came after s - 1
    after = copies & (place > 0) & (place <= place[:, None])  # (B, T, T)
    read = ((place >= 1) & (place <= 8)).expand(n, -1)  # rows 1-8: the ones that get read
    return Batch(tokens, tokens.roll(-1, 1), counts, where, [before, after], [read, counts])
