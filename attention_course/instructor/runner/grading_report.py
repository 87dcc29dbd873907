"""The report: a bar while a class is graded, and a table afterwards."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from attention_course.instructor.runner.grading_run import GradingResult


@dataclass
class GradingReport:
    """What became of the submissions, so far."""

    console: Console
    unchanged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # on the class as a whole
    results: list[GradingResult] = field(default_factory=list)

    @property
    def failed(self) -> list[GradingResult]:
        """Those that could not be graded."""
        return [result for result in self.results if not result.graded]

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[GradingResult], None]]:
        """Show how far the grading is: a bar on a terminal, else a line for each submission."""
        columns = [
            TextColumn("Grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("[red]{task.fields[failed]} failed"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
        ]
        with Progress(*columns, console=self.console, disable=not (total and self.console.is_terminal)) as bar:
            task = bar.add_task("", total=total, failed=0)

            def advance(result: GradingResult) -> None:
                self.results.append(result)
                bar.update(task, advance=1, failed=len(self.failed))
                if not self.console.is_terminal:
                    state = "graded" if result.graded else f"not graded: {result.reason}"
                    self.console.print(
                        f"{len(self.results)}/{total} {result.student}: {state}", markup=False, highlight=False
                    )

            yield advance

    def show(self) -> None:
        """Print who is graded, who is not and why, and who had been graded before."""
        rows = [result for result in self.results if result.reason or result.remarks]
        if rows and self.console.is_terminal:
            self.console.print(_table(sorted(rows, key=lambda row: row.student)))
        elif rows:
            for row in sorted(rows, key=lambda row: row.student):
                for sentence in _sentences(row):
                    self._say(f"{row.student}: {sentence}")
        for note in self.notes:
            self._say(note)
        graded = len(self.results) - len(self.failed)
        self._say(f"{graded} graded, {len(self.failed)} failed, {len(self.unchanged)} unchanged and skipped.")

    def say(self, lines: Iterable[str]) -> None:
        """Print what is to be known before the class is graded."""
        for line in lines:
            self._say(line)

    def _say(self, line: str) -> None:
        self.console.print(line, markup=False, highlight=False)


def _sentences(result: GradingResult) -> list[str]:
    return [sentence for sentence in (result.reason, *result.remarks) if sentence]


def _table(results: list[GradingResult]) -> Table:
    """Return a table of those with something to say about them."""
    table = Table(title="Failed, or graded with remarks", title_justify="left")
    for heading in ("Student", "State", "Why"):
        table.add_column(heading, overflow="fold")
    for result in results:
        state = "graded" if result.graded else "[red]not graded"
        table.add_row(escape(result.student), state, escape("\n".join(_sentences(result))))
    return table
