"""A matplotlib figure to draw on in CSS pixels, from the top left, without axes."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

from attention_course.pictures.picture import CSS_PIXELS_PER_INCH

POINTS_PER_PIXEL = 72 / CSS_PIXELS_PER_INCH
MARGIN = 6
INK = "black"  # follows the page's theme, see Picture


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in pixels, on the safe side: each page brings its own typeface."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF" or letter in "MWmw@%—":
        return 1.0
    return 0.36 if letter in "iIjl.,:;'|! " else 0.64


def shortened(text: str, letters: int = 16) -> str:
    """Return a label that is no longer than `letters`."""
    return text if len(text) <= letters else text[: letters - 1] + "…"


class Paper:
    """A figure with room for a drawing of a given size in CSS pixels, and a margin; y grows downwards."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        width, height = width + 2 * MARGIN, height + 2 * MARGIN
        self.width, self.height = width, height
        inch = CSS_PIXELS_PER_INCH
        self.figure = Figure(figsize=(width / inch, height / inch), dpi=inch)
        pixels_to_inches = Affine2D().translate(MARGIN, MARGIN - height).scale(1 / inch, -1 / inch)
        self._pixels = pixels_to_inches + self.figure.dpi_scale_trans

    def text(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Write a text whose middle line is at y; style: ha, weight, color, alpha, rotation."""
        from matplotlib.text import Text

        # Half the height of a digit below the middle: baselines do not depend on the letters, as va="center" does.
        drop = 0.36 * size
        x, y = (x + drop, y) if style.get("rotation") == 90 else (x, y + drop)
        style = {"color": INK, "ha": "center", "family": "DejaVu Sans", **style}
        artist = Text(
            x,
            y,
            text,
            fontsize=size * POINTS_PER_PIXEL,
            va="baseline",
            rotation_mode="anchor",
            parse_math=False,  # a label with dollar signs is no formula
            usetex=False,
            transform=self._pixels,
            **style,
        )
        self.figure.add_artist(artist)

    def cells(self, corners: np.ndarray, width: float, height: float, colours: Any, hatch: str | None = None) -> None:
        """Draw rectangles of one size at corners (n, 2), filled with colours (n, 3) or one colour."""
        from matplotlib.collections import PolyCollection

        outline = np.array([[0, 0], [width, 0], [width, height], [0, height]])
        artist = PolyCollection(
            corners[:, None, :] + outline,  # (n, 4, 2)
            facecolors=colours,
            edgecolors=hatch or "none",
            linewidths=0,
            hatch="////" if hatch else None,
            transform=self._pixels,
        )
        self.figure.add_artist(artist)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a thin line around a rectangle."""
        from matplotlib.patches import Rectangle

        style: Any = {"fill": False, "edgecolor": INK, "alpha": 0.3, "linewidth": 0.6}
        self.figure.add_artist(Rectangle((x, y), width, height, transform=self._pixels, **style))

    def image(self, x: float, y: float, width: float, height: float, colours: np.ndarray) -> None:
        """Draw colours (rows, columns, 3) as one image: for cells too many or too small for rectangles."""
        axes = self.figure.add_axes(
            (
                (x + MARGIN) / self.width,
                1 - (y + height + MARGIN) / self.height,
                width / self.width,
                height / self.height,
            )
        )
        axes.set_axis_off()
        axes.imshow(colours, aspect="auto", interpolation="none")
