"""Grid: a prediction of which cells are painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from attention_course.exercises.sketch_parts import Table, Texts, plain

NAMED = 3  # cells that are named one by one


@dataclass(frozen=True)
class Grid:
    """Cells, each painted or not; `painted` says what that means. An answer has for each row a text of 0 and 1."""

    rows: Texts
    columns: Texts
    painted: str

    form = "grid"

    @property
    def parts(self) -> int:
        """How many texts an answer has."""
        return len(self.rows)

    def missing(self) -> str:
        """Say what there is to do before anything can be committed."""
        return "Paint the cells, then commit."

    def check(self, texts: Texts) -> None:
        """Raise ValueError with a sentence where these are no rows of cells."""
        if "" in texts:
            raise ValueError(self.missing())
        for text in texts:
            if len(text) != len(self.columns) or set(text) - {"0", "1"}:
                raise ValueError(f"{text[:20]!r} is no row of {len(self.columns)} cells, each 0 or 1.")

    def truth(self, value: Any) -> Texts:
        """Return a truth, a matrix of bools, as an answer's texts; raise ValueError for none."""
        given = plain(value)
        rows = [plain(row) for row in given] if isinstance(given, list | tuple) else []
        sizes = {len(row) if isinstance(row, list | tuple | str) else -1 for row in rows}
        if len(rows) != self.parts or sizes != {len(self.columns)}:
            raise ValueError(f"is no matrix of {self.parts} rows and {len(self.columns)} columns")
        cells = [[plain(cell) for cell in row] for row in rows]
        if any(cell not in (0, 1, "0", "1") for row in cells for cell in row):
            raise ValueError("has a cell that is neither True nor False")
        return tuple("".join(str(int(cell)) for cell in row) for row in cells)

    def distance(self, said: Sequence[str], truth: Sequence[str]) -> list[str]:
        """Say how many cells are as they came out, and which are not."""
        cells = [(row, column) for row in range(self.parts) for column in range(len(self.columns))]
        more = [(row, column) for row, column in cells if said[row][column] > truth[row][column]]
        less = [(row, column) for row, column in cells if said[row][column] < truth[row][column]]
        same = len(cells) - len(more) - len(less)
        sentences = [f"{same} of {len(cells)} cells are as they came out."]
        if more:
            sentences.append(f"You painted {len(more)} that came out otherwise: {self._named(more)}.")
        if less:
            sentences.append(f"You left out {len(less)}: {self._named(less)}.")
        return sentences

    def _named(self, cells: Sequence[tuple[int, int]]) -> str:
        named = [f"row **{self.rows[row]}**, column **{self.columns[column]}**" for row, column in cells[:NAMED]]
        return "; ".join(named) + (f"; and {len(cells) - NAMED} more" if len(cells) > NAMED else "")

    def told(self, texts: Sequence[str]) -> str:
        """Return an answer as one line: by row, the columns that are painted."""
        return "; ".join(f"{row}: {self._columns(text)}" for row, text in zip(self.rows, texts, strict=True))

    def _columns(self, text: str) -> str:
        return ", ".join(column for column, cell in zip(self.columns, text, strict=True) if cell == "1") or "none"

    def listed(self) -> list[str]:
        """Return what is to be painted, for whoever sees no page."""
        rows, columns = ", ".join(self.rows), ", ".join(self.columns)
        return [f"Rows: {rows}.", f"Columns: {columns}.", f"A painted cell means: {self.painted}."]

    def samples(self) -> list[Texts]:
        """Return answers to try."""
        return [tuple([cell * len(self.columns)] * self.parts) for cell in "01"]

    def class_table(self, answers: Sequence[Sequence[str]], truth: Texts | None) -> Table:
        """Return which share of a class painted each cell, with a mark where it came out so."""
        rows = [["", *self.columns]]
        for i, label in enumerate(self.rows):
            shares = [fmean(int(answer[i][column]) for answer in answers) for column in range(len(self.columns))]
            marks = [" ◆" if truth and truth[i][column] == "1" else "" for column in range(len(self.columns))]
            rows.append([label, *(f"{100 * share:.0f} %{mark}" for share, mark in zip(shares, marks, strict=True))])
        return rows

    def view(self) -> dict[str, Any]:
        """Return what the page has to know."""
        names = {"rows": list(self.rows), "columns": list(self.columns), "painted": self.painted}
        return {"form": self.form, "missing": self.missing(), **names}
