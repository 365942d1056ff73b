"""Lines 18 and 19: calendars of many entries (RFC 5545, RFC 7986)."""

import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.cleaning import lines, one_line
from events_service.itip.days import Hours, Run
from events_service.itip.feeds import FeedEntry, calendar_feed, calendar_file, text_of
from tests.itip.entries import DAYS, HOURS

HOSTILE = 'x\r\nATTENDEE:mailto:evil@example.net\r\n "quoted" \x00\x0b\u202e\u2028end\\; ,'
ENTRY = FeedEntry(
    uid="event-7-1@events.example.org",
    sequence=2,
    stamped_at=datetime(2026, 11, 22, 12, 0, 0, 999, tzinfo=UTC),
    changed_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    summary="Preventing hate; Bratislava",
    run=Run(DAYS, HOURS),
    zone="Europe/Bratislava",
    description="Agenda\n09:00 Opening",
    location="Palace, Bratislava",
    url="https://events.example.org/events/bratislava-2027",
)


def unfolded(ics: bytes) -> list[str]:
    return ics.decode().replace("\r\n ", "").split("\r\n")


def events_in(ics: bytes) -> list[list[str]]:
    """The lines of each VEVENT."""
    text = "\r\n".join(unfolded(ics))
    return [one.split("\r\n") for one in re.findall("BEGIN:VEVENT\r\n(.*?)\r\nEND", text, re.S)]


def test_a_feed_has_a_name_and_says_how_often_to_look() -> None:
    ics = calendar_feed("Workshops, Network of Cities", [])
    assert unfolded(ics) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Events service//Workshops between cities//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Workshops\\, Network of Cities",
        "X-WR-CALNAME:Workshops\\, Network of Cities",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "END:VCALENDAR",
        "",
    ]


def test_a_file_has_no_name_that_programs_would_make_a_calendar_for() -> None:
    feed, file = calendar_feed("Workshops", [ENTRY]), calendar_file([ENTRY])
    assert re.search(b"NAME:|REFRESH|X-PUBL", feed)
    assert not re.search(b"\r\n(X-WR-CAL)?NAME:|REFRESH|X-PUBL", file)
    assert events_in(file) == events_in(feed)


def test_an_entry() -> None:
    assert events_in(calendar_feed("Workshops", [ENTRY])) == [
        [
            "UID:event-7-1@events.example.org",
            "DTSTAMP:20261122T120000Z",
            "LAST-MODIFIED:20261123T120000Z",
            "SEQUENCE:2",
            "DTSTART;TZID=Europe/Bratislava:20270601T090000",
            "DTEND;TZID=Europe/Bratislava:20270601T173000",
            "RRULE:FREQ=DAILY;COUNT=3",
            "SUMMARY:Preventing hate\\; Bratislava",
            "LOCATION:Palace\\, Bratislava",
            "DESCRIPTION:Agenda\\n09:00 Opening",
            "URL:https://events.example.org/events/bratislava-2027",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
        ]
    ]


def test_what_is_empty_is_left_out() -> None:
    bare = ENTRY._replace(description="", location="", url="", run=Run(DAYS[:1], HOURS))
    names = [re.split("[:;]", line)[0] for line in events_in(calendar_file([bare]))[0]]
    left_out = {"DESCRIPTION", "LOCATION", "URL", "RRULE"}
    assert {"DTSTART", "SUMMARY"} <= set(names)
    assert left_out & set(names) == set()


def test_what_is_cancelled_stays_says_so_and_blocks_nothing() -> None:
    [found] = events_in(calendar_feed("W", [ENTRY._replace(status="CANCELLED")]))
    assert found[-2:] == ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
    assert "SUMMARY:Cancelled: Preventing hate\\; Bratislava" in found


def test_what_was_declined_blocks_nothing() -> None:
    [found] = events_in(calendar_feed("W", [ENTRY._replace(blocks=False)]))
    assert found[-2:] == ["STATUS:CONFIRMED", "TRANSP:TRANSPARENT"]


def test_whole_days_end_on_the_day_after_and_block_nothing() -> None:
    ics = calendar_feed("W", [ENTRY._replace(run=Run(DAYS, None))])
    [found] = events_in(ics)
    assert found[4:6] == ["DTSTART;VALUE=DATE:20270601", "DTEND;VALUE=DATE:20270604"]
    assert found[-1] == "TRANSP:TRANSPARENT"
    assert b"VTIMEZONE" not in ics and b"RRULE" not in ics


def test_the_second_of_two_equal_times_is_told_in_utc() -> None:
    night = Run((date(2027, 10, 31),), Hours(time(2, 30, fold=1), time(5, fold=1)))
    ics = calendar_feed("W", [ENTRY._replace(run=night)])
    assert events_in(ics)[0][4:6] == ["DTSTART:20271031T013000Z", "DTEND:20271031T040000Z"]
    assert b"VTIMEZONE" not in ics


def zones(ics: bytes) -> tuple[list[str], list[str]]:
    """TZIDs that are used, and that are defined, in order."""
    text = "\r\n".join(unfolded(ics))
    return sorted(set(re.findall("TZID=([^:;]+)", text))), re.findall("\r\nTZID:(.+)\r\n", text)


def test_each_zone_is_defined_once_for_all_years() -> None:
    places = ["Europe/Paris", "America/New_York", "Europe/Paris", "Africa/Johannesburg"]
    days = [date(2027, 6, 1), date(2040, 1, 9), date(2033, 12, 1), date(2028, 3, 1)]
    entries = [
        ENTRY._replace(zone=zone, run=Run((day,), HOURS))
        for zone, day in zip(places, days, strict=True)
    ]
    wanted = ["Africa/Johannesburg", "America/New_York", "Europe/Paris"]
    assert zones(calendar_feed("W", entries)) == (wanted, wanted)


def in_casablanca(*firsts: date, days: int = 1) -> list[FeedEntry]:
    runs = [Run(tuple(first + timedelta(days=n) for n in range(days)), HOURS) for first in firsts]
    return [ENTRY._replace(zone="Africa/Casablanca", run=run) for run in runs]


def test_clocks_without_a_rule_are_told_in_utc() -> None:
    """Morocco is an hour nearer to UTC in Ramadan (2027: 7 February to 14 March)."""
    days = date(2027, 1, 11), date(2027, 2, 15), date(2027, 6, 1)
    ics = calendar_feed("W", in_casablanca(*days))
    assert [one[4] for one in events_in(ics)] == [
        "DTSTART:20270111T080000Z",
        "DTSTART:20270215T090000Z",
        "DTSTART:20270601T080000Z",
    ]


def test_a_run_over_which_such_clocks_change_has_a_zone_of_its_own() -> None:
    entries = in_casablanca(date(2027, 1, 11)) + in_casablanca(date(2027, 2, 5), days=4)
    own = ["Africa/Casablanca-2027-02-05-2027-02-08"]
    assert zones(calendar_feed("W", entries + in_casablanca(date(2027, 6, 1)))) == (own, own)


def test_where_such_clocks_change_twice_whole_days_are_told() -> None:
    entries = in_casablanca(date(2027, 2, 1), days=50)
    [found] = events_in(calendar_feed("W", entries))
    assert found[4:6] == ["DTSTART;VALUE=DATE:20270201", "DTEND;VALUE=DATE:20270323"]


def test_a_feed_of_one_such_entry_has_its_zone() -> None:
    assert (
        zones(calendar_feed("W", in_casablanca(date(2027, 6, 1)))) == (["Africa/Casablanca"],) * 2
    )


def test_the_same_entries_are_the_same_bytes() -> None:
    entries = [ENTRY, *in_casablanca(date(2027, 1, 11), date(2027, 2, 15))]
    assert calendar_feed("W", entries) == calendar_feed("W", list(entries))
    assert calendar_feed("W", entries) != calendar_feed("W", entries[:2])


# Text that people typed


@given(st.text(), st.text(), st.text(), st.text())
def test_text_adds_no_line_and_is_read_as_it_was_written(
    name: str, summary: str, location: str, description: str
) -> None:
    entry = ENTRY._replace(summary=summary, location=location, description=description)
    ics = calendar_feed(name, [entry])
    calendar = icalendar.Calendar.from_ical(ics)
    [event] = calendar.events
    # icalendar does not know that these are TEXT, so it leaves them escaped.
    assert calendar.get("NAME") == calendar.get("X-WR-CALNAME") == text_of(one_line(name))
    assert event["SUMMARY"] == one_line(summary)
    assert event.get("LOCATION", "") == one_line(location)
    assert event.get("DESCRIPTION", "") == lines(description).strip()
    kept = {"DESCRIPTION": lines(description).strip(), "LOCATION": one_line(location)}
    gone = {wanted for wanted, text in kept.items() if not text}
    names = {re.split("[:;]", line)[0] for line in events_in(ics)[0]}
    usual = {re.split("[:;]", line)[0] for line in events_in(calendar_feed("W", [ENTRY]))[0]}
    assert names == usual - gone


@given(st.text(st.sampled_from('\r\n\t\x00\x0b\x0c\x1b\x7f\x85\u2028\u202e\ufeffé👩‍⚖️\\;,: aA="')))
def test_lines_are_short_end_in_crlf_and_split_no_character(text: str) -> None:
    every = ENTRY._replace(summary=text, location=text, description=text)
    for ics in (calendar_feed(text, [every]), calendar_file([every])):
        assert ics.endswith(b"END:VCALENDAR\r\n")
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\n(?<!\r\n)|\r(?!\n)", ics)
        for line in ics.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()  # raises when a character is split


def test_hostile_words_stay_words() -> None:
    every = ENTRY._replace(summary=HOSTILE, location=HOSTILE, description=HOSTILE)
    ics = calendar_feed(HOSTILE, [every])
    assert not re.search(rb"\r\n(ATTENDEE|ORGANIZER|METHOD)", ics.replace(b"\r\n ", b""))
    assert len(events_in(ics)[0]) == len(events_in(calendar_feed("W", [ENTRY]))[0])


@pytest.mark.parametrize("word", ["METHOD", "ATTENDEE", "ORGANIZER", "VALARM", "RDATE"])
def test_no_feed_has(word: str) -> None:
    statuses = [ENTRY, ENTRY._replace(status="CANCELLED"), ENTRY._replace(status="TENTATIVE")]
    assert word.encode() not in calendar_feed("W", statuses)
