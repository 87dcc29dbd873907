"""Ten thousand learners of whom it is known how much they know, and what the lesson `test` says of them.

    python benchmarks/simulated_learners.py [--write docs/test.md]

A learner who knows a share p answers each item rightly with chance p, independently of the others.
"""

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from attention_course.bank import verdict
from attention_course.bank.verdict import A_WEEK, Marked, Marks

LEARNERS = 10_000
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BEGIN, END = "<!-- simulated learners -->", "<!-- end of simulated learners -->"
DAY = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What was said of learners who know one share: the share of them by verdict, and the sequential test's."""

    share: float
    ten: dict[str, float]  # after one form
    strong: float  # after another one a week later
    asked_on: float  # called strong by the sequential test
    items: float  # that it took on average


def simulate(share: float, learners: int = LEARNERS, seed: int = 0) -> Said:
    """Return what is said of so many learners who know this share."""
    chance = random.Random(f"{seed} {share}")
    ten: Counter[str] = Counter()
    strong, stopped = 0, []
    for _ in range(learners):
        right = [chance.random() < share for _ in range(20)]
        forms = [_marks(right[:10], 0), _marks(right[10:], 1)]
        ten[verdict.said(forms[:1])] += 1
        strong += verdict.said(forms) == "strong"
        stopped.append(verdict.sequential(right))
    return Said(
        share,
        {word: count / learners for word, count in ten.items()},
        strong / learners,
        fmean(one.verdict == "strong" for one in stopped),
        fmean(one.after for one in stopped),
    )


def _marks(right: list[bool], form: int) -> Marks:
    return Marks(DAY + form * A_WEEK, form, tuple(Marked("", "", one, "think") for one in right))


def table(rows: list[Said]) -> str:
    """Return the results as a Markdown table."""
    head = "| a learner at | weak | growing | probably strong | strong a week later | *ask on*: strong | after |"
    lines = [
        f"| {row.share:.2f} | {_percent(row.ten.get('weak', 0))} | {_percent(row.ten.get('growing', 0))} "
        f"| {_percent(row.ten.get('probably strong', 0))} | {_percent(row.strong)} | {_percent(row.asked_on)} "
        f"| {row.items:.1f} items |"
        for row in rows
    ]
    return "\n".join([head, "|---" * 7 + "|", *lines])


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def main() -> None:
    """Print the table, or write it into a page between its two markers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="a page with the two markers")
    page = parser.parse_args().write
    said = table([simulate(share) for share in SHARES])
    if page is None:
        print(said)
        return
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{said}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
