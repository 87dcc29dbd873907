"""Times with their zones, as they stand beside a submission."""

from datetime import datetime

import pytest

from attention_course.instructor.times import UnknownZone, in_utc

HALF_PAST_ELEVEN = datetime(2026, 7, 1, 11, 30)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-07-01 13:30:00 +0200", HALF_PAST_ELEVEN),
        ("2026-07-01 13:30:00 +02:00", HALF_PAST_ELEVEN),
        ("2026-07-01T13:30:00+02:00", HALF_PAST_ELEVEN),
        ("2026-07-01 13:30:00.000000 CEST", HALF_PAST_ELEVEN),
        ("2026-07-01 06:00:00.000000 PDT", datetime(2026, 7, 1, 13, 0)),
        ("2026-07-01 11:30:00 UTC", HALF_PAST_ELEVEN),
        ("2026-07-01T11:30:00Z", HALF_PAST_ELEVEN),
        ("2026-07-01 11:30:00.000000 utc\n", HALF_PAST_ELEVEN),
        ("2026-07-01 11:30:00", HALF_PAST_ELEVEN),
        ("1 July 2026 11:30 AM", HALF_PAST_ELEVEN),
    ],
)
def test_a_time_is_read_with_its_zone(text: str, time: datetime) -> None:
    assert in_utc(text) == time


@pytest.mark.parametrize("text", ["2026-07-01 13:30:00 CST", "2026-07-01 13:30:00 XYZ"])
def test_a_zone_that_could_be_several_or_none_is_not_guessed(text: str) -> None:
    with pytest.raises(UnknownZone):
        in_utc(text)


@pytest.mark.parametrize("text", ["", "yesterday", "9999-12-31 23:59:59 -1200", "2026-13-45", "1" * 300, "0000"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of whatever kind
        in_utc(text)
