"""A prediction, and what came out drawn over it: for pages without a script."""

from collections.abc import Sequence

import numpy as np

from attention_course.pictures import palette
from attention_course.pictures.paper import Paper, shortened, text_width
from attention_course.pictures.picture import Picture

SAID = palette.ROLES["weights"].light
CAME_OUT = palette.OUTSIDE
TEXT, HEIGHT, COLUMN, CELL = 12, 130, 46, 26
NARROWEST = 320  # there is room for the legend
LETTERS, MOST_LETTERS = 84, 24  # of all labels below the bars together, and of one


def bars(
    labels: Sequence[str],
    said: Sequence[float],
    truth: Sequence[float],
    least: float,
    most: float,
    *,
    joined: bool,
    of: str = "",
) -> Picture:
    """Draw values from `least` to `most` as bars, or as a curve, with the truth as diamonds; `truth` may be empty.

    `of` says what they are where they are no prediction.
    """
    left = max(text_width(f"{value:g}", TEXT) for value in (least, most)) + 8
    below = [shortened(label, min(MOST_LETTERS, LETTERS // len(labels))) for label in labels]
    column = max(COLUMN, *(text_width(label, TEXT) + 10 for label in below))
    paper = Paper(max(left + column * len(labels), NARROWEST), HEIGHT + 66)

    def height(value: float) -> float:
        return HEIGHT * (1 - (value - least) / (most - least))

    paper.frame(left, 0, column * len(labels), HEIGHT)
    for value in (least, most):
        paper.text(left - 6, height(value), f"{value:g}", TEXT, ha="right")
    middles = [left + column * (i + 0.5) for i in range(len(labels))]
    for middle, label, value in zip(middles, below, said, strict=True):
        if joined:
            paper.cells(np.array([[middle - 5, height(value) - 5]]), 10, 10, SAID)
        else:
            paper.cells(np.array([[middle - 14, height(value)]]), 28, HEIGHT - height(value), SAID)
        paper.text(middle, HEIGHT + 12, label, TEXT)
    if joined:
        _line(paper, middles, [height(value) for value in said], SAID)
    for middle, value in zip(middles, truth, strict=False):
        _diamond(paper, middle, height(value))
    _legend(paper, HEIGHT + 34, bool(truth), of or "your prediction")
    told = [f"{label}: {'' if of else 'predicted '}{value:g}" for label, value in zip(labels, said, strict=True)]
    if truth:
        told = [f"{one}, came out as {value:g}" for one, value in zip(told, truth, strict=True)]
    return Picture(paper.figure, f"{of or ('A curve' if joined else 'Bars')}. {'; '.join(told)}.")


def grid(
    rows: Sequence[str], columns: Sequence[str], said: Sequence[str], truth: Sequence[str] | None, painted: str
) -> Picture:
    """Draw cells, those that were painted filled, with a diamond in each that came out so."""
    left = max(text_width(shortened(row), TEXT) for row in rows) + 8
    top = max(text_width(shortened(column), TEXT) for column in columns) + 8
    paper = Paper(max(left + CELL * len(columns), NARROWEST), top + CELL * len(rows) + 44)
    for j, column in enumerate(columns):
        paper.text(left + CELL * (j + 0.5) - 4, top - 6, shortened(column), TEXT, ha="left", rotation=90)
    for i, row in enumerate(rows):
        paper.text(left - 6, top + CELL * (i + 0.5), shortened(row), TEXT, ha="right")
        for j in range(len(columns)):
            x, y = left + CELL * j, top + CELL * i
            if said[i][j] == "1":
                paper.cells(np.array([[x + 1, y + 1]]), CELL - 2, CELL - 2, SAID)
            paper.frame(x, y, CELL, CELL)
            if truth and truth[i][j] == "1":
                _diamond(paper, x + CELL / 2, y + CELL / 2)
    _legend(paper, top + CELL * len(rows) + 16, bool(truth))
    return Picture(paper.figure, _grid_in_words(rows, columns, said, truth, painted))


def _grid_in_words(
    rows: Sequence[str], columns: Sequence[str], said: Sequence[str], truth: Sequence[str] | None, painted: str
) -> str:
    def named(text: str) -> str:
        return ", ".join(column for column, cell in zip(columns, text, strict=True) if cell == "1") or "none"

    told = [f"row {row}: predicted {named(text)}" for row, text in zip(rows, said, strict=True)]
    if truth:
        told = [f"{one}, came out {named(text)}" for one, text in zip(told, truth, strict=True)]
    return f"A grid, with the columns of each row that are {painted}. {'; '.join(told)}."


def _diamond(paper: Paper, x: float, y: float) -> None:
    """Draw the mark of what came out: light within dark, so that it is seen on every paper."""
    for size, colour in ((8, palette.DARK), (6, CAME_OUT)):
        for row in range(-size, size):  # of thin rectangles, each as wide as the diamond is there
            half = size - abs(row + 0.5)
            paper.cells(np.array([[x - half, y + row]]), 2 * half, 1.1, colour)


def _line(paper: Paper, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Draw a line through points, as a row of small squares."""
    along = np.linspace(0, len(xs) - 1, 24 * (len(xs) - 1) + 1)
    places = np.stack([np.interp(along, range(len(xs)), xs), np.interp(along, range(len(ys)), ys)], axis=1)
    paper.cells(places - 1, 2, 2, colour)


def _legend(paper: Paper, y: float, with_truth: bool, said: str = "your prediction") -> None:
    paper.cells(np.array([[0, y]]), 12, 12, SAID)
    paper.text(18, y + 6, said, TEXT, ha="left")
    if with_truth:
        _diamond(paper, 150, y + 6)
        paper.text(164, y + 6, "what came out", TEXT, ha="left")
