"""Made-up attention heads that look like those of trained models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# One head a line: the query at position i asks for position follow * i + offset, this sharply.
PATTERNS = [
    # follow, offset, sharpness
    (1, 0, 30.0),  # looks at itself
    (1, -1, 30.0),  # at the token before
    (1, 1, 30.0),  # at the token after
    (0, 0, 30.0),  # at the first token
    (0, 0, 0.0),  # at all tokens alike
    (1, -2, 30.0),  # at the token two before
    (1, 0, 6.0),  # at its neighbourhood
    (1, -1, 8.0),  # at what came just before
]


def example_heads(tokens: Sequence[str], heads: int = 8) -> np.ndarray:
    """Return made-up attention weights (heads, n, n) for `n` tokens; every row sums to 1.

    Each head is a real softmax(QKᵀ/√d). The keys are sinusoidal position codes (Vaswani et al. 2017, "Attention
    Is All You Need", section 3.5); a query is the code of the position its head asks for, times a sharpness. So
    the heads show what trained ones often do: look at the token itself, before, after, first, or everywhere.
    The tokens' meaning plays no part. Raises ValueError without tokens or for more heads than there are patterns.
    """
    if isinstance(tokens, str) or len(tokens) == 0:
        raise ValueError(f"example_heads needs a list of at least one token, but got {tokens!r}.")
    if not 1 <= heads <= len(PATTERNS):
        raise ValueError(f"example_heads makes 1 to {len(PATTERNS)} heads, but {heads} were asked for.")
    positions = np.arange(len(tokens))
    keys = position_code(positions)  # (n, d)
    d = keys.shape[-1]
    weights = []
    for follow, offset, sharpness in PATTERNS[:heads]:
        queries = sharpness * position_code(follow * positions + offset)  # (n, d)
        weights.append(softmax(queries @ keys.T / d**0.5))  # (n, n)
    return np.stack(weights)


def position_code(positions: np.ndarray, d: int = 64) -> np.ndarray:
    """Return sinusoidal position codes (n, d) of positions (n,): sines, then cosines, of falling frequency."""
    frequencies = 10000.0 ** (-np.arange(0, d, 2) / d)  # (d / 2,)
    angles = np.asarray(positions)[:, None] * frequencies  # (n, d / 2)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return the softmax over the last axis of scores (…, n)."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
