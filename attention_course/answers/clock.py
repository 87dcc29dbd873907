"""The learner's clock. A kernel may run where it is another day (Colab's is UTC): the page says its zone."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

MOST_MINUTES = 15 * 60  # from UTC, of any place

_zone: timezone | None = None  # None: the kernel's own


def set_zone(minutes: Any) -> None:
    """Take in how many minutes a page is ahead of UTC; what is no such number changes nothing."""
    global _zone
    if type(minutes) is int and abs(minutes) <= MOST_MINUTES:
        _zone = timezone(timedelta(minutes=minutes))


def now() -> datetime:
    """Return the time where the learner is."""
    return datetime.now(_zone).astimezone(_zone)


def today() -> date:
    """Return the day where the learner is."""
    return now().date()
