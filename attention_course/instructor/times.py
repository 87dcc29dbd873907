"""When something was handed in, in UTC, whatever words say it."""

import re
from datetime import UTC, datetime, timedelta, timezone

from dateutil import parser

# Abbreviations that mean one zone, in hours from UTC. CST, IST and BST mean several, and are not known.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
    "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
ZONE = re.compile(r"\s+(?P<name>[A-Za-z]{1,5})$")


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
