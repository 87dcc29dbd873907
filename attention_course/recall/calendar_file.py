"""The calendar file: a day with cards is an event of the whole day, as iCalendar (RFC 5545) writes it.

These few lines make all of it that is needed, also where a released notebook lies alone; tests read it with icalendar.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets


def text(lesson: str, days: Mapping[date, Sequence[str]], now: datetime) -> str:
    """Return the calendar of a lesson, given the titles of the cards that are due by day.

    A day has the same id in each file: whoever imports a newer one has no day twice.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//attention-course//recall//EN", "CALSCALE:GREGORIAN"]
    events = [line for day, titles in days.items() for line in _event(lesson, day, titles, now)]
    return "".join(f"{_folded(line)}\r\n" for line in [*head, *events, "END:VCALENDAR"])


def _event(lesson: str, day: date, titles: Sequence[str], now: datetime) -> list[str]:
    count = f"{len(titles)} card{'s' if len(titles) > 1 else ''}"
    told = f"Open {lesson}.ipynb and run all cells. Due: {', '.join(titles)}. Nothing expires: a later day will do."
    return [
        "BEGIN:VEVENT",
        f"UID:{lesson}-{day:%Y%m%d}@attention-course",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'Attention mechanism: {count}')}",
        f"DESCRIPTION:{_escaped(told)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(value: str) -> str:
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces that are short enough, each after the first behind a space; no letter is cut."""
    pieces, piece = [], ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) >= LONGEST_LINE:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
