"""One or two lines in a frame, as an explorer draws them: for pages without a script."""

from collections.abc import Mapping, Sequence

import numpy as np

from attention_course.pictures import palette
from attention_course.pictures.paper import INK, Paper, text_width
from attention_course.pictures.picture import Picture

Point = tuple[float, float]  # shares of the frame, from its lower left corner
Ends = tuple[str, str, str]  # what stands at an axis: at its beginning, in its middle, at its end
TEXT, WIDTH, HEIGHT = 12, 420, 160
COLOURS = (palette.ROLES["scores"].light, INK)
LONG, GAP = 8, 5  # of a dashed line, pixels


def curves(lines: Mapping[str, Sequence[Point]], ends: tuple[Ends, Ends], dots: Sequence[Point], alt: str) -> Picture:
    """Draw lines by their names, the first of them whole, the second dashed, with dots on them.

    `ends` says what stands at the x-axis, and at the y-axis.
    """
    along, up = ends
    left = max(text_width(text, TEXT) for text in up) + 12
    paper = Paper(left + WIDTH + 20, HEIGHT + 52)
    paper.frame(left, 0, WIDTH, HEIGHT)
    for share, text in zip((0, 0.5, 1), up, strict=True):
        paper.text(left - 8, HEIGHT * (1 - share), text, TEXT, ha="right")
    for share, text in zip((0, 0.5, 1), along, strict=True):
        paper.text(left + WIDTH * share, HEIGHT + 14, text, TEXT)
    for (name, points), colour, dashed in zip(lines.items(), COLOURS, (False, True), strict=False):
        _line(paper, [(left + WIDTH * x, HEIGHT * (1 - y)) for x, y in points], colour, dashed)
        place = left + 220 * dashed
        _line(paper, [(place, HEIGHT + 40), (place + 28, HEIGHT + 40)], colour, dashed)
        paper.text(place + 36, HEIGHT + 40, name, TEXT, ha="left")
    for x, y in dots:
        paper.cells(np.array([[left + WIDTH * x - 5, HEIGHT * (1 - y) - 5]]), 10, 10, INK)
    return Picture(paper.figure, alt)


def _line(paper: Paper, points: Sequence[Point], colour: str, dashed: bool) -> None:
    """Draw a line through points, as a row of small squares; a dashed one leaves some out."""
    corners = np.array(points)  # (n, 2)
    lengths = np.hypot(*np.diff(corners, axis=0).T)
    ends = np.concatenate([[0], lengths.cumsum()])
    along = np.arange(0, ends[-1], 0.5)
    along = along[along % (LONG + GAP) < LONG] if dashed else along
    places = np.stack([np.interp(along, ends, corners[:, axis]) for axis in (0, 1)], axis=1)
    paper.cells(places - 1, 2, 2, colour)
