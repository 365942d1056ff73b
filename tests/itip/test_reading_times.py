"""Times as others write them: instants or dates, and never a guess."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events_service.itip.answers import Moment
from tests.itip.replied import (
    OWN_START,
    OWN_ZONE,
    STARTS,
    SUMMER_OF_TWO,
    calendar,
    one,
    problem,
    reply,
    vevent,
)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("DTSTART:20270601T070000Z", STARTS),
        ('DTSTART;TZID="Europe/Bratislava":20270601T090000', STARTS),
        ("DTSTART;TZID=/Europe/Bratislava:20270601T090000", STARTS),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Bratislava:20270601T090000", STARTS),
        ("DTSTART;TZID=Central Europe Standard Time:20270601T090000", STARTS),
        ("DTSTART;TZID=W. Europe Standard Time:20270601T090000", STARTS),
        ("DTSTART;TZID=UTC:20270601T070000", STARTS),
        ('DTSTART;TZID="tzone://Microsoft/Utc":20270601T070000', STARTS),
        ("DTSTART;TZID=Eastern Standard Time:20270601T030000", STARTS),
        ("DTSTART;TZID=South Africa Standard Time:20270601T090000", STARTS),
        ("DTSTART;VALUE=DATE:20270601", date(2027, 6, 1)),
        ("DTSTART;VALUE=DATE;TZID=Europe/Bratislava:20270601", date(2027, 6, 1)),
    ],
)
def test_times_are_instants_or_dates(line: str, moment: Moment) -> None:
    starts = one(reply(DTSTART=line)).starts
    assert starts == moment
    assert not isinstance(starts, datetime) or starts.tzinfo is UTC


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:20270601T090000",
        "DTSTART;TZID=:20270601T090000",
        "DTSTART;TZID=Customized Time Zone:20270601T090000",
        "DTSTART;TZID=Central Europe Daylight Time:20270601T090000",
        "DTSTART;TZID=../../etc/passwd:20270601T090000",
        "DTSTART;TZID=/etc/passwd:20270601T090000",
        "DTSTART;TZID=UTC+02:00:20270601T090000",
        "DTSTART:tomorrow",
        "DTSTART:PT1H",
        "DTSTART:090000",
        "DTSTART:00010101T000000Z/PT1H",
        "DTSTART;TZID=America/New_York:99991231T235959",
        "DTSTART:20270230T090000Z",
    ],
)
def test_a_time_that_is_no_instant_is_refused(line: str) -> None:
    problem(reply(DTSTART=line))


def test_every_windows_zone_is_known() -> None:
    """By CLDR's table as Babel has it; icalendar's copy of the table is the control."""
    for name, olson in WINDOWS_TO_OLSON.items():
        read = one(reply(DTSTART=f'DTSTART;TZID="{name}":20270601T090000')).starts
        assert read == datetime(2027, 6, 1, 9, tzinfo=ZoneInfo(olson)), name


def test_a_zone_that_only_the_message_defines() -> None:
    read = one(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO))
    assert read.starts == STARTS
    winter = OWN_START.replace("0601", "0115")
    assert one(reply(DTSTART=winter, zone=SUMMER_OF_TWO)).starts == datetime(
        2027, 1, 15, 8, tzinfo=UTC
    )


def test_a_zone_may_be_defined_after_its_use() -> None:
    late = calendar(*vevent(DTSTART=OWN_START), *SUMMER_OF_TWO.splitlines())
    assert one(late).starts == STARTS


def test_what_one_message_defines_is_nothing_to_the_next() -> None:
    assert one(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO)).starts == STARTS
    summer_of_three = OWN_ZONE.format(summer=3)
    other = one(reply(DTSTART=OWN_START, zone=summer_of_three))
    assert other.starts == STARTS - timedelta(hours=1)
    assert "not known" in problem(reply(DTSTART=OWN_START))
    assert tzp.timezone("Customized Time Zone") is None  # nor to the library


def test_a_known_name_is_not_redefined_by_the_message() -> None:
    false = SUMMER_OF_TWO.replace("Customized Time Zone", "America/New_York")
    line = "DTSTART;TZID=America/New_York:20270601T090000"
    assert one(reply(DTSTART=line, zone=false)).starts == datetime(2027, 6, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FREQ=YEARLY", "FREQ=SECONDLY"),
        ("FREQ=YEARLY", "FREQ=DAILY"),
        ("INTERVAL=1", "INTERVAL=0"),
        ("INTERVAL=1", "BYHOUR=1,2;BYSECOND=1,2,3"),
        ("INTERVAL=1", "BYSETPOS=1"),
        ("BYDAY=-1SU", "BYYEARDAY=1"),
        ("TZOFFSETTO:+0100", "TZOFFSETTO:+9900"),
        ("TZOFFSETTO:+0100", "X-TZOFFSETTO:+0100"),
        ("BEGIN:STANDARD", "BEGIN:X-STANDARD"),
    ],
)
def test_a_definition_that_leads_nowhere_or_takes_forever(old: str, new: str) -> None:
    assert old in SUMMER_OF_TWO
    problem(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO.replace(old, new)))


def test_a_definition_of_too_many_changes() -> None:
    head, _, _ = SUMMER_OF_TWO.partition("BEGIN:STANDARD")
    change = SUMMER_OF_TWO[len(head) :].removesuffix("END:VTIMEZONE")
    problem(reply(DTSTART=OWN_START, zone=head + change * 26 + "END:VTIMEZONE"))
    fine = reply(DTSTART=OWN_START, zone=head + change * 25 + "END:VTIMEZONE")
    assert one(fine).starts == STARTS
