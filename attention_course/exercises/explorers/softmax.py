"""Softmax along the last axis, as `page/js/explorers/softmax.js` computes it for the page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def softmax(scores: "np.ndarray") -> "np.ndarray":
    """Return the shares that the scores (…, S) get, of the same shape; a row of nothing but −∞ gets NaN."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
