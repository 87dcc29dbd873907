"""The report: a bar while a class is graded, and a table afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from attention_course.instructor.runner.run import Outcome


@dataclass
class Report:
    """What became of the submissions, so far."""

    console: Console
    unchanged: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failed(self) -> list[Outcome]:
        """Those that could not be graded."""
        return [outcome for outcome in self.outcomes if not outcome.graded]

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[Outcome], None]]:
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

            def advance(outcome: Outcome) -> None:
                self.outcomes.append(outcome)
                bar.update(task, advance=1, failed=len(self.failed))
                if not self.console.is_terminal:
                    state = "graded" if outcome.graded else f"not graded: {outcome.reason}"
                    self.console.print(
                        f"{len(self.outcomes)}/{total} {outcome.student}: {state}", markup=False, highlight=False
                    )

            yield advance

    def show(self) -> None:
        """Print who is graded, who is not and why, and who had been graded before."""
        rows = [outcome for outcome in self.outcomes if outcome.reason or outcome.remarks]
        if rows and self.console.is_terminal:
            self.console.print(_table(sorted(rows, key=lambda row: row.student)))
        elif rows:
            for row in sorted(rows, key=lambda row: row.student):
                for sentence in _sentences(row):
                    self._say(f"{row.student}: {sentence}")
        graded = len(self.outcomes) - len(self.failed)
        self._say(f"{graded} graded, {len(self.failed)} failed, {len(self.unchanged)} unchanged and skipped.")

    def _say(self, line: str) -> None:
        self.console.print(line, markup=False, highlight=False)


def _sentences(outcome: Outcome) -> list[str]:
    return [sentence for sentence in (outcome.reason, *outcome.remarks) if sentence]


def _table(outcomes: list[Outcome]) -> Table:
    """Return a table of those with something to say about them."""
    table = Table(title="Failed, or graded with remarks", title_justify="left")
    for heading in ("Student", "State", "Why"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        state = "graded" if outcome.graded else "[red]not graded"
        table.add_row(escape(outcome.student), state, escape("\n".join(_sentences(outcome))))
    return table
