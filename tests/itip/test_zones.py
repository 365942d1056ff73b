"""Line 8: time zones, held against zoneinfo by a third reader (dateutil)."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical

from events_service.itip.zones import ZoneNotExpressible, vtimezone

FIVE = (
    "Europe/Bratislava",
    "Europe/Paris",
    "Europe/Stockholm",
    "America/New_York",
    "Africa/Johannesburg",
)
# The clocks of these follow no rule of one weekday in a month.
IRREGULAR = ("Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron")


def written(text: str) -> str:
    return text.replace("\n", "\r\n")


@cache
def zone_read(component: str) -> tzinfo:
    zone = tzical(StringIO(component.replace("\r\n", "\n"))).get()
    assert zone is not None
    return zone


def offset_read(component: str, local: datetime) -> timedelta | None:
    return zone_read(component).utcoffset(local)


@pytest.mark.parametrize("year", [2027, 2040])
@pytest.mark.parametrize("zone", FIVE)
def test_every_hour_of_a_year_is_right(zone: str, year: int) -> None:
    read = zone_read(vtimezone(zone, date(year, 1, 1), date(year, 12, 31)))
    start = datetime(year, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=number) for number in range(365 * 24)]
    wrong = [
        hour
        for hour in hours
        if (local := hour.astimezone(ZoneInfo(zone))).fold == 0
        and read.utcoffset(local.replace(tzinfo=None)) != local.utcoffset()
    ]
    assert wrong == []


def test_a_zone_with_summer_time() -> None:
    assert vtimezone("Europe/Bratislava", date(2027, 6, 1), date(2027, 6, 3)) == written("""\
BEGIN:VTIMEZONE
TZID:Europe/Bratislava
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""")


def test_a_zone_without_summer_time_has_neither_daylight_nor_rule() -> None:
    assert vtimezone("Africa/Johannesburg", date(2027, 6, 1), date(2027, 6, 3)) == written("""\
BEGIN:VTIMEZONE
TZID:Africa/Johannesburg
BEGIN:STANDARD
DTSTART:20260101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
TZNAME:SAST
END:STANDARD
END:VTIMEZONE
""")


def test_daylight_is_the_one_further_ahead_even_in_dublin() -> None:
    component = vtimezone("Europe/Dublin", date(2027, 6, 1), date(2027, 6, 1))
    assert re.findall("BEGIN:(DAYLIGHT|STANDARD).*?TZOFFSETTO:(.{5})", component, re.S) == [
        ("DAYLIGHT", "+0100"),
        ("STANDARD", "+0000"),
    ]


def test_every_zone_there_is_tells_the_time_at_noon() -> None:
    """On a day of each month, whatever the clocks do there; one rule, one weekday, no dates."""
    wrong = []
    for zone in sorted(available_timezones() - {"localtime"}):
        for month in range(1, 13):
            day = date(2027, month, 15)
            component = vtimezone(zone, day, day)
            assert component.count("BEGIN:STANDARD") == 1
            assert component.count("BEGIN:DAYLIGHT") <= 1
            assert "RDATE" not in component
            assert "BYDAY" not in component or len(re.findall("BYDAY=-?[1-5][A-Z]{2}\r", component))
            noon = datetime.combine(day, time(12))
            if offset_read(component, noon) != noon.replace(tzinfo=ZoneInfo(zone)).utcoffset():
                wrong.append((zone, month))
    assert wrong == []


@pytest.mark.parametrize("zone", IRREGULAR)
def test_irregular_clocks_are_right_on_every_day_asked_for(zone: str) -> None:
    wrong = []
    for number in range(365):
        noon = datetime.combine(date(2027, 1, 1), time(12)) + timedelta(days=number)
        component = vtimezone(zone, noon.date(), noon.date())
        if offset_read(component, noon) != noon.replace(tzinfo=ZoneInfo(zone)).utcoffset():
            wrong.append(noon)
    assert wrong == []


def test_irregular_clocks_may_change_once_within_an_invitation() -> None:
    """Ramadan 2027: Casablanca puts its clocks back on 7 February."""
    component = vtimezone("Africa/Casablanca", date(2027, 2, 5), date(2027, 2, 9))
    assert "RRULE" not in component
    assert re.findall("TZOFFSETTO:(.{5})", component) == ["+0100", "+0000"]


def test_clocks_that_change_twice_within_an_invitation_are_refused() -> None:
    with pytest.raises(ZoneNotExpressible, match="Africa/Casablanca change too often"):
        vtimezone("Africa/Casablanca", date(2027, 2, 1), date(2027, 3, 31))
