"""The colours of a heatmap's cells, and the text that can be read on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from attention_course.pictures.matrices import Panel
from attention_course.pictures.matrix_kinds import KINDS
from attention_course.pictures.palette import BROKEN, DARK, LIGHT, NEGATIVE, NEGATIVE_KEY, OUTSIDE, ROLES, ZERO


def score_limit(panels: Sequence[Panel]) -> float:
    """Return the end of the scale that all scores and values of a picture share, from -limit to limit."""
    finite = [np.abs(p.values[~p.broken]).max(initial=0.0) for p in panels if p.kind != "weights"]
    return max(finite, default=0.0) or 1.0


def cell_colours(panel: Panel, limit: float) -> np.ndarray:
    """Return the cells' colours (n_queries, n_keys, 3), each from 0 to 1."""
    values = np.where(panel.broken, 0.0, panel.values)
    scaled = values if panel.kind == "weights" else 0.5 + values / limit / 2
    colours = colour_map(panel.kind)(np.clip(scaled, 0.0, 1.0))[..., :3]
    colours[panel.outside] = rgb(OUTSIDE)
    colours[panel.broken] = rgb(BROKEN)
    return colours


def text_colour(colour: np.ndarray) -> str:
    """Return dark or light, whichever is read better on a colour (3,)."""
    return DARK if contrast(colour, rgb(DARK)) >= contrast(colour, rgb(LIGHT)) else LIGHT


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Return the contrast of two colours (3,), from 1 to 21, as the WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def rgb(hexadecimal: str) -> np.ndarray:
    """Return "#rrggbb" as an array (3,) from 0 to 1."""
    return np.array([int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def _luminance(colour: np.ndarray) -> float:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@cache
def colour_map(kind: str) -> Any:
    """Return matplotlib's colour map of a kind: from zero to its role's colour, below zero to one that no role has."""
    from matplotlib.colors import LinearSegmentedColormap

    role = KINDS[kind].role
    stops = [ZERO, ROLES[role].light]
    if kind != "weights":
        stops.insert(0, NEGATIVE_KEY if role == "key" else NEGATIVE)
    return LinearSegmentedColormap.from_list(kind, stops)
