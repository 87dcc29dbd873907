"""Spacing: on which day a card comes again, by how it was rated."""

from collections.abc import Mapping
from datetime import date, timedelta

WAITS = (1, 3, 7, 21)  # days
RATINGS: Mapping[str, str] = {  # each with what it does, in the order in which they are offered
    "forgot": "begins anew with the first wait",
    "hard": "waits once more as long as before",
    "good": "goes on to the next wait",
}


def wait_after(rating: str, before: int) -> int:
    """Return for how many days a card rests; `before` is how long it had rested, 0 for a new one."""
    if rating == "forgot" or not before:
        return WAITS[0]
    if rating == "hard":
        return before
    return next((wait for wait in WAITS if wait > before), WAITS[-1])


def due_after(day: date, wait: int) -> date | None:
    """Return the day on which a card comes again; None for a day that no calendar has."""
    try:
        return day + timedelta(days=wait)
    except OverflowError:
        return None


def in_words(day: date) -> str:
    """Return a day as it is written: "30 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def from_today(day: date, today: date) -> str:
    """Say how far off a day is: "tomorrow", "in 7 days"."""
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days > 0 else f"since {in_words(day)}")
