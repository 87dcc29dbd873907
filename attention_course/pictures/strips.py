"""Tensors as strips of pieces: what stands apart, such as several heads, and what was joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attention_course.pictures.colours import cell_colours, score_limit
from attention_course.pictures.describe import count
from attention_course.pictures.layout import LABEL, LINE, PAGE_WIDTH, TITLE
from attention_course.pictures.matrices import Panel, as_array, check_kind
from attention_course.pictures.paper import Paper, text_width
from attention_course.pictures.picture import Picture, readable

BETWEEN = 8  # pieces
ROW_HEIGHT = 7
WIDEST = 24  # of a cell


def strips(named: Mapping[str, Sequence[Any]], *, kind: str = "output", title: str | None = None) -> Picture:
    """Draw strips one below the other, each made of matrices side by side with gaps between them.

    named: {what stands above a strip: its pieces}, torch, numpy or nested lists of shape (rows, columns). A strip
        without a piece is its title alone.
    kind: what the numbers are, as in `heatmap`: "queries", "keys", "values", "output", "scores" or "weights".

    All strips have one scale, so a strip whose pieces were joined is narrower by the gaps. Raises ValueError or
    TypeError, with a sentence that says what is wanted, for what cannot be drawn.
    """
    check_kind(kind)
    panels = {readable(name): [_panel(name, piece, kind) for piece in pieces] for name, pieces in named.items()}
    heading = readable(title) if title else ""
    limit = score_limit([panel for pieces in panels.values() for panel in pieces])
    cell = min([WIDEST, *(_cell_width(pieces) for pieces in panels.values() if pieces)])
    heights = [max([0, *(len(panel.values) for panel in pieces)]) * ROW_HEIGHT for pieces in panels.values()]
    top = LINE + 6 if heading else 0
    width = max([PAGE_WIDTH, text_width(heading, TITLE), *(text_width(name, LABEL) for name in panels)])
    paper = Paper(width, top + sum(height + LINE + 10 for height in heights))
    if heading:
        paper.text(0, LINE / 2 + 1, heading, TITLE, ha="left", weight="bold")
    y: float = top
    for (name, pieces), height in zip(panels.items(), heights, strict=True):
        paper.text(0, y + LINE / 2, name, LABEL, ha="left")
        _draw_pieces(paper, y + LINE + 2, pieces, cell, limit)
        y += height + LINE + 10
    told = " ".join(f"{name}: {_in_words(pieces)}." for name, pieces in panels.items())
    return Picture(paper.figure, f"{heading}: {told}" if heading else told)


def _panel(name: str, piece: Any, kind: str) -> Panel:
    values = as_array(piece)
    if values.ndim != 2 or values.size == 0:
        raise ValueError(f'A piece of "{name}" needs shape (rows, columns), but got shape {values.shape}.')
    return Panel(values, kind)


def _cell_width(pieces: list[Panel]) -> float:
    """Return how wide a cell can be where these pieces stand side by side on a page."""
    return (PAGE_WIDTH - BETWEEN * (len(pieces) - 1)) / sum(panel.values.shape[1] for panel in pieces)


def _draw_pieces(paper: Paper, y: float, pieces: list[Panel], cell: float, limit: float) -> None:
    x = 0.0
    for panel in pieces:
        rows, columns = panel.values.shape
        paper.image(x, y, columns * cell, rows * ROW_HEIGHT, cell_colours(panel, limit))
        paper.frame(x, y, columns * cell, rows * ROW_HEIGHT)
        x += columns * cell + BETWEEN


def _in_words(pieces: list[Panel]) -> str:
    """Say how many pieces there are, and of which sizes: "8 pieces, each 10 rows by 16 columns"."""
    sizes = [panel.values.shape for panel in pieces]
    told = [f"{count(rows, 'row')} by {count(columns, 'column')}" for rows, columns in sizes]
    if not told:
        return "nothing"
    if len(told) > 1 and len(set(told)) == 1:
        return f"{count(len(told), 'piece')}, each {told[0]}"
    return f"{count(len(told), 'piece')}, {' and '.join(told)}"
