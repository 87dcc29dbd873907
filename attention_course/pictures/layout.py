"""Where everything in a heatmap goes, in CSS pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attention_course.pictures.describe import number, row_sum
from attention_course.pictures.matrices import Panel
from attention_course.pictures.paper import shortened, text_width

PAGE_WIDTH = 680  # what a notebook's output leaves of a narrow window
CELLS_HEIGHT = 520
WIDEST, HIGHEST = 48, 32  # of a cell
COMFORTABLE = 36  # a cell this wide holds its value
SMALLEST_DRAWN = 10  # smaller cells become the pixels of an image
LABEL, VALUE, TITLE, NOTE = 12, 11, 14, 11  # sizes of text
LINE = 18
GAP = 20  # between panels


@dataclass(frozen=True)
class Margins:
    """The space around a panel's cells."""

    left: float
    right: float
    top: float
    bottom: float


class Layout:
    """The one cell size of a picture, its columns of panels, and each panel's place."""

    def __init__(self, panels: Sequence[Panel], heading: bool, grid: bool) -> None:
        self.panels, self.grid, self.turned = panels, grid, False
        self.columns = _grid_columns(len(panels)) if grid else self._columns_that_read_well()
        self.cell_width = min(WIDEST, self._room(self.columns))
        rows = sum(max(len(panel.values) for panel in line) for line in self._lines(self.columns))
        self.cell_height = min(HIGHEST, max(self.cell_width, 16), max(CELLS_HEIGHT / rows, 1))
        self.cell_width = min(self.cell_width, 3 * self.cell_height)
        self.as_image = min(self.cell_width, self.cell_height) < SMALLEST_DRAWN
        self.value_size = self._value_size()
        self.turned = any(self._must_turn(panel) for panel in panels)
        self.top = LINE + 10 if heading else 0
        self.places, self.width, self.height = self._place_panels()

    def shows_queries(self, index: int) -> bool:
        """Does this panel carry row labels? In a grid only the first of each line does."""
        return not self.grid or index % self.columns == 0

    def shows_keys(self, index: int) -> bool:
        """Does this panel carry column labels? In a grid only one with none beneath it does."""
        return not self.grid or index + self.columns >= len(self.panels)

    def margins(self, index: int) -> Margins:
        """Return the space around a panel's cells for its labels, row sums and title."""
        panel = self.panels[index]
        left, right, bottom = 0.0, 0.0, 0.0
        if self.shows_queries(index):
            left = _widest(row_labels(panel)) + 8 + (LINE if panel.axis_titles[0] else 0)
        if sums := panel.odd_sums:
            right = _widest([f"Σ {row_sum(total)}" for total in sums.values()]) + 12
        if self.shows_keys(index):
            turned = self.turned and panel.keys
            bottom = (_widest(column_labels(panel)) + 8 if turned else LINE) + (LINE if panel.axis_titles[1] else 0)
        return Margins(left, right, LINE + 4 if panel.title else 0, bottom)

    def _columns_that_read_well(self) -> int:
        """Return how many panels stand side by side: as many as leave room for the values."""
        count = min(len(self.panels), 4)
        fitting = (columns for columns in range(count, 0, -1) if self._room(columns) >= COMFORTABLE)
        return next(fitting, min(count, 2))

    def _room(self, columns: int) -> float:
        """Return how wide a cell can be with so many panels side by side."""
        self.columns = columns  # which panels carry labels depends on it
        gaps, cells = float(GAP * (columns - 1)), 0
        for column in range(columns):
            margins = [self.margins(index) for index in range(column, len(self.panels), columns)]
            gaps += max(m.left for m in margins) + max(m.right for m in margins)
            cells += max(panel.values.shape[1] for panel in self.panels[column::columns])
        return max((PAGE_WIDTH - gaps) / cells, 1)

    def _lines(self, columns: int) -> list[Sequence[Panel]]:
        return [self.panels[start : start + columns] for start in range(0, len(self.panels), columns)]

    def _value_size(self) -> int | None:
        """Return the largest size at which every value fits into its cell, None if there is none."""
        if self.as_image:
            return None
        longest = max(text_width(number(v), 1) for panel in self.panels for v in panel.values.flat)
        fits = (s for s in (VALUE, VALUE - 1) if longest * s + 6 <= self.cell_width and s + 4 <= self.cell_height)
        return next(fits, None)

    def _must_turn(self, panel: Panel) -> bool:
        return panel.keys is not None and _widest(column_labels(panel)) + 4 > self.cell_width

    def _breadth(self, panel: Panel) -> float:
        """Return how wide a panel is: as its cells, or as its title."""
        return max(panel.values.shape[1] * self.cell_width, text_width(panel.title, LABEL))

    def _place_panels(self) -> tuple[list[tuple[float, float]], float, float]:
        """Return the top left corner of each panel's cells, and the width and height of it all."""
        margins = [self.margins(index) for index in range(len(self.panels))]
        places, y, right_edge, bottom = [], float(self.top), 0.0, 0.0
        for start in range(0, len(self.panels), self.columns):
            line = range(start, min(start + self.columns, len(self.panels)))
            x = 0.0
            y += max(margins[index].top for index in line)
            for column in range(len(line)):
                beneath = range(column, len(self.panels), self.columns)
                x += max(margins[i].left for i in beneath)
                places.append((x, y))
                x += max(self._breadth(self.panels[i]) for i in beneath)
                x += max(margins[i].right for i in beneath)
                right_edge = max(right_edge, x)
                x += GAP
            bottom = max(places[i][1] + len(self.panels[i].values) * self.cell_height + margins[i].bottom for i in line)
            y = bottom + (GAP if self.turned or not self.grid else GAP / 2)
        return places, right_edge, bottom + 2


def row_labels(panel: Panel) -> list[str]:
    """Return what stands left of the rows: the queries, or their numbers."""
    return [shortened(label) for label in panel.queries or map(str, range(panel.values.shape[0]))]


def column_labels(panel: Panel) -> list[str]:
    """Return what stands below the columns: the keys, or their numbers."""
    return [shortened(label) for label in panel.keys or map(str, range(panel.values.shape[1]))]


def step(space: float, needed: float) -> int:
    """Return which labels to show, every first, second, fifth, …, so that each has the space it needs."""
    return next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if n * space >= needed or n == 1000)


def _widest(labels: Sequence[str]) -> float:
    return max(text_width(label, LABEL) for label in labels)


def _grid_columns(count: int) -> int:
    if count <= 4:
        return count
    if count in (5, 6, 9):
        return 3
    return 4 if count <= 16 else 8
