"""Matrices of numbers side by side, each number on the paper of its token: for pages without a script."""

from collections.abc import Mapping

import numpy as np

from attention_course.pictures import palette
from attention_course.pictures.layout import PAGE_WIDTH
from attention_course.pictures.paper import Paper, text_width
from attention_course.pictures.picture import Picture

TEXT, CELL, HIGH, BETWEEN, LINE = 12, 30, 26, 14, 20
PAPERS = [colour.light for colour in palette.TOKENS.values()]


def blocks(named: Mapping[str, np.ndarray]) -> Picture:
    """Draw matrices of one shape, by their names. A number's tens are its token, which gives it its paper."""
    (rows, columns), *_ = [block.shape for block in named.values()]
    step = max(columns * CELL, max(text_width(name, TEXT) for name in named)) + BETWEEN
    in_a_row = min(len(named), int((PAGE_WIDTH + BETWEEN) // step))
    paper = Paper(in_a_row * step - BETWEEN, -(-len(named) // in_a_row) * (LINE + rows * HIGH + BETWEEN) - BETWEEN)
    for place, (name, block) in enumerate(named.items()):
        x, y = place % in_a_row * step, place // in_a_row * (LINE + rows * HIGH + BETWEEN)
        paper.text(x, y + LINE / 2 - 2, name, TEXT, ha="left")
        _draw(paper, x, y + LINE, block)
    return Picture(paper.figure, in_words(named))


def in_words(named: Mapping[str, np.ndarray]) -> str:
    """Return the rows of each matrix: "head 0: 00 01 02; 10 11 12."."""

    def rows(block: np.ndarray) -> str:
        return "; ".join(" ".join(f"{number:02}" for number in row) for row in block)

    return " ".join(f"{name}: {rows(block)}." for name, block in named.items())


def _draw(paper: Paper, x: float, y: float, block: np.ndarray) -> None:
    for (row, column), number in np.ndenumerate(block):
        left, top = x + column * CELL, y + row * HIGH
        paper.cells(np.array([[left, top]]), CELL - 1, HIGH - 1, PAPERS[number // 10])
        paper.text(left + CELL / 2 - 0.5, top + HIGH / 2 - 0.5, f"{number:02}", TEXT, color=palette.DARK)
    paper.frame(x, y, block.shape[1] * CELL, block.shape[0] * HIGH)
