"""A heatmap in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attention_course.pictures.matrices import Panel
from attention_course.pictures.matrix_kinds import KINDS

ROWS_IN_WORDS = 8  # more rows than these are told by their largest cell alone
ITEMS_IN_WORDS = 5
TIE = 1e-6  # values whose difference is a smaller part of them are equally large: they were rounded


def describe(panels: Sequence[Panel], title: str = "") -> str:
    """Return the text alternative: what the panels show, their sizes, largest weights, and what is odd."""
    name = f"{title}: " if title else ""
    if len(panels) == 1:
        return f"{name or 'Heatmap of '}{_what(panels[0])}. {_findings(panels[0], ROWS_IN_WORDS)}"
    rows = ROWS_IN_WORDS // len(panels)
    told = [f"{panel.title} ({_what(panel)}): {_findings(panel, rows)}" for panel in panels]
    return f"{name}{len(panels)} heatmaps. {' '.join(told)}"


def number(value: float) -> str:
    """Write a cell's value: two decimals where they tell, NaN and infinities as what they are."""
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "∞" if value > 0 else "-∞"
    if abs(value) >= 1000:
        return f"{value:.0e}".replace("e+0", "e").replace("e+", "e")
    text = f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"
    return "0.00" if text == "-0.00" else text


def row_sum(total: float) -> str:
    """Write the sum of a row that is not 1, with as many decimals as show that it is not."""
    return f"{total:.3f}" if number(total) == "1.00" else number(total)


def _what(panel: Panel) -> str:
    rows, columns = panel.values.shape
    return f"{KINDS[panel.kind].noun}, {count(rows, 'row')} by {count(columns, 'column')}"


def _findings(panel: Panel, rows_in_words: int) -> str:
    """Tell where the largest cells lie, and every fact that a look at the picture would show."""
    return " ".join(filter(None, [_peaks(panel, rows_in_words), _range(panel), _sums(panel), _odd_cells(panel)]))


def _peaks(panel: Panel, rows_in_words: int) -> str:
    """Tell each row's largest cell, or of many rows the largest of all; a row that holds a NaN or ∞ has none."""
    rows = [row for row in range(len(panel.values)) if not panel.broken[row].any()]
    if not rows:
        return ""
    if len(panel.values) <= rows_in_words:
        return "; ".join(_row_peak(panel, row) for row in rows) + "."
    largest = _largest(panel.values[rows])
    if len(largest) == 1:
        return f"Largest: {_row_peak(panel, rows[largest[0][0]])}."
    value = number(panel.values[rows].max())
    if len(largest) == panel.values[rows].size:
        return f"All cells are alike ({value})."
    return f"Largest ({value}): {_some([_place(panel, rows[row], column) for row, column in largest])}."


def _row_peak(panel: Panel, row: int) -> str:
    """Say of one row where its largest cells are: `"sat" looks most at "cat" (0.61)`."""
    subject = _name(panel.queries, row, "row")
    kind = KINDS[panel.kind]
    values = panel.values[row]
    value = number(values.max())
    if len(values) == 1:  # a lone cell is larger than no other
        return f"{_place(panel, row, 0)} ({value})"
    peaks = [_name(panel.keys, column, "column") for _, column in _largest(values[None])]
    if len(peaks) == len(values):
        return f"{subject} {kind.alike} ({value})"
    together = f"{', '.join(peaks[:-1])} and {peaks[-1]}" if 1 < len(peaks) <= ITEMS_IN_WORDS else _some(peaks)
    return f"{subject} {kind.most} {together} ({value}{' each' if len(peaks) > 1 else ''})"


def _largest(values: np.ndarray) -> np.ndarray:
    """Return the places (n, 2), row and column, of the largest values (rows, columns), which may be several."""
    return np.argwhere(values >= values.max() - TIE * max(1.0, abs(values.max())))


def _range(panel: Panel) -> str:
    finite = panel.values[~panel.broken]
    if panel.values.size == 1 or not len(finite):
        return ""
    return f"Values from {number(finite.min())} to {number(finite.max())}."


def _sums(panel: Panel) -> str:
    sums = panel.odd_sums
    if not sums:
        return "Every row sums to 1." if panel.kind == "weights" else ""
    items = [f"{_name(panel.queries, row, 'row')} ({row_sum(total)})" for row, total in sums.items()]
    return f"Rows that do not sum to 1: {_some(items)}."


def _odd_cells(panel: Panel) -> str:
    told = []
    if panel.outside.any():
        told.append(f"Outside 0 to 1, where no weight can be: {_cells(panel, panel.outside)}.")
    if panel.broken.any():
        told.append(f"No finite number: {_cells(panel, panel.broken)}.")
    return " ".join(told)


def _cells(panel: Panel, mask: np.ndarray) -> str:
    cells = np.argwhere(mask)
    return _some(
        [
            f"{_place(panel, row, column)} ({number(panel.values[row, column])})"
            for row, column in cells[: ITEMS_IN_WORDS + 1]
        ],
        len(cells),
    )


def _some(items: list[str], total: int | None = None) -> str:
    """Join the first items, and say how many more there are."""
    more = (total or len(items)) - ITEMS_IN_WORDS
    return ", ".join(items[:ITEMS_IN_WORDS]) + (f" and {more} more" if more > 0 else "")


def _place(panel: Panel, row: int, column: int) -> str:
    return f"{_name(panel.queries, row, 'row')} at {_name(panel.keys, column, 'column')}"


def _name(labels: Sequence[str] | None, index: int, what: str) -> str:
    return f'"{labels[index]}"' if labels else f"{what} {index}"


def count(number_of: int, noun: str) -> str:
    """Write "1 cell", "2 cells"."""
    return f"{number_of} {noun}" + ("" if number_of == 1 else "s")
