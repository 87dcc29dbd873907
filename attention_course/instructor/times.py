"""When something was handed in or is due, in UTC, whatever words say it."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser

# Abbreviations that mean one zone, in hours from UTC. CST, IST and BST mean several, and are not known.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
    "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
ZONE = re.compile(r"\s+(?P<name>[A-Za-z]{1,5})$")
DUE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)\s*(\S*)")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
EXAMPLE = "2026-12-05 18:00 Europe/Berlin"


class UnknownZone(ValueError):
    """A time is in a zone that cannot be told from its name."""


def in_utc(text: str) -> datetime:
    """Return a time in UTC, without saying so, as nbgrader keeps times; one without a zone is taken to be in UTC.

    Raises UnknownZone for a zone that is not known, and ValueError for what is no time.
    """
    text = text.strip()
    named = ZONE.search(text)
    zone = None
    if named and named["name"].upper() not in ("AM", "PM"):
        parser.parse(text[: named.start()])  # or it would be a word behind no time that is said to be no zone
        if named["name"].upper() not in ZONES:
            raise UnknownZone(f"the zone {named['name']} is not known")
        zone, text = timezone(timedelta(hours=ZONES[named["name"].upper()])), text[: named.start()]
    try:
        time = parser.parse(text)
        if zone or time.tzinfo is None:
            time = time.replace(tzinfo=zone or UTC)
        return time.astimezone(UTC).replace(tzinfo=None)
    except (OverflowError, TypeError, AttributeError) as error:
        raise ValueError(f"{text[:60]!r} is no time") from error


def due_in_utc(text: str) -> datetime:
    """Return a due date in UTC, without saying so; here nothing is guessed, and its zone is named.

    Raises ValueError, whose text continues a sentence, where it is no such date, has no zone, or is an hour that clocks
    skip or show twice.
    """
    found = DUE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"a due date is written like {EXAMPLE}, not “{text[:60]}”")
    if not found[3]:
        raise ValueError(f"the due date “{text[:60]}” has no time zone: write it like {EXAMPLE}")
    zone = _zone(found[3])
    try:
        told = datetime.fromisoformat(f"{found[1]} {found[2]}").replace(tzinfo=zone)
        due, again = told.astimezone(UTC), told.replace(fold=1).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"“{text[:60]}” is no date") from error
    if due != again:
        raise ValueError(f"clocks change at “{text[:60]}”: say the zone as an offset such as +01:00")
    return due.replace(tzinfo=None)


def _zone(name: str) -> tzinfo:
    """Return a zone by its offset, its abbreviation or its name; raise UnknownZone where that is none, or several."""
    if offset := OFFSET.fullmatch(name):
        passed = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if passed < timedelta(hours=15):
            return timezone(-passed if offset[1] == "-" else passed)
    if name.upper() in ZONES:
        return timezone(timedelta(hours=ZONES[name.upper()]))
    try:
        if "/" in name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise UnknownZone(f"the zone {name[:40]} is not known: write it like {EXAMPLE}")
