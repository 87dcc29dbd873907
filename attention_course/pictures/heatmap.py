"""Attention weights as a picture: one matrix, a grid of heads, or panels side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from attention_course.pictures.colours import cell_colours, score_limit, text_colour
from attention_course.pictures.describe import count, describe, number, row_sum
from attention_course.pictures.layout import LABEL, LINE, NOTE, TITLE, Layout, column_labels, row_labels, step
from attention_course.pictures.matrices import Panel, read_panels
from attention_course.pictures.palette import BROKEN, BROKEN_HATCH, ROLES
from attention_course.pictures.paper import Paper, text_width
from attention_course.pictures.picture import Picture, readable

STRIP = 100  # width of a colour scale


def heatmap(
    weights: Any,
    queries: Any = None,
    keys: Any = None,
    *,
    title: str | None = None,
    titles: Any = None,
    kind: Any = "weights",
) -> Picture:
    """Draw attention weights (or scores) as cells whose colour tells their size.

    weights: torch, numpy or nested lists, of shape (n_queries, n_keys), or (heads, n_queries, n_keys) for a grid;
        or a dict {panel title: matrix} for matrices of different shapes side by side.
    queries, keys: labels of the rows and of the columns; for a dict, of every panel with that many, or a dict
        {panel title: labels}.
    title: stands above all; titles: one for each head.
    kind: "weights" has a fixed scale from 0 to 1, and shows the sum of each row that does not sum to 1; "scores", and
        "queries", "keys", "values" and "output" for vectors, have a scale that is symmetric around 0. Each has the
        colour of its role. For a dict also a list of kinds, or a dict {panel title: kind}.

    Values are written where they fit. Weights outside 0 to 1, NaN and infinities are shown as what they are.
    Raises ValueError or TypeError, with a sentence that says what is wanted, for what cannot be drawn.
    """
    panels = read_panels(weights, queries, keys, titles, kind)
    heading = readable(title) if title else ""
    layout = Layout(panels, bool(heading), grid=not isinstance(weights, Mapping))
    limit = score_limit(panels)
    scales = [] if layout.value_size else sorted({panel.kind for panel in panels}, reverse=True)
    notes = _notes(panels, layout)
    below = LINE * (bool(scales) + len(notes)) + (6 if scales or notes else 0)
    widths = [text_width(heading, TITLE), 260 * len(scales), *(text_width(note, NOTE) for note in notes)]
    paper = Paper(max(layout.width, *widths), layout.height + below)
    if heading:
        paper.text(0, LINE / 2 + 1, heading, TITLE, ha="left", weight="bold")
    for index, panel in enumerate(panels):
        _draw_panel(paper, layout, index, panel, limit)
    for index, scale in enumerate(scales):
        _draw_scale(paper, 260 * index, layout.height + 6 + LINE / 2, scale, limit)
    for line, note in enumerate(notes, start=bool(scales)):
        paper.text(0, layout.height + 6 + LINE * (line + 0.5), note, NOTE, ha="left")
    return Picture(paper.figure, describe(panels, heading))


def _draw_panel(paper: Paper, layout: Layout, index: int, panel: Panel, limit: float) -> None:
    x, y = layout.places[index]
    if panel.title:
        paper.text(x, y - LINE / 2 - 2, panel.title, LABEL, ha="left")
    _draw_cells(paper, layout, panel, cell_colours(panel, limit), x, y)
    rows, columns = panel.values.shape
    paper.frame(x - 1, y - 1, columns * layout.cell_width + 1, rows * layout.cell_height + 1)
    if layout.shows_queries(index):
        _draw_row_labels(paper, layout, panel, x, y)
    if layout.shows_keys(index):
        _draw_column_labels(paper, layout, panel, x, y)
    if _sums_fit(layout):
        right = x + columns * layout.cell_width + 8
        for row, total in panel.odd_sums.items():
            middle = y + (row + 0.5) * layout.cell_height
            paper.text(right, middle, f"Σ {row_sum(total)}", LABEL, ha="left", weight="bold")


def _draw_cells(paper: Paper, layout: Layout, panel: Panel, colours: np.ndarray, x: float, y: float) -> None:
    """Draw the cells of colours (n_queries, n_keys, 3) and, where they fit, their values."""
    rows, columns = panel.values.shape
    width, height = layout.cell_width, layout.cell_height
    if layout.as_image:
        paper.image(x, y, columns * width, rows * height, colours)
        return
    cells = np.argwhere(np.ones_like(panel.values))  # (n, 2): row, column
    corners = cells[:, ::-1] * [width, height] + [x, y]
    paper.cells(corners, width - 1, height - 1, colours.reshape(-1, 3))
    if panel.broken.any():
        paper.cells(corners[panel.broken.ravel()], width - 1, height - 1, BROKEN, hatch=BROKEN_HATCH)
    if layout.value_size:
        centres = corners + np.array([width - 1, height - 1]) / 2
        for (row, column), (middle_x, middle_y) in zip(cells, centres, strict=True):
            color = text_colour(colours[row, column])
            text = number(panel.values[row, column])
            paper.text(middle_x, middle_y, text, layout.value_size, color=color)


def _draw_row_labels(paper: Paper, layout: Layout, panel: Panel, x: float, y: float) -> None:
    labels, height = row_labels(panel), layout.cell_height
    for row in range(0, len(labels), step(height, 15)):
        paper.text(x - 6, y + (row + 0.5) * height, labels[row], LABEL, ha="right")
    if panel.axis_titles[0]:
        left = x - max(text_width(label, LABEL) for label in labels) - LINE + 2
        middle, colour = y + len(labels) * height / 2, ROLES["query"].light
        paper.text(left, middle, panel.axis_titles[0], NOTE, rotation=90, color=colour)


def _draw_column_labels(paper: Paper, layout: Layout, panel: Panel, x: float, y: float) -> None:
    labels, width = column_labels(panel), layout.cell_width
    bottom = y + len(panel.values) * layout.cell_height + 4
    widest = max(text_width(label, LABEL) for label in labels)
    turned = layout.turned and panel.keys
    style: dict[str, Any] = {"rotation": 90, "ha": "right"} if turned else {}
    for column in range(0, len(labels), step(width, 14 if turned else widest + 4)):
        paper.text(x + (column + 0.5) * width, bottom if turned else bottom + LINE / 2, labels[column], LABEL, **style)
    if panel.axis_titles[1]:
        below = bottom + (widest if turned else LINE) + LINE / 2
        paper.text(x + len(labels) * width / 2, below, panel.axis_titles[1], NOTE, color=ROLES["key"].light)


def _draw_scale(paper: Paper, x: float, y: float, kind: str, limit: float) -> None:
    """Draw which colour stands for which value, where the cells are too small for their values."""
    low, high = (0.0, 1.0) if kind == "weights" else (-limit, limit)
    ends = ["0", "1"] if kind == "weights" else [number(low), number(high)]
    ramp = Panel(np.linspace(low, high, 64)[None, :], kind)
    start = x + text_width(ends[0], NOTE) + 6
    paper.text(start - 4, y, ends[0], NOTE, ha="right")
    paper.image(start, y - 4, STRIP, 9, cell_colours(ramp, limit))
    paper.text(start + STRIP + 4, y, ends[1], NOTE, ha="left")


def _notes(panels: Sequence[Panel], layout: Layout) -> list[str]:
    """Say below the picture what its marks mean, and what it has no room for."""
    outside, broken = (
        int(sum(mask.sum() for mask in masks))
        for masks in ([panel.outside for panel in panels], [panel.broken for panel in panels])
    )
    notes = []
    if outside:
        notes.append(f"Orange: outside 0 to 1, where no weight can be ({count(outside, 'cell')})")
    if broken:
        notes.append(f"Grey: NaN or infinite ({count(broken, 'cell')})")
    sums = [total for panel in panels for total in panel.odd_sums.values()]
    if sums and not _sums_fit(layout):
        finite = [total for total in sums if np.isfinite(total)]
        extent = f", but to {row_sum(min(finite))} – {row_sum(max(finite))}" if finite else ""
        notes.append(f"Not summing to 1{extent}: {count(len(sums), 'row')}")
    return notes


def _sums_fit(layout: Layout) -> bool:
    return layout.cell_height >= 12
